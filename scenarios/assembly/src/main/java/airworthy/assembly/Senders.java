package airworthy.assembly;

import airworthy.load.ClockOffset;
import airworthy.load.EngineHealth;
import airworthy.load.FarEnd;
import airworthy.load.LoadProcess;
import airworthy.load.LoadProgress;
import airworthy.load.RequestTail;
import airworthy.load.SenderClock;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Load JVMs that send one stream between them, on this machine or elsewhere. For one thread. */
final class Senders implements AutoCloseable {
    /** By when every one of them has read its order, where all of them are near. */
    private static final Duration LEAD = Duration.ofMillis(100);

    /** And for each of them so many times as long as a question for its clock takes one way, which is its error. */
    private static final int ERRORS = 4;

    /** What is recorded by then may have a long way to go. */
    private static final Duration FINISHED_WITHIN = Duration.ofMinutes(2);

    private final List<LoadProcess> processes = new ArrayList<>();
    private final List<RequestTail> tails;
    private final AtomicReferenceArray<@Nullable LoadProgress> latest;
    private final BinaryOperator<EngineHealth> together;
    private final Consumer<LoadProgress> progress;
    private List<ClockOffset> begun = List.of();
    private List<SenderClock> clocks = List.of();

    private Senders(List<Path> logs, BinaryOperator<EngineHealth> together, Consumer<LoadProgress> progress) {
        this.tails = logs.stream().map(RequestTail::fromStart).toList();
        this.latest = new AtomicReferenceArray<>(logs.size());
        this.together = together;
        this.progress = progress;
    }

    /**
     * Starts them on this machine, and returns when all are warm.
     *
     * @param logs where each of them, one a log, writes its records; none may exist
     * @param users requests that may be under way at a time, of all together
     * @param progress hears how far all of them are, each time that one has told
     * @throws IOException if one does not get so
     */
    static Senders start(Installation installation, List<Path> logs, int users, Consumer<LoadProgress> progress)
            throws IOException, InterruptedException {
        Senders senders = new Senders(logs, EngineHealth::and, progress);
        boolean warm = false;
        try {
            for (int index = 0; index < logs.size(); index++) {
                int its = index;
                senders.processes.add(LoadJvm.start(
                        installation,
                        logs.get(index),
                        Math.ceilDiv(users, logs.size()),
                        told -> senders.heard(its, told)));
            }
            List<ClockOffset> offsets = new ArrayList<>();
            for (LoadProcess process : senders.processes) {
                offsets.add(process.clock());
            }
            senders.begun = List.copyOf(offsets);
            warm = true;
            return senders;
        } finally {
            if (!warm) {
                senders.close();
            }
        }
    }

    /**
     * Takes over those that wait elsewhere, has them get warm all at once, and returns when all are.
     *
     * @param logs where the records of each of them, one a log, are written here; none may exist
     * @param within how long that may take
     * @param progress hears how far all of them are, each time that one has told
     * @throws IOException if one does not get so
     */
    static Senders attach(
            List<? extends FarEnd> ends, List<Path> logs, Duration within, Consumer<LoadProgress> progress)
            throws IOException, InterruptedException {
        Senders senders = new Senders(logs, EngineHealth::andElsewhere, progress);
        List<LoadProcess.Attached> warming = new ArrayList<>();
        boolean warm = false;
        try {
            for (int index = 0; index < logs.size(); index++) {
                int its = index;
                warming.add(LoadProcess.attach(ends.get(index), logs.get(index), told -> senders.heard(its, told)));
            }
            long lastNs = System.nanoTime() + within.toNanos();
            for (LoadProcess.Attached each : warming) {
                long leftNs = Math.max(0, lastNs - System.nanoTime());
                senders.processes.add(each.awaitReady(Duration.ofNanos(leftNs)));
            }
            senders.begun = senders.processes.stream().map(LoadProcess::toldBy).toList();
            warm = true;
            return senders;
        } finally {
            if (!warm) {
                warming.forEach(LoadProcess.Attached::close);
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
        long farNs = begun.stream().mapToLong(ClockOffset::errorNs).sum() * ERRORS;
        long firstNs = System.nanoTime() + LEAD.toNanos() + farNs;
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

    /** Their clocks, once they have finished. */
    List<SenderClock> clocks() {
        return clocks;
    }

    /**
     * Schedules no more of a stream, waits for what is in flight, all at once, and closes the logs.
     *
     * @return what they saw of themselves, all together
     */
    EngineHealth finish(String stream, Duration grace) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<?>[] stopping = processes.stream()
                    .map(process -> CompletableFuture.runAsync(() -> stop(process, stream, grace), threads))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(stopping).join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage(), e);
        }
        List<SenderClock> seen = new ArrayList<>();
        Optional<EngineHealth> all = Optional.empty();
        for (LoadProcess process : processes) {
            seen.add(new SenderClock(process.where(), begun.get(seen.size()), process.clock()));
            process.finish(FINISHED_WITHIN);
            EngineHealth its = process.health()
                    .orElseThrow(() -> new IOException("the load JVM finished and said nothing of itself"));
            all = Optional.of(all.map(before -> together.apply(before, its)).orElse(its));
        }
        clocks = List.copyOf(seen);
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
