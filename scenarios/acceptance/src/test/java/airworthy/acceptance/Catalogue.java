package airworthy.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The suite's files, as they lie in the repository. */
final class Catalogue {
    private static final Path ROOT = Path.of(System.getProperty("airworthy.root", "../.."))
            .toAbsolutePath()
            .normalize();

    private static final Path FOLDER = ROOT.resolve("scenarios/catalogue/v1");

    private static final YAMLMapper YAML = new YAMLMapper();

    private Catalogue() {}

    /** A page beside the suite. */
    static Path page(String name) {
        return FOLDER.resolveSibling(name);
    }

    /** The file of a scenario. */
    static Path scenario(String id) throws IOException {
        return files(FOLDER)
                .filter(file -> file.getFileName().toString().startsWith(id + "-"))
                .findFirst()
                .orElseThrow(() -> new IOException("found no scenario " + id + " below " + FOLDER));
    }

    /** The file of a scenario of a real accelerator, which is in no suite yet. */
    static Path ofAccelerators(String id) throws IOException {
        return files(ROOT.resolve("fault-injectors/accelerator/scenarios"))
                .filter(file -> file.getFileName().toString().startsWith(id + "-"))
                .findFirst()
                .orElseThrow(() -> new IOException("found no scenario " + id));
    }

    /** Every scenario file that the suite lists. */
    static List<Path> scenarios() throws IOException {
        JsonNode suite = yaml(FOLDER.resolve("suite.yaml"));
        return suite.path("scenarios")
                .valueStream()
                .map(file -> FOLDER.resolve(file.asText()))
                .toList();
    }

    /** A defect by its id, {@code SCENARIO/name}. */
    static JsonNode defect(String id) throws IOException {
        return yaml(FOLDER.resolve("defects").resolve(id + ".yaml"));
    }

    /** Every file of {@code defects/}. */
    static List<Path> defects() throws IOException {
        return files(FOLDER.resolve("defects")).toList();
    }

    static JsonNode yaml(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }
}
