package airworthy.probes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event.AuditGroup;
import airworthy.model.PlatformProfile;
import airworthy.model.PlatformProfile.AuditField;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.inference.CanaryProbe;
import airworthy.probes.kubernetes.KubernetesConnection;
import airworthy.probes.stub.Callers;
import airworthy.probes.stub.StubServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {
    private static final String POD = "/api/v1/namespaces/gw/pods/gateway-0";
    private static final String FIRST =
            "{\"who\": \"x\", \"code\": 200, \"in\": 7, \"out\": 9, \"from\": \"10.0.0.1\", \"id\": 1}\n";
    private static final String SECOND =
            "{\"who\": \"x\", \"code\": 200, \"in\": 1, \"out\": 2, \"from\": \"10.0.0.1\", \"id\": 2}\n";
    private static final String REFUSED = "{\"who\": \"\", \"code\": 401, \"from\": \"10.0.0.2\", \"id\": 3}\n";

    private final StubServer server = new StubServer();
    private final HttpCaller caller = Callers.patient();
    private final AtomicReference<String> log = new AtomicReference<>(FIRST);

    @TempDir
    private Path folder;

    @BeforeEach
    void aPodWithALog() {
        server.json(
                "/api/v1",
                "{\"resources\": [{\"name\": \"pods\", \"kind\": \"Pod\", \"namespaced\": true},"
                        + " {\"name\": \"namespaces\", \"kind\": \"Namespace\", \"namespaced\": false}]}");
        server.json("/api/v1/namespaces/gw", "{\"metadata\": {\"name\": \"gw\"}}");
        server.json(POD, "{\"metadata\": {\"name\": \"gateway-0\", \"uid\": \"u\"}}");
        server.handle(POD + "/log", exchange -> {
            String text = log.get();
            if ("tailLines=1".equals(exchange.getRequestURI().getQuery())) {
                List<String> lines = text.lines().toList();
                text = lines.isEmpty() ? "" : lines.getLast() + "\n";
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    @AfterEach
    void close() {
        caller.close();
        server.close();
    }

    @Test
    void whatWasWrittenSinceTheMarkIsAddedUpByTenantStatusAndSource() throws Exception {
        assertThat(since(FIRST, FIRST + SECOND + "a line of another kind\n" + SECOND.replace("2}", "4}") + REFUSED))
                .isEqualTo(new Reading.Present<>(List.of(
                        new AuditGroup("x", OptionalInt.of(200), "10.0.0.1", 2, 2, 4),
                        new AuditGroup("", OptionalInt.of(401), "10.0.0.2", 1, 0, 0))));
    }

    @Test
    void partsOfRecordsMayLieWithinOtherPartsAndNumbersMayBeText() throws Exception {
        AuditLines lines = new AuditLines(Map.of(
                AuditField.TENANT, "key.team",
                AuditField.STATUS, "error.code",
                AuditField.COMPLETION_TOKENS, "usage.out",
                AuditField.SOURCE, "net.peer"));

        assertThat(lines.sum(
                        List.of(
                                "{\"key\": {\"team\": \"x\"}, \"usage\": {\"out\": 9}, \"net.peer\": \"10.0.0.1\"}",
                                "{\"key\": {\"team\": \"x\"}, \"error\": {\"code\": \"429\"}, \"net\": {\"peer\": \"10.0.0.2\"}}",
                                "{\"error\": {\"code\": \"\"}, \"key\": null}",
                                "{\"keys\": {\"team\": \"x\"}}"),
                        "the log"))
                .isEqualTo(new Reading.Present<>(List.of(
                        new AuditGroup("x", OptionalInt.empty(), "10.0.0.1", 1, 0, 9),
                        new AuditGroup("x", OptionalInt.of(429), "10.0.0.2", 1, 0, 0),
                        new AuditGroup("", OptionalInt.empty(), "", 1, 0, 0))));
    }

    @Test
    void aLogThatWasEmptyIsReadWhole() throws Exception {
        assertThat(since("", FIRST))
                .isEqualTo(
                        new Reading.Present<>(List.of(new AuditGroup("x", OptionalInt.of(200), "10.0.0.1", 1, 7, 9))));
    }

    @Test
    void nothingWrittenSinceIsKnownToBeNothing() throws Exception {
        assertThat(since(FIRST, FIRST)).isEqualTo(new Reading.Present<>(List.of()));
    }

    @Test
    void aLogThatWasRotatedMeanwhileIsUnreadable() throws Exception {
        assertThat(since(FIRST, SECOND))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.why())
                                .contains("the log of pod gateway-0 no longer holds", "rotated"));
    }

    @Test
    void aLogWithoutRecordsIsUnreadable() throws Exception {
        assertThat(since("", "{\"level\": \"info\"}\n"))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.why())
                                .contains("holds no audit record", "found \"{\"level\": \"info\"}\""));
    }

    @Test
    void ourSourceIsWhatTheGatewayRecordsOfAQuestionOfOurs() throws Exception {
        server.handle("/v1/models", exchange -> {
            log.updateAndGet(before -> before + SECOND + REFUSED);
            byte[] list = "{}".getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(200, list.length);
                exchange.getResponseBody().write(list);
            }
        });

        assertThat(source("x")).isEqualTo(new Reading.Present<>("10.0.0.1"));
    }

    @Test
    void aQuestionThatLeavesNoRecordOrIsNotAnsweredTellsNoSource() throws Exception {
        assertThat(source("x")).isInstanceOf(Reading.Absent.class);

        server.json("/v1/models", "{}");
        assertThat(source("x"))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.why())
                                .contains(
                                        "left no audit record with a source within 3 s",
                                        "gateway.audit.fields.source"));
    }

    @Test
    void aGatewayThatRecordsOnlyWhatModelsAreAskedIsAskedForOneToken() throws Exception {
        server.handle("/v1/models", exchange -> {
            log.updateAndGet(before -> before + "GET /v1/models 200\n");
            try (exchange) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.handle("/v1/chat/completions", exchange -> {
            log.updateAndGet(before -> before + SECOND);
            byte[] stream = "data: {\"choices\": [{\"delta\": {\"content\": \"one\"}}]}\n\ndata: [DONE]\n\n"
                    .getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, stream.length);
                exchange.getResponseBody().write(stream);
            }
        });

        assertThat(source("x")).isEqualTo(new Reading.Present<>("10.0.0.1"));
    }

    @Test
    void aTenantThatOthersUseAtTheSameTimeTellsNoSource() throws Exception {
        server.handle("/v1/models", exchange -> {
            log.updateAndGet(before -> before + SECOND + SECOND.replace("10.0.0.1", "10.0.0.9"));
            try (exchange) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            }
        });

        assertThat(source("x"))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).contains("from several sources at once"));
    }

    /** The clock runs a second a look, so that no test waits for a record that does not come. */
    private Reading<String> source(String tenant) throws IOException, InterruptedException {
        AtomicLong clock = new AtomicLong();
        try (KubernetesConnection cluster = cluster()) {
            return new OwnSource(
                            trail(cluster),
                            List.of(
                                    OwnSource.Question.models(
                                            new HttpReads(caller), server.base().resolve("/v1")),
                                    OwnSource.Question.oneToken(
                                            new CanaryProbe(caller, "7f3a", System::nanoTime),
                                            server.base().resolve("/v1"),
                                            "chat")),
                            () -> clock.addAndGet(1_000_000_000L))
                    .of(tenant, "secret");
        }
    }

    private Reading<List<AuditGroup>> since(String before, String after) throws IOException, InterruptedException {
        try (KubernetesConnection cluster = cluster()) {
            AuditTrail trail = trail(cluster);
            log.set(before);
            var mark = trail.mark();
            log.set(after);
            return trail.since(((Reading.Present<AuditTrail.Mark>) mark).value());
        }
    }

    private AuditTrail trail(KubernetesConnection cluster) {
        return new AuditTrail(
                new PlatformProfile.Audit(
                        WorkloadRef.parse("gw/pod/gateway-0"),
                        Map.of(
                                AuditField.TENANT, "who",
                                AuditField.STATUS, "code",
                                AuditField.PROMPT_TOKENS, "in",
                                AuditField.COMPLETION_TOKENS, "out",
                                AuditField.SOURCE, "from")),
                cluster,
                new HttpReads(caller));
    }

    private KubernetesConnection cluster() throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
            apiVersion: v1
            kind: Config
            current-context: toy
            contexts: [{name: toy, context: {cluster: toy, user: me}}]
            clusters: [{name: toy, cluster: {server: "%s"}}]
            users: [{name: me, user: {token: secret}}]
            """.formatted(server.base()));
        var opened = KubernetesConnection.open(new PlatformProfile.Cluster(kubeconfig, Optional.empty()));
        return ((Reading.Present<KubernetesConnection>) opened).value();
    }
}
