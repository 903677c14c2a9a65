package airworthy.mocks.platform;

import airworthy.mocks.devices.Inventory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files that make a platform what it is. A platform with a defect is another such folder. */
public record ConfigDirectory(Path path) {

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    /** Returns the folder of the installation that this program was started from. */
    public static ConfigDirectory installed() throws IOException {
        Path code;
        try {
            code = Path.of(ConfigDirectory.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the installed configuration cannot be located: " + e.getMessage(), e);
        }
        Path beside = code.resolve("../../config").normalize();
        if (!Files.isDirectory(beside)) {
            throw new IOException("no configuration: found no folder " + beside + "; name one with --config DIR");
        }
        return new ConfigDirectory(beside);
    }

    /** Returns the content of a file of this folder. */
    public String text(String file) throws IOException {
        try {
            return Files.readString(path.resolve(file));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "found no file %s, expected it in the configuration of the platform".formatted(path.resolve(file)),
                    e);
        }
    }

    /** Returns the objects of all manifests, by file name and then as they stand. */
    List<ObjectNode> manifests(Placeholders placeholders) throws IOException {
        List<ObjectNode> objects = new ArrayList<>();
        for (Path file : manifestFiles()) {
            String text = placeholders.fill(Files.readString(file));
            try (MappingIterator<ObjectNode> documents =
                    YAML.readerFor(ObjectNode.class).readValues(text)) {
                documents.forEachRemaining(objects::add);
            } catch (JsonProcessingException e) {
                throw new IOException(
                        "%s:%d: %s".formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()), e);
            }
        }
        return objects;
    }

    /** Returns the names of the files with alerting rules. */
    List<String> ruleFiles() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("rules") && name.endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    Inventory devices() throws IOException {
        return Inventory.read(path.resolve("devices.yaml"));
    }

    /** What every such platform has, and what stands in for the parts that here are this process. */
    private List<Path> manifestFiles() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("cluster", "simulated")) {
            try (Stream<Path> files = Files.list(path.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".yaml")).forEach(found::add);
            }
        }
        found.sort(Comparator.comparing(Path::getFileName));
        return found;
    }
}
