package airworthy.runner;

import airworthy.load.LoadEngine;
import airworthy.load.LoadLog;
import airworthy.load.RequestLogWriter;
import airworthy.load.StreamOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes orders and sends nothing. Its log holds no record; of streams that leave no records it keeps nothing. */
final class FakeLoad implements LoadEngine {
    private final Path log;
    private final List<StreamOrder> orders = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private Optional<IOException> refusal = Optional.empty();

    FakeLoad(Path log) {
        this.log = log;
    }

    /** No order is taken any more. */
    synchronized void refuse(IOException why) {
        refusal = Optional.of(why);
    }

    synchronized List<StreamOrder> orders() {
        return List.copyOf(orders);
    }

    /** Every call, in order: {@code start NAME}, {@code stop NAME}, {@code finish}, {@code close}. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public synchronized void start(StreamOrder order) throws IOException {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        if (order.recorded()) {
            calls.add("start " + order.stream());
            orders.add(order);
        }
    }

    @Override
    public synchronized long sent(String stream) {
        return 0;
    }

    @Override
    public synchronized void stop(String stream) {
        if (!stream.startsWith(StreamOrder.WARM_UP)) {
            calls.add("stop " + stream);
        }
    }

    @Override
    public synchronized LoadLog finish() throws IOException {
        calls.add("finish");
        return new RequestLogWriter(log).finish();
    }

    @Override
    public synchronized void close() {
        calls.add("close");
    }
}
