package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code airworthy simulate}: a Gatling simulation as somebody else writes and compiles it. */
@ExtendWith(Shared.class)
class SimulateTest {

    @Test
    @ResourceLock(Shared.PLATFORM)
    @ResourceLock(Shared.TIMED)
    void whatItsUsersLiveThroughIsMeasured(Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        Path key = platform.profile().resolveSibling("keys").resolve("team-a");
        Path classes = compiled(
                temp,
                "Visitors",
                visitors(LoadTest.endpoint(platform), Files.readString(key).strip()));
        Path out = temp.resolve("out");

        Harness.Ended ended = Harness.run(
                Harness.Priority.TIMED,
                temp,
                "simulate",
                "--class",
                "my.Visitors",
                "--class-path",
                classes.toString(),
                "--out",
                out.toString());

        assertThat(ended.out())
                .as(ended.err())
                .contains("40 requests scheduled by Visitors, 40 answered whole (ok 40)");
        JsonNode summary =
                new ObjectMapper().readTree(out.resolve("summary.json").toFile());
        assertThat(summary.at("/settings/simulation").asText()).isEqualTo("my.Visitors");
        assertThat(summary.at("/gapMs/n").asLong()).isEqualTo(40 * 15);
        assertThat(summary.at("/ttftMs/max").asDouble()).isGreaterThan(39);
        ended.with(summary.at("/trust/verdict").asText().equals("trusted") ? 0 : 3);
    }

    @Test
    void whatIsWrongIsToldBeforeAnythingIsStarted(@TempDir Path temp) throws IOException, InterruptedException {
        Harness.Ended ended = Harness.run(
                        Harness.Priority.BACKGROUND,
                        temp,
                        "simulate",
                        "--class",
                        "my.Visitors",
                        "--class-path",
                        temp.toString(),
                        "--token-time",
                        "soon")
                .with(2);
        assertThat(ended.err())
                .contains("--class: found no my.Visitors on --class-path", "--token-time: found soon, expected");
    }

    private static Path compiled(Path temp, String name, String text) throws IOException {
        Path source = Files.writeString(temp.resolve(name + ".java"), text);
        Path classes = Files.createDirectory(temp.resolve("classes"));
        String jars;
        try (Stream<Path> files = Files.list(Harness.app().resolve("load/lib"))) {
            jars = files.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), "-cp", jars, source.toString());
        assertThat(code).isZero();
        return classes;
    }

    private static String visitors(String endpoint, String key) {
        return """
            package my;

            import static airworthy.load.gatling.Llm.llm;
            import static io.gatling.javaapi.core.CoreDsl.rampUsers;
            import static io.gatling.javaapi.core.CoreDsl.scenario;
            import static io.gatling.javaapi.http.HttpDsl.http;

            import airworthy.load.gatling.Llm;
            import io.gatling.javaapi.core.Simulation;

            public class Visitors extends Simulation {
                {
                    Llm chat = llm("chat").at("%s").key("%s").answerTokens(16);
                    setUp(scenario("visitors")
                                    .exec(chat.stream("Hello"))
                                    .exec(chat.stream(session -> "And what is " + session.userId() + "?"))
                                    .injectOpen(rampUsers(20).during(2)))
                            .protocols(http.shareConnections());
                }
            }
            """.formatted(endpoint, key);
    }
}
