package airworthy.format;

import java.nio.file.Path;
import java.util.Map;

/**
 * Resolves references to secrets when they are used, never before.
 *
 * <p>Immutable and safe for use by several threads. Nothing that it reads is kept or told in a problem.
 */
public final class SecretReferences {
    private final Map<String, String> environment;

    /** Takes the environment variables in which {@code env:} references are looked up. */
    public SecretReferences(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The secret itself, without white space around it.
     *
     * @param usedBy what needs it, for problems, for example {@code gateway.keys.team-a}
     * @param reference as a {@link ProfileReader} gave it: the path of a {@code file:} reference is absolute
     */
    public Read<String> resolve(String usedBy, String reference) {
        return SecretReference.parse(reference)
                .map(known -> switch (known) {
                    case SecretReference.InEnvironment(String name) -> fromEnvironment(usedBy, name);
                    case SecretReference.InFile(Path path) -> fromFile(usedBy, path);
                })
                .orElseGet(() -> bad("(literal)", usedBy, "a literal (not shown here)", SecretReference.EXPECTED));
    }

    private Read<String> fromEnvironment(String usedBy, String name) {
        String value = environment.getOrDefault(name, "").strip();
        return value.isEmpty()
                ? bad("env:" + name, usedBy, "no such environment variable, or an empty one", "one that holds the key")
                : new Read.Ok<>(value);
    }

    private static Read<String> fromFile(String usedBy, Path path) {
        String name = "file:" + path;
        return switch (TextFile.read(path, name)) {
            case Read.Ok<String>(String text) when !text.isBlank() -> new Read.Ok<>(text.strip());
            case Read.Ok<String> _ -> bad(name, usedBy, "an empty file", "one that holds the key");
            case Read.Bad<String> bad ->
                bad(name, usedBy, bad.problems().getFirst().found(), "a file that holds the key");
        };
    }

    private static Read<String> bad(String where, String usedBy, String found, String expected) {
        return Read.bad(new Problem(where, 0, 0, usedBy, found, expected));
    }
}
