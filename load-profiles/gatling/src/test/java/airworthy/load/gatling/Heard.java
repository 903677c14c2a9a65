package airworthy.load.gatling;

import airworthy.model.RequestRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a stream's listener hears. */
final class Heard implements StreamListener {

    private final AtomicInteger scheduled = new AtomicInteger();
    private final List<RequestRecord> records = new CopyOnWriteArrayList<>();

    @Override
    public void scheduled() {
        scheduled.incrementAndGet();
    }

    @Override
    public void ended(RequestRecord request) {
        records.add(request);
    }

    int scheduledCount() {
        return scheduled.get();
    }

    List<RequestRecord> records() {
        return records;
    }
}
