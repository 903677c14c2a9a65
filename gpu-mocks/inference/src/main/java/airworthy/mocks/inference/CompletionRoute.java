package airworthy.mocks.inference;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Answers {@code /v1/chat/completions} and {@code /v1/completions}. */
final class CompletionRoute implements Route {

    private final ModelServerSettings settings;
    private final Engine engine;
    private final InstantSource clock;
    private final boolean chat;
    private final AtomicLong served = new AtomicLong();

    CompletionRoute(ModelServerSettings settings, Engine engine, InstantSource clock, boolean chat) {
        this.settings = settings;
        this.engine = engine;
        this.clock = clock;
        this.chat = chat;
    }

    @Override
    public @Nullable Reply answer(HttpExchange exchange, byte[] body)
            throws ApiError, IOException, InterruptedException {
        Route.method(exchange, "POST");
        identify(exchange);
        CompletionRequest request = CompletionRequest.read(Route.json(body), chat, settings.defaultMaxTokens());
        if (!request.model().equals(settings.model())) {
            throw ApiError.notFound("model", "The model `%s` does not exist.".formatted(request.model()));
        }
        if (settings.noModel().isPresent()) {
            throw ApiError.internal("EngineCore encountered an issue. See stack trace (above) for the root cause.");
        }
        String id = (chat ? "chatcmpl-" : "cmpl-") + settings.pod().name() + "-" + served.incrementAndGet();
        Bodies bodies = new Bodies(request, id, clock.instant().getEpochSecond());
        try {
            engine.generate(
                    request,
                    request.stream() ? new StreamedAnswer(exchange, bodies) : new WholeAnswer(exchange, bodies));
        } catch (OutOfMemory e) {
            if (settings.onOutOfMemory().ends()) {
                throw new IOException("the process ends", e);
            }
            throw ApiError.unavailable("The request finds no accelerator memory: " + e.text());
        }
        return null;
    }

    private void identify(HttpExchange exchange) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("x-inference-pod", settings.pod().name());
        headers.set("x-inference-namespace", settings.pod().namespace());
        headers.set(
                "x-inference-port", String.valueOf(exchange.getLocalAddress().getPort()));
    }
}
