package airworthy.probes.http;

import static airworthy.probes.stub.Readings.absent;
import static airworthy.probes.stub.Readings.present;
import static airworthy.probes.stub.Readings.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.probes.stub.Callers;
import airworthy.probes.stub.StubServer;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpReadsTest {
    private final StubServer server = new StubServer();
    private final HttpCaller caller = Callers.patient();
    private final HttpCaller hasty = Callers.hasty();
    private final HttpReads reads = new HttpReads(caller);

    @AfterEach
    void close() {
        caller.close();
        hasty.close();
        server.close();
    }

    @Test
    void readsJson() throws Exception {
        server.json("/a", "{\"x\":1}");

        assertThat(present(reads.json(at("/a"))).path("x").asInt()).isEqualTo(1);
    }

    @Test
    void tellsNotFoundAsAbsent() throws Exception {
        assertThat(absent(reads.json(at("/nothing")))).contains("GET " + at("/nothing"), "404");
    }

    @Test
    void quotesTheBeginningOfHtmlInPlaceOfJson() throws Exception {
        server.answer("/a", 200, "<html>\n<head><title>Sign in</title>" + "x".repeat(100));

        assertThat(unreadable(reads.json(at("/a"))))
                .isEqualTo("GET " + at("/a") + ": expected JSON, found \"<html> <head><title>Sign in</title>"
                        + "x".repeat(25) + "...\"");
    }

    @Test
    void tellsExpiredCredentialsFromMissingPermission() throws Exception {
        server.answer("/expired", 401, "token has expired").answer("/forbidden", 403, "");

        assertThat(unreadable(reads.json(at("/expired")))).contains("401", "expired", "\"token has expired\"");
        assertThat(unreadable(reads.json(at("/forbidden")))).contains("403", "may not read");
    }

    @Test
    void tellsTheStatusOfAServerInTrouble() throws Exception {
        server.answer("/a", 503, "no healthy upstream");

        assertThat(unreadable(reads.text(at("/a")))).endsWith("answered 503: \"no healthy upstream\"");
    }

    @Test
    void tellsARefusedConnection() throws Exception {
        URI nobody = StubServer.refusing();

        assertThat(unreadable(reads.json(nobody))).isEqualTo("GET " + nobody + ": connection refused");
    }

    @Test
    void tellsAHostThatNobodyResolves() throws Exception {
        assertThat(unreadable(reads.json(URI.create("http://prometheus.monitoring.invalid:9090/"))))
                .contains("cannot resolve", "names");
    }

    @Test
    void tellsAnAddressThatIsNone() throws Exception {
        assertThat(unreadable(reads.json(URI.create("prometheus:9090")))).contains("\"prometheus:9090\"", "http://");
    }

    @Test
    void givesUpOnASilentServer() throws Exception {
        server.hang("/a");

        assertThat(unreadable(new HttpReads(hasty).json(at("/a")))).endsWith("no whole answer within 0.2 s");
    }

    @Test
    void givesUpOnABodyThatStops() throws Exception {
        server.handle("/a", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            server.hold();
        });

        assertThat(unreadable(new HttpReads(hasty).json(at("/a")))).endsWith("no whole answer within 0.2 s");
    }

    @Test
    void tellsABodyThatIsCut() throws Exception {
        server.handle("/a", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.close();
        });

        assertThat(unreadable(reads.json(at("/a")))).contains("the connection broke");
    }

    @Test
    void endsAtOnceWhenInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.handle("/a", exchange -> {
            asked.countDown();
            server.hold();
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reading = threads.submit(() -> reads.json(at("/a")));
            asked.await();
            threads.shutdownNow();

            assertThatThrownBy(reading::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void sendsABearerTokenAndNeverRepeatsIt() throws Exception {
        server.handle("/a", exchange -> {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            StubServer.reply(exchange, "Bearer s3cret".equals(given) ? 200 : 401, "{}");
        });

        assertThat(present(reads.json(at("/a"), "s3cret"))).isEmpty();
        assertThat(unreadable(reads.json(at("/a"), "wr0ng"))).contains("401").doesNotContain("wr0ng");
    }

    @Test
    void followsRedirectsButNotForEver() throws Exception {
        redirect("/a", "/b");
        redirect("/loop", "/loop");
        server.answer("/b", 200, "here");

        assertThat(present(reads.text(at("/a")))).isEqualTo("here");
        assertThat(unreadable(reads.text(at("/loop")))).contains("302");
    }

    @Test
    void findsHostsThatOnlyTheClusterResolves() throws Exception {
        server.answer("/page", 200, "found");
        Names names = new Names(Map.of("runbooks.monitoring", server.base().getAuthority()));
        try (HttpCaller named = new HttpCaller(names, caller.limits())) {
            assertThat(present(new HttpReads(named).text(URI.create("http://runbooks.monitoring/page?a=b"))))
                    .isEqualTo("found");
        }
    }

    @Test
    void cutsAPageWhereTold() throws Exception {
        server.answer("/a", 200, "0123456789");

        assertThat(present(reads.page(at("/a"), 4)).text()).isEqualTo("0123");
        assertThat(present(reads.page(at("/a"), 4)).whole()).isFalse();
        assertThat(present(reads.page(at("/a"), 10)).whole()).isTrue();
    }

    private void redirect(String from, String to) {
        server.handle(from, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            StubServer.reply(exchange, 302, "");
        });
    }

    private URI at(String path) {
        return server.base().resolve(path);
    }
}
