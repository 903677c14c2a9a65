package airworthy.format;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a secret is kept: {@code env:NAME} or {@code file:PATH}. */
sealed interface SecretReference {
    String EXPECTED = "a reference env:NAME or file:PATH";

    /** In an environment variable. */
    record InEnvironment(String name) implements SecretReference {}

    /** In a file that holds nothing else. */
    record InFile(Path path) implements SecretReference {}

    /** Reads the written form; empty if it is neither, which means that it may be the secret itself. */
    static Optional<SecretReference> parse(String text) {
        if (text.matches("env:[A-Za-z_][A-Za-z0-9_]*")) {
            return Optional.of(new InEnvironment(text.substring("env:".length())));
        }
        if (!text.startsWith("file:") || text.equals("file:")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InFile(Path.of(text.substring("file:".length()))));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
