package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code airworthy load}, against the simulated platform's gateway and against nobody. */
@ExtendWith(Shared.class)
class LoadTest {

    @Test
    @ResourceLock(Shared.PLATFORM)
    @ResourceLock(Shared.TIMED)
    void everyRequestOfAHealthyGatewayIsMeasured(Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        Path out = temp.resolve("out");
        Path key = platform.profile().resolveSibling("keys").resolve("team-a");
        Harness.Ended ended = Harness.run(
                Harness.Priority.TIMED,
                temp,
                "load",
                "--endpoint",
                endpoint(platform),
                "--model",
                "chat",
                "--key",
                "file:" + key,
                "--rate",
                "20/s",
                "--duration",
                "6s",
                "--out",
                out.toString());

        JsonNode summary =
                new ObjectMapper().readTree(out.resolve("summary.json").toFile());
        long scheduled = summary.at("/requests/scheduled").asLong();
        assertThat(scheduled).as(ended.out() + ended.err()).isBetween(115L, 121L);
        assertThat(summary.at("/requests/outcomes").toString()).isEqualTo("{\"ok\":" + scheduled + "}");
        // the simulated model server: 40 ms to the first token, 4 ms a token; no client can see less
        assertThat(summary.at("/ttftMs/p50").asDouble()).isGreaterThan(39);
        assertThat(summary.at("/gapMs/n").asLong()).isEqualTo(scheduled * 31);
        assertThat(summary.at("/tokens/completion").asLong()).isEqualTo(scheduled * 32);
        assertThat(Files.readString(out.resolve("load.html"))).contains("<svg", "came in time");
        assertThat(Files.readAllLines(out.resolve("requests.jsonl"))).hasSize((int) scheduled);
        assertThat(Files.readString(out.resolve("latencies.hlog"))).contains("Tag=ttft", "Tag=gap");
        assertThat(ended.out()).contains("requests scheduled at 20/s", "first token", "page  ");
        ended.with(summary.at("/trust/verdict").asText().equals("trusted") ? 0 : 3);
    }

    @Test
    void anEndpointWhereNobodyListensIsTold(@TempDir Path temp) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Harness.Ended ended = Harness.run(
                        Harness.Priority.BACKGROUND,
                        temp,
                        "load",
                        "--endpoint",
                        "http://127.0.0.1:" + port + "/v1",
                        "--model",
                        "m",
                        "--rate",
                        "5/s",
                        "--duration",
                        "2s",
                        "--out",
                        temp.resolve("out").toString())
                .with(3);
        assertThat(ended.out()).contains("0 answered whole", "connect-fail");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce(@TempDir Path temp) throws IOException, InterruptedException {
        Path used = Files.writeString(temp.resolve("used"), "");
        Harness.Ended ended = Harness.run(
                        Harness.Priority.BACKGROUND,
                        temp,
                        "load",
                        "--endpoint",
                        "ftp://h/v1",
                        "--model",
                        "m",
                        "--rate",
                        "fast",
                        "--duration",
                        "soon",
                        "--profile",
                        "chess",
                        "--key",
                        "env:NOT_THERE_AT_ALL",
                        "--out",
                        used.toString())
                .with(2);
        assertThat(ended.err())
                .contains(
                        "--endpoint: found ftp://h/v1",
                        "--rate: found fast, expected a rate above zero such as 5/s",
                        "--duration: found soon",
                        "load profile \"chess\": found none of that name, expected chat, code, rag",
                        "env:NOT_THERE_AT_ALL");
    }

    @Test
    void aFolderWithFilesInItIsLeftAlone(@TempDir Path temp) throws IOException, InterruptedException {
        Path out = Files.createDirectory(temp.resolve("out"));
        Files.writeString(out.resolve("mine.txt"), "mine");
        Harness.Ended ended = Harness.run(
                        Harness.Priority.BACKGROUND,
                        temp,
                        "load",
                        "--endpoint",
                        "http://127.0.0.1:1/v1",
                        "--model",
                        "m",
                        "--rate",
                        "5/s",
                        "--out",
                        out.toString())
                .with(2);
        assertThat(ended.err()).contains("found files in it, expected a new or empty folder");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("mine.txt");
        }
    }

    /** As the profile names it. */
    static String endpoint(Platform platform) throws IOException {
        Matcher url = Pattern.compile("http://[0-9.]+:8080/v1").matcher(Files.readString(platform.profile()));
        assertThat(url.find()).isTrue();
        return url.group();
    }
}
