package airworthy.mocks.devices.kubelet;

import airworthy.mocks.devices.SliceContent;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * CDI specs, a file for each prepared claim; the files are also the memory of what is prepared. A CDI device stands for all
 * devices of one request, since environment variables of several CDI devices would overwrite each other.
 */
final class CdiSpecs {

    private static final String KIND = "k8s." + SliceContent.DRIVER + "/claim";
    private static final Pattern UID = Pattern.compile("[A-Za-z0-9-]+");

    private final Path folder;
    private final DriverLibrary library;

    CdiSpecs(Path folder, DriverLibrary library) {
        this.folder = folder;
        this.library = library;
    }

    /** Returns the id that the runtime finds a request of a claim by. */
    static String id(ClaimKey claim, String request) {
        return KIND + "=" + claim.uid() + "-" + request;
    }

    /** A claim's spec, from the environment of each request. */
    ObjectNode spec(ClaimKey claim, Map<String, List<String>> environments) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("cdiVersion", "0.5.0").put("kind", KIND);
        ArrayNode devices = spec.putArray("devices");
        environments.forEach((request, environment) -> {
            ObjectNode device = devices.addObject().put("name", claim.uid() + "-" + request);
            ObjectNode edits = device.putObject("containerEdits");
            ArrayNode variables = edits.putArray("env");
            environment.forEach(variables::add);
            library.mountInto(edits);
        });
        return spec;
    }

    boolean holds(ClaimKey claim, ObjectNode spec) throws IOException {
        try {
            return Files.readString(file(claim)).equals(spec.toString());
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    void write(ClaimKey claim, ObjectNode spec) throws IOException {
        Path file = file(claim);
        Files.createDirectories(folder);
        // The runtime reads every .json in the folder at any time: it never sees half of one.
        Path half = folder.resolve("." + claim.uid() + ".part");
        Files.writeString(half, spec.toString());
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove(ClaimKey claim) throws IOException {
        Files.deleteIfExists(file(claim));
    }

    private Path file(ClaimKey claim) throws IOException {
        if (!UID.matcher(claim.uid()).matches()) {
            throw new IOException(
                    "claim %s: found uid '%s', expected letters, digits and dashes".formatted(claim, claim.uid()));
        }
        return folder.resolve("k8s." + SliceContent.DRIVER + "-claim_" + claim.uid() + ".json");
    }
}
