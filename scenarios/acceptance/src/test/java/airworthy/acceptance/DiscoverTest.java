package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A profile that was discovered leads to the same targets as one that the platform's owner wrote. */
@ExtendWith(Shared.class)
@ResourceLock(Shared.PLATFORM)
class DiscoverTest {
    private static final Pattern KEY = Pattern.compile("(\\S+): env:KEY_\\S+");

    static Harness.Ended discover(Path folder, Path kubeconfig, String... more)
            throws IOException, InterruptedException {
        String[] arguments = new String[3 + more.length];
        arguments[0] = "discover";
        arguments[1] = "--kubeconfig";
        arguments[2] = kubeconfig.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Harness.run(Harness.Priority.BACKGROUND, folder, arguments);
    }

    static String plan(Path folder, Path profile, Path suite) throws IOException, InterruptedException {
        return Harness.run(
                        Harness.Priority.BACKGROUND, folder, "plan", "--platform", profile.toString(), suite.toString())
                .with(0)
                .out();
    }

    /** A discovered profile with the keys that nobody can discover. */
    static String withKeys(String text, Platform platform) {
        String keys = platform.kubeconfig().resolveSibling("keys").toString();
        return KEY.matcher(text).replaceAll("$1: \"file:" + Matcher.quoteReplacement(keys) + "/$1\"");
    }

    /**
     * The scenarios that ask for what only an owner knows (a gateway's budgets and bad keys, where models come from), or all
     * the others.
     */
    static Path scenarios(Path folder, boolean ofOwners) throws IOException {
        Path suite = Files.createDirectories(folder.resolve("of-owners-" + ofOwners));
        for (Path file : Catalogue.scenarios()) {
            JsonNode scenario = Catalogue.yaml(file);
            JsonNode target = scenario.path("target");
            boolean asksOwner = target.has("gateway")
                    || target.path("tenant").asText().equals("budgeted")
                    || scenario.at("/faults/0").has("model.truncated");
            if (asksOwner == ofOwners) {
                Files.copy(file, suite.resolve(file.getFileName()));
            }
        }
        return suite;
    }

    @Test
    void withOnlyKeysAndTimeScaleFilledInItPlansWhatTheShippedProfilePlans(Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        Harness.Ended ended = discover(temp, platform.kubeconfig()).with(0);
        Path written = temp.resolve("platform.yaml");
        String text = Files.readString(written);

        assertThat(ended.out())
                .containsPattern("prometheus +present")
                .containsPattern("alertmanager +present")
                .containsPattern("gateway +present")
                .containsPattern("inference +present .*team-a/deployment/chat.*team-b/deployment/summarise")
                .containsPattern("in all +guessed +[1-9][0-9]* lines");
        assertThat(text).contains("kubernetes: simulated\n", "# guessed: ");
        String filled = withKeys(text, platform).replace("timeScale: 1 ", "timeScale: " + Platform.TIME_SCALE + " ");
        assertThat(filled).doesNotContain("env:").contains("timeScale: " + Platform.TIME_SCALE);
        Files.writeString(written, filled);
        Path suite = scenarios(temp, false);
        String planned = plan(temp, written, suite);
        assertThat(planned)
                .contains("hits")
                .containsPattern("together +at most [0-9,]+ tokens; allow.maxTokens is 20,000,000\n")
                .doesNotContain("cannot run");
        assertThat(planned).isEqualTo(plan(temp, platform.profile(), suite));
        assertThat(plan(temp, written, scenarios(temp, true)))
                .contains("cannot run: no target: gateway.budgets of the profile holds no tenant")
                .contains("add gateway.audit with workload and fields")
                .contains("artefact");
    }

    @Test
    void whatSomebodyMayHaveEditedIsOverwrittenOnlyByForce(Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        Path file = Files.writeString(temp.resolve("mine.yaml"), "mine");

        Harness.Ended refused =
                discover(temp, platform.kubeconfig(), "--out", file.toString()).with(2);
        assertThat(refused.err()).contains(file.toString(), "--force");
        assertThat(file).hasContent("mine");

        discover(temp, platform.kubeconfig(), "--out", file.toString(), "--force")
                .with(0);
        assertThat(Files.readString(file)).contains("kind: Platform");
    }

    @Test
    void aClusterThatCannotBeAskedLeavesNoProfile(Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        Path kubeconfig = Files.writeString(
                temp.resolve("kubeconfig"),
                Files.readString(platform.kubeconfig())
                        .replaceFirst("127\\.[0-9]+\\.0\\.1:6443", "127.0.0.1:" + nobody));

        Harness.Ended ended = discover(temp, kubeconfig).with(2);

        assertThat(ended.err()).contains("127.0.0.1:" + nobody, "refused");
        assertThat(temp.resolve("platform.yaml")).doesNotExist();
    }
}
