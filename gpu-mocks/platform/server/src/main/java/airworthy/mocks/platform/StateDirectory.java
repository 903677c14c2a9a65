package airworthy.mocks.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where a running platform leaves what its users need: kubeconfig, profile and keys. */
public record StateDirectory(Path path) {

    /** Makes the folder if it is not there. */
    public static StateDirectory make(Path path) throws IOException {
        Files.createDirectories(path.resolve("keys"));
        return new StateDirectory(path.toAbsolutePath().normalize());
    }

    /** Writes what anybody may read. */
    public void write(String file, String text) throws IOException {
        Files.writeString(path.resolve(file), text);
    }

    /** Writes what only the owner may read. */
    public void writeSecret(String file, String text) throws IOException {
        Path target = path.resolve(file);
        Files.deleteIfExists(target);
        Files.createFile(target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(target, text);
    }
}
