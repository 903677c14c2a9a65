package airworthy.format;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What paths in a profile mean.
 *
 * @param base the folder of the profile, against which relative paths resolve
 * @param home for which {@code ~} stands
 */
record ProfilePaths(Path base, Path home) {

    /** An absolute path; empty if the text is not a path of this machine. */
    Optional<Path> resolve(String text) {
        try {
            Path path =
                    text.equals("~") ? home : text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
            return Optional.of(base.toAbsolutePath().resolve(path).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** A reference to a secret that means the same from everywhere; empty if it is not a reference. */
    Optional<String> absolute(String reference) {
        return SecretReference.parse(reference).flatMap(known -> switch (known) {
            case SecretReference.InEnvironment _ -> Optional.of(reference);
            case SecretReference.InFile(Path path) -> resolve(path.toString()).map(file -> "file:" + file);
        });
    }
}
