package airworthy.mocks.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a server does whose requests find no memory. */
class OutOfMemoryTest {

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final PodIdentity POD = new PodIdentity("team-a", "chat-1");

    private final Queue<String> log = new ConcurrentLinkedQueue<>();

    @Test
    void aRequestThatFindsNoMemoryIsToldBeforeAnythingIsSent() throws Exception {
        try (ModelServer server = start()) {
            Client client = new Client(server);
            client.pull(Lever.MEMORY_PIECE, 0.5);

            HttpResponse<String> answer = ask(client);

            assertThat(answer.statusCode()).isEqualTo(503);
            JsonNode error = Client.json(answer.body()).path("error");
            assertThat(error.path("message").asText()).contains("CUDA out of memory. Tried to allocate 128.00 MiB.");
            assertThat(answer.headers().firstValue("x-inference-pod")).contains("chat-1");
            assertThat(log).singleElement().asString().startsWith("ERROR torch.OutOfMemoryError: CUDA out of memory.");
        }
    }

    @Test
    void afterThreeFailuresInARowItIsNotReadyUntilMemoryIsFound() throws Exception {
        try (ModelServer server = start()) {
            Client client = new Client(server);
            client.pull(Lever.MEMORY_PIECE, 0.5);
            ask(client);
            ask(client);
            assertThat(health(client)).isEqualTo(200);
            ask(client);

            assertThat(health(client)).isEqualTo(503);
            assertThat(health(client)).isEqualTo(503);
            client.pull(Lever.MEMORY_PIECE, 0);
            assertThat(health(client)).isEqualTo(200);
            assertThat(ask(client).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void eachTrialOfOneThatIsNotReadyIsAFailureOfTheAllocator() throws Exception {
        try (ModelServer server = start()) {
            Client client = new Client(server);
            client.pull(Lever.MEMORY_LEFT, 0.5);
            for (int request = 0; request < 3; request++) {
                ask(client);
            }
            health(client);

            assertThat(client.get("/metrics").body())
                    .contains("torch_cuda_ooms_total{engine=\"0\",model_name=\"chat\"} 4\n")
                    .contains("torch_cuda_memory_largest_free_block_bytes{engine=\"0\",model_name=\"chat\"} 67108864\n")
                    .contains("vllm:request_success_total{engine=\"0\",model_name=\"chat\",finished_reason=\"error\"}"
                            + " 3\n");
            assertThat(log).hasSize(3);
        }
    }

    @Test
    void oneThatNeverShedsStaysReady() throws Exception {
        try (ModelServer server = start("--shed-after", "0")) {
            Client client = new Client(server);
            client.pull(Lever.MEMORY_PIECE, 0.5);
            for (int request = 0; request < 5; request++) {
                ask(client);
            }
            assertThat(health(client)).isEqualTo(200);
        }
    }

    @Test
    void oneThatEndsOverItCutsTheRequestAndLeavesItsWords() throws Exception {
        try (ModelServer server = start("--exit-on-oom", "true")) {
            Client client = new Client(server);
            client.pull(Lever.MEMORY_PIECE, 0.5);

            assertThatThrownBy(() -> ask(client)).isInstanceOf(IOException.class);

            assertThat(server.ended().toCompletableFuture())
                    .isCompletedWithValueMatching(words -> words.contains("reserved by PyTorch but unallocated"));
        }
    }

    @Test
    void theAllocatorsStatisticsMayBeLeftOut() throws Exception {
        try (ModelServer server = start("--allocator-series", "false")) {
            assertThat(new Client(server).get("/metrics").body())
                    .contains("vllm:num_requests_running")
                    .doesNotContain("torch_cuda");
        }
    }

    @Test
    void leversOutliveTheServer() throws Exception {
        Levers levers = new Levers();
        try (ModelServer server = start(levers)) {
            new Client(server).pull(Lever.MEMORY_PIECE, 0.5);
        }
        try (ModelServer again = start(levers)) {
            assertThat(ask(new Client(again)).statusCode()).isEqualTo(503);
        }
    }

    private static HttpResponse<String> ask(Client client) throws IOException, InterruptedException {
        return client.post("/v1/chat/completions", Client.chat(1, true));
    }

    private static int health(Client client) throws IOException, InterruptedException {
        return client.get("/health").statusCode();
    }

    private ModelServer start(String... more) throws Exception {
        return start(new Levers(), more);
    }

    private ModelServer start(Levers levers, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("--model", "chat"));
        args.addAll(List.of(more));
        return InferenceOptions.parse(args).start(ANY, POD, Map.of(), UnaryOperator.identity(), levers, log::add);
    }
}
