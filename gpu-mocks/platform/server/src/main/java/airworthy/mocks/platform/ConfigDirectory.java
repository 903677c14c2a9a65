package airworthy.mocks.platform;

import airworthy.mocks.kubernetes.DeviceInventory;
import com.fasterxml.jackson.annotation.JsonProperty;
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
import java.util.List;
import java.util.stream.Stream;

/** The files that make a platform what it is. A platform with a defect is another such folder. */
record ConfigDirectory(Path path) {

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    /** Returns the folder of the installation that this program was started from. */
    static ConfigDirectory installed() throws IOException {
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

    String text(String file) throws IOException {
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

    List<DeviceInventory> devices() throws IOException {
        try {
            return YAML.readValue(text("devices.yaml"), Devices.class).accelerators();
        } catch (JsonProcessingException e) {
            throw new IOException("devices.yaml: " + e.getOriginalMessage(), e);
        }
    }

    private List<Path> manifestFiles() throws IOException {
        try (Stream<Path> files = Files.list(path.resolve("cluster"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private record Devices(@JsonProperty(required = true) List<DeviceInventory> accelerators) {}
}
