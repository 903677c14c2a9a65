package airworthy.mocks.inference;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Collects an answer and sends it when it is complete. */
final class WholeAnswer implements AnswerSink {

    private final HttpExchange exchange;
    private final Bodies bodies;
    private final StringBuilder text = new StringBuilder();

    WholeAnswer(HttpExchange exchange, Bodies bodies) {
        this.exchange = exchange;
        this.bodies = bodies;
    }

    @Override
    public void admitted() {}

    @Override
    public void token(String token) {
        text.append(token);
    }

    @Override
    public void finished(Finish why, Usage usage) throws IOException {
        Reply.json(200, bodies.whole(text.toString(), why, usage)).send(exchange);
    }
}
