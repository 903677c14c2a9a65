package airworthy.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Matches what the load JVM says with those who wait for it. Safe for any number of threads. */
final class Replies {

    /** The topic of everything that is about no stream. */
    static final String ENGINE = "";

    private final Map<String, CompletableFuture<Notice>> awaited = new ConcurrentHashMap<>();
    private volatile @Nullable IOException broken;

    /** A reply that somebody waits for. */
    final class Reply {
        private final String topic;
        private final CompletableFuture<Notice> notice;

        private Reply(String topic, CompletableFuture<Notice> notice) {
            this.topic = topic;
            this.notice = notice;
        }

        Notice await(String what, Duration within) throws IOException, InterruptedException {
            try {
                return notice.get(within.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new IOException("load: %s: found no answer of the load JVM within %s".formatted(what, within), e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof LoadEngineDied died) {
                    throw died;
                }
                throw new IOException("load: %s: %s".formatted(what, e.getMessage()), e);
            } finally {
                awaited.remove(topic, notice);
            }
        }
    }

    /**
     * Waits for the next notice about a topic; to be called before the command is sent.
     *
     * @throws IOException when another call waits for the same topic
     */
    Reply expect(String topic) throws IOException {
        CompletableFuture<Notice> notice = new CompletableFuture<>();
        if (awaited.putIfAbsent(topic, notice) != null) {
            throw new IOException("load: another order about %s is still under way; wait for it before the next"
                    .formatted(topic.isEmpty() ? "the engine" : "stream " + topic));
        }
        IOException cause = broken;
        if (cause != null) {
            notice.completeExceptionally(cause);
        }
        return new Reply(topic, notice);
    }

    void deliver(String topic, Notice notice) {
        CompletableFuture<Notice> waiting = awaited.get(topic);
        if (waiting != null) {
            waiting.complete(notice);
        }
    }

    /** Fails everybody who waits, and everybody who will. */
    void fail(IOException cause) {
        broken = cause;
        awaited.values().forEach(waiting -> waiting.completeExceptionally(cause));
    }
}
