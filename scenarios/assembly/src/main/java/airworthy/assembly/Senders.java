package airworthy.assembly;

import airworthy.load.ClockOffset;
import airworthy.load.EngineHealth;
import airworthy.load.LoadProcess;
import airworthy.load.LoadProgress;
import airworthy.load.RequestTail;
import airworthy.load.Share;
import airworthy.load.StreamOrder;
import airworthy.model.RequestRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Load JVMs that send one stream between them. For one thread. */
final class Senders implements AutoCloseable {
    /** By when every one of them has read its order. */
    private static final Duration LEAD = Duration.ofMillis(100);

    private final List<LoadProcess> processes = new ArrayList<>();
    private final List<RequestTail> tails = new ArrayList<>();
    private final AtomicReferenceArray<@Nullable LoadProgress> latest;
    private final Consumer<LoadProgress> progress;

    private Senders(int count, Consumer<LoadProgress> progress) {
        this.latest = new AtomicReferenceArray<>(count);
        this.progress = progress;
    }

    /**
     * Returns when all are warm.
     *
     * @param logs where each of them, one a log, writes its records; none may exist
     * @param users requests that may be under way at a time, of all together
     * @param progress hears how far all of them are, each time that one has told
     * @throws IOException if one does not get so
     */
    static Senders start(Installation installation, List<Path> logs, int users, Consumer<LoadProgress> progress)
            throws IOException, InterruptedException {
        Senders senders = new Senders(logs.size(), progress);
        boolean warm = false;
        try {
            for (int index = 0; index < logs.size(); index++) {
                int its = index;
                senders.processes.add(LoadJvm.start(
                        installation,
                        logs.get(index),
                        Math.ceilDiv(users, logs.size()),
                        told -> senders.heard(its, told)));
                senders.tails.add(RequestTail.fromStart(logs.get(index)));
            }
            warm = true;
            return senders;
        } finally {
            if (!warm) {
                senders.close();
            }
        }
    }

    private void heard(int index, LoadProgress told) {
        latest.set(index, told);
        LoadProgress all = told;
        for (int other = 0; other < latest.length(); other++) {
            LoadProgress its = latest.get(other);
            all = other == index || its == null ? all : all.and(its);
        }
        progress.accept(all);
    }

    /**
     * Sends a stream, of which each has its share, from one instant on.
     *
     * @return that instant, in monotonic nanoseconds
     */
    long send(StreamOrder order) throws IOException, InterruptedException {
        processes.forEach(process -> process.prepare(order));
        long firstNs = System.nanoTime() + LEAD.toNanos();
        for (int index = 0; index < processes.size(); index++) {
            processes.get(index).start(order.shared(new Share(index, processes.size())), firstNs);
        }
        return firstNs;
    }

    /** What has ended since the last call, in the order of its ends. */
    List<RequestRecord> ended() throws IOException {
        List<RequestRecord> ended = new ArrayList<>();
        for (RequestTail tail : tails) {
            ended.addAll(tail.next());
        }
        ended.sort(Comparator.comparingLong(RequestRecord::endNs));
        return ended;
    }

    /** How far their clocks are ahead of ours. */
    List<ClockOffset> clocks() throws IOException, InterruptedException {
        List<ClockOffset> clocks = new ArrayList<>();
        for (LoadProcess process : processes) {
            clocks.add(process.clock());
        }
        return clocks;
    }

    /**
     * Schedules no more of a stream, waits for what is in flight, all at once, and closes the logs.
     *
     * @return what they saw of themselves, all together
     */
    EngineHealth finish(String stream, Duration grace) throws IOException, InterruptedException {
        CompletableFuture<?>[] stopping = processes.stream()
                .map(process -> CompletableFuture.runAsync(() -> stop(process, stream, grace)))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(stopping).join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage(), e);
        }
        Optional<EngineHealth> all = Optional.empty();
        for (LoadProcess process : processes) {
            process.finish();
            EngineHealth its = process.health()
                    .orElseThrow(() -> new IOException("the load JVM finished and said nothing of itself"));
            all = Optional.of(all.map(before -> before.and(its)).orElse(its));
        }
        return all.orElseThrow();
    }

    private static void stop(LoadProcess process, String stream, Duration grace) {
        try {
            process.stop(stream, grace);
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        processes.forEach(LoadProcess::close);
    }
}
