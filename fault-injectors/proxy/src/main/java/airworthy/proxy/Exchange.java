package airworthy.proxy;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;

/** One request and what became of it. Holds nothing of what was said. */
final class Exchange {

    private final String method;
    private final String path;
    private final boolean disturbable;
    private final boolean download;
    private final Counts counts;
    private final long askedNanos;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final Set<String> disturbedBy = new ConcurrentSkipListSet<>();
    private volatile int status;
    private volatile long bytes;
    private volatile int events;
    private volatile Ending ending = Ending.CLIENT_GONE;

    /**
     * @param disturbable whether levers that concern answers of a model concern this one
     * @param download whether levers that concern artefacts do
     */
    Exchange(Head request, boolean disturbable, boolean download, Counts counts, long askedNanos) {
        this.method = printable(request.part(0));
        this.path = printable(request.part(1).replaceFirst("[?#].*", ""));
        this.disturbable = disturbable;
        this.download = download;
        this.counts = counts;
        this.askedNanos = askedNanos;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    boolean disturbable() {
        return disturbable;
    }

    boolean download() {
        return download;
    }

    long askedNanos() {
        return askedNanos;
    }

    void began(int answerStatus) {
        status = answerStatus;
    }

    void passed(long sentBytes, int sentEvents) {
        bytes = sentBytes;
        events = sentEvents;
    }

    void disturbed(Disturbance by) {
        if (disturbedBy.add(by.kind())) {
            counts.disturbed(by.kind());
        }
    }

    void corrupted(Corruption by) {
        if (disturbedBy.add(by.kind())) {
            counts.disturbed(by.kind());
        }
    }

    Set<String> disturbedBy() {
        return disturbedBy;
    }

    Ending ending() {
        return ending;
    }

    void ended(Ending how) {
        ending = how;
    }

    /** Lets the next request of the same connection go on. */
    void answered() {
        answered.countDown();
    }

    void awaitAnswered() throws InterruptedException {
        answered.await();
    }

    /** Returns its line in the log: no header, no query, no body. */
    String line(Instant now, long nanos) {
        return "%s %s %s %d %s events=%d bytes=%d ms=%d disturbed=%s"
                .formatted(
                        now,
                        method,
                        path,
                        status,
                        ending.word(),
                        events,
                        bytes,
                        (nanos - askedNanos) / 1_000_000,
                        disturbedBy.isEmpty() ? "-" : String.join(",", disturbedBy));
    }

    private static String printable(String text) {
        return text.replaceAll("[^!-~]", "?");
    }
}
