package airworthy.mocks.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A model server serves what it could fetch, verify and load, and nothing else. */
class ModelSourceTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final PodIdentity POD = new PodIdentity("team-a", "chat-0");
    private static final ModelFile FILE = ModelFile.of(1, "chat", "r1", 1000);

    @Test
    void whatTheStoreHoldsIsFetchedAndServed() throws Exception {
        try (ModelStore store = ModelStore.start(ANY, List.of("chat@r1"), 1);
                ModelServer server = start("digest", store.uri())) {
            assertThat(new Client(server).get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theStoreIsMetUnderItsNameInTheCluster() throws Exception {
        try (ModelStore store = ModelStore.start(ANY, List.of("chat@r1"), 1)) {
            URI named = URI.create("http://model-store.models:8081");
            try (ModelServer server = InferenceOptions.parse(List.of("--model", "chat", "--revision", "r1"))
                    .start(
                            ANY,
                            POD,
                            Map.of("MODEL_STORE", named.toString()),
                            name -> {
                                assertThat(name).isEqualTo(named);
                                return store.uri();
                            },
                            new Levers(),
                            _ -> {})) {
                assertThat(new Client(server).get("/health").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void aFileCutShortIsNotTheOneThatItsDigestNames() throws Exception {
        assertThatThrownBy(() -> serving(Arrays.copyOf(FILE.bytes(), 700), "digest"))
                .isInstanceOfSatisfying(
                        StartFailure.class, e -> assertThat(e.exitCode()).isEqualTo(65))
                .hasMessageContaining("model artefact chat@r1: found 700 bytes with digest sha-256=:");
    }

    @Test
    void evenUnverifiedItDoesNotLoad() throws Exception {
        assertThatThrownBy(() -> serving(Arrays.copyOf(FILE.bytes(), 700), "nothing"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("MetadataIncompleteBuffer");
        assertThatThrownBy(() -> serving(Arrays.copyOf(FILE.bytes(), 20), "nothing"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("HeaderTooLarge");
    }

    @Test
    void aFlippedBitLoadsWhereNobodyVerifies() throws Exception {
        byte[] flipped = FILE.bytes().clone();
        flipped[flipped.length - 1] ^= 1;

        serving(flipped, "nothing").close();
        assertThatThrownBy(() -> serving(flipped, "digest")).isInstanceOf(StartFailure.class);
    }

    @Test
    void aRevisionThatTheStoreDoesNotHaveIsAnArtefactThatIsBroken() throws Exception {
        try (ModelStore store = ModelStore.start(ANY, List.of("chat@r2"), 1)) {
            assertThatThrownBy(() -> start("digest", store.uri()))
                    .isInstanceOfSatisfying(
                            StartFailure.class, e -> assertThat(e.exitCode()).isEqualTo(65))
                    .hasMessageContaining("answered 404, expected 200");
        }
    }

    @Test
    void whoStaysUpWithoutAModelAnswersErrorsAndIsReadyOnlyIfToldToBe() throws Exception {
        for (boolean strict : new boolean[] {true, false}) {
            try (ModelServer server = serving(
                    Arrays.copyOf(FILE.bytes(), 700),
                    "digest",
                    "--exit-on-error=false",
                    "--strict-readiness=" + strict)) {
                Client client = new Client(server);
                assertThat(client.get("/health").statusCode()).isEqualTo(strict ? 503 : 200);
                var answer = client.post("/v1/chat/completions", Client.chat(3, true));
                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(answer.headers().firstValue("x-inference-pod")).contains("chat-0");
            }
        }
    }

    @Test
    void argumentsThatAreNotUnderstoodAreTold() {
        assertThatThrownBy(() -> InferenceOptions.parse(List.of("--modell", "chat")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--model");
        assertThatThrownBy(() -> StoreMain.start("127.0.0.1", List.of("--hold", "chat", "--port", "0")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found 'chat', expected MODEL@REVISION");
    }

    /** A server whose store tells the digest of the right file and sends this one. */
    private static ModelServer serving(byte[] sent, String verify, String... more) throws Exception {
        HttpServer store = HttpServer.create(ANY, 0);
        store.createContext("/chat/r1/model.safetensors", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders()
                        .set("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(FILE.sha256()) + ":");
                exchange.sendResponseHeaders(200, sent.length);
                exchange.getResponseBody().write(sent);
            }
        });
        store.start();
        try {
            return start(
                    verify, URI.create("http://127.0.0.1:" + store.getAddress().getPort()), more);
        } finally {
            store.stop(0);
        }
    }

    private static ModelServer start(String verify, URI store, String... more) throws Exception {
        List<String> args = new ArrayList<>(
                List.of("--model", "chat", "--revision", "r1", "--verify", verify, "--model-store", store.toString()));
        args.addAll(List.of(more));
        return InferenceOptions.parse(args).start(ANY, POD, Map.of(), UnaryOperator.identity(), new Levers(), _ -> {});
    }
}
