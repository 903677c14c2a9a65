package airworthy.load.gatling;

import airworthy.load.LoadLog;
import airworthy.load.RequestLogWriter;
import airworthy.load.RequestSink;
import airworthy.model.RequestRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/** Hands records on by a thread of its own, so that no event loop waits for a disk or a pipe. Safe for any number of threads. */
final class Recorder implements AutoCloseable {

    private sealed interface Work {
        record Add(RequestRecord request) implements Work {}

        record End() implements Work {}
    }

    private final RequestSink log;
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final CompletableFuture<LoadLog> finished = new CompletableFuture<>();
    private final Thread thread = Thread.ofPlatform().name("recorder").daemon().unstarted(this::run);

    private Recorder(RequestSink log) {
        this.log = log;
    }

    /**
     * Makes the log.
     *
     * @throws IOException when its file cannot be made
     */
    static Recorder open(Path file) throws IOException {
        return to(new RequestLogWriter(file));
    }

    /** Hands records on to a sink, which it closes. */
    static Recorder to(RequestSink sink) {
        Recorder recorder = new Recorder(sink);
        recorder.thread.start();
        return recorder;
    }

    void add(RequestRecord request) {
        queue.add(new Work.Add(request));
    }

    /**
     * Waits until every record that was added is on disk, or sent.
     *
     * @throws IOException when one could not be written
     */
    LoadLog finish() throws IOException, InterruptedException {
        queue.add(new Work.End());
        try {
            return finished.get();
        } catch (ExecutionException e) {
            throw new IOException("the log of requests is not complete: " + e.getMessage(), e);
        }
    }

    private void run() {
        try {
            while (queue.take() instanceof Work.Add(RequestRecord request)) {
                log.add(request);
                if (queue.isEmpty()) {
                    log.flush();
                }
            }
            finished.complete(log.finish());
        } catch (IOException e) {
            finished.completeExceptionally(e);
        } catch (InterruptedException e) {
            finished.completeExceptionally(e);
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        log.close();
    }
}
