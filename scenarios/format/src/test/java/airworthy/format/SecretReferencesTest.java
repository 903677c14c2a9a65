package airworthy.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReferencesTest {
    private final SecretReferences secrets = new SecretReferences(Map.of("KEY", " k1 ", "EMPTY", ""));

    @TempDir
    private Path folder;

    @Test
    void aSecretComesFromTheEnvironmentOrFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "k2\n");

        assertThat(secrets.resolve("gateway.keys.a", "env:KEY")).isEqualTo(new Read.Ok<>("k1"));
        assertThat(secrets.resolve("gateway.keys.b", "file:" + file)).isEqualTo(new Read.Ok<>("k2"));
    }

    @Test
    void whatIsMissingOrEmptyIsToldWithItsUse() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path none = folder.resolve("none");

        assertThat(problems("env:NONE"))
                .containsExactly("env:NONE: gateway.keys.a: found no such environment variable, or an empty one,"
                        + " expected one that holds the key");
        assertThat(problems("env:EMPTY")).hasSize(1);
        assertThat(problems("file:" + empty))
                .containsExactly(
                        "file:" + empty + ": gateway.keys.a: found an empty file, expected one that holds the key");
        assertThat(problems("file:" + none))
                .containsExactly(
                        "file:" + none + ": gateway.keys.a: found no such file, expected a file that holds the key");
    }

    @Test
    void aLiteralIsNeitherUsedNorShown() {
        assertThat(problems("sk-secret")).singleElement().asString().doesNotContain("sk-secret");
    }

    private List<String> problems(String reference) {
        return secrets.resolve("gateway.keys.a", reference).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
