package airworthy.mocks.devices.kubelet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The driver's libraries on the node, which containers that were given a device find where they look for libraries, as those of a
 * real driver. Immutable.
 *
 * @param files on the node, by the same path as here
 */
public record DriverLibrary(List<Path> files) {
    /** Where the dynamic linker of Debian's C library looks by itself. */
    private static final Path SEARCHED = Path.of("/usr/lib/x86_64-linux-gnu");

    public DriverLibrary {
        files = List.copyOf(files);
    }

    /** No library. */
    public static DriverLibrary none() {
        return new DriverLibrary(List.of());
    }

    /**
     * Puts them on the node.
     *
     * @param from a folder of this container; one that is empty holds no library
     * @param plugin a folder that is the node's own
     */
    public static DriverLibrary install(Path from, Path plugin) throws IOException {
        Path folder = Files.createDirectories(plugin.resolve("library"));
        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(from)) {
            for (Path file : found.sorted().toList()) {
                // moved over it: a process that has mapped the old one keeps it
                Path half = folder.resolve("." + file.getFileName() + ".part");
                // a link stays one: what is one library under two names is loaded once
                Files.copy(file, half, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
                Path installed = folder.resolve(file.getFileName());
                Files.move(half, installed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                files.add(installed);
            }
        }
        return new DriverLibrary(files);
    }

    /** Writes them into the edits of a container. */
    void mountInto(ObjectNode edits) {
        if (files.isEmpty()) {
            return;
        }
        ArrayNode mounts = edits.putArray("mounts");
        for (Path file : files) {
            mounts.addObject()
                    .put("hostPath", file.toString())
                    .put("containerPath", SEARCHED.resolve(file.getFileName()).toString())
                    .putArray("options")
                    .add("ro")
                    .add("nosuid")
                    .add("nodev")
                    .add("bind");
        }
    }
}
