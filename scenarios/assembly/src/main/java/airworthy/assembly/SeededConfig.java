package airworthy.assembly;

import airworthy.format.Defect;
import airworthy.format.DefectReader;
import airworthy.format.Problem;
import airworthy.format.Read;
import airworthy.format.SchemaCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The simulated platform's configuration with defects seeded into it: a copy, deleted when closed.
 *
 * @param defects what is wrong with it
 * @param folder the copy
 */
public record SeededConfig(List<Defect> defects, Path folder) implements AutoCloseable {
    private static final String CATALOGUE = Catalogue.V1 + "/defects/";

    public SeededConfig {
        defects = List.copyOf(defects);
    }

    /**
     * Seeds defects, one after the other.
     *
     * @param ids each a defect of the catalogue, for example {@code SRV-4/routing-ignores-latency}, or a file
     * @throws CannotAssessException if there is none of that name, or one does not fit the configuration, or what those before it
     *     left of that
     */
    public static SeededConfig of(Installation installation, List<String> ids)
            throws CannotAssessException, IOException {
        List<Defect> defects = new ArrayList<>();
        Map<String, String> edited = files(installation.platformConfig());
        for (String id : ids) {
            Defect defect = understood(read(id));
            edited = understood(defect.apply(edited));
            defects.add(defect);
        }
        Path folder = Files.createTempDirectory("airworthy-config-");
        for (Map.Entry<String, String> file : edited.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return new SeededConfig(defects, folder);
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }

    private static Read<Defect> read(String id) throws CannotAssessException, IOException {
        DefectReader reader = new DefectReader(new SchemaCheck());
        Path file = Path.of(id);
        if (Files.isRegularFile(file)) {
            return reader.read(file);
        }
        String resource = CATALOGUE + id + ".yaml";
        try (InputStream stream = SeededConfig.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new CannotAssessException("--defect: found neither a file nor a defect of the catalogue named \""
                        + id + "\", expected one such as SRV-4/routing-ignores-latency");
            }
            return reader.read(resource, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
        return files;
    }

    private static <T> T understood(Read<T> read) throws CannotAssessException {
        return switch (read) {
            case Read.Ok<T>(T value) -> value;
            case Read.Bad<T>(List<Problem> problems) ->
                throw new CannotAssessException(
                        problems.stream().map(Problem::toString).toList());
        };
    }
}
