package airworthy.mocks.inference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Sends an answer as server-sent events, each flushed on its own; the headers leave on admission. */
final class StreamedAnswer implements AnswerSink {

    private final HttpExchange exchange;
    private final Bodies bodies;
    private boolean opened;

    StreamedAnswer(HttpExchange exchange, Bodies bodies) {
        this.exchange = exchange;
        this.bodies = bodies;
    }

    @Override
    public void admitted() throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
    }

    @Override
    public void token(String text) throws IOException {
        if (!opened && bodies.request().chat()) {
            event(bodies.role());
        }
        opened = true;
        event(bodies.content(text));
    }

    @Override
    public void finished(Finish why, Usage usage) throws IOException {
        event(bodies.finish(why));
        if (bodies.request().includeUsage()) {
            event(bodies.usage(usage));
        }
        event("[DONE]");
    }

    private void event(ObjectNode data) throws IOException {
        event(data.toString());
    }

    private void event(String data) throws IOException {
        OutputStream out = exchange.getResponseBody();
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
