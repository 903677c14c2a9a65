package airworthy.mocks.prometheus;

import airworthy.mocks.prometheus.ScrapeJob.Discovery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Scrapes the targets of one job, all at once each interval; a target still being read is left out of a round. */
final class JobScraper implements Runnable {
    /** A round waits this long for its targets, so that the next one begins on time whatever one target does. */
    private static final double ROUND_SHARE = 0.8;

    private final ScrapeJob job;
    private final Supplier<List<DiscoveredTarget>> pods;
    private final Function<Target, TargetScrape> scrapes;
    private final ExecutorService executor;
    private final Map<Target, Future<?>> running = new HashMap<>();
    private volatile Map<Target, TargetScrape> targets = Map.of();

    JobScraper(
            ScrapeJob job,
            Supplier<List<DiscoveredTarget>> pods,
            Function<Target, TargetScrape> scrapes,
            ExecutorService executor) {
        this.job = job;
        this.pods = pods;
        this.scrapes = scrapes;
        this.executor = executor;
    }

    ScrapeJob job() {
        return job;
    }

    /** Returns the targets of the latest round. */
    Collection<TargetScrape> targets() {
        return targets.values();
    }

    /** Runs one round: discovers, ends the targets that are gone, scrapes the others. Never two at a time. */
    @Override
    public void run() {
        Map<Target, TargetScrape> before = targets;
        Map<Target, TargetScrape> now = new LinkedHashMap<>();
        for (Target target : discover()) {
            TargetScrape known = before.get(target);
            now.put(target, known != null ? known : scrapes.apply(target));
        }
        targets = now;
        before.forEach((target, scrape) -> {
            if (!now.containsKey(target)) {
                executor.execute(scrape::end);
            }
        });
        running.values().removeIf(Future::isDone);
        List<Future<?>> round = new ArrayList<>();
        now.forEach((target, scrape) -> {
            if (!running.containsKey(target)) {
                Future<?> future = executor.submit(() -> {
                    scrape.scrape();
                    return target;
                });
                running.put(target, future);
                round.add(future);
            }
        });
        await(round);
    }

    private List<Target> discover() {
        List<Target> found = new ArrayList<>();
        for (Discovery discovery : job.discoveries()) {
            switch (discovery) {
                case Discovery.Static(List<String> addresses, var labels) ->
                    addresses.forEach(address -> {
                        Map<String, String> all = new HashMap<>(labels);
                        all.put("__address__", address);
                        Target.of(job, all).ifPresent(found::add);
                    });
                case Discovery.KubernetesPods() ->
                    pods.get().forEach(pod -> Target.of(job, pod.labels()).ifPresent(found::add));
            }
        }
        return found;
    }

    private void await(List<Future<?>> round) {
        long deadline = System.nanoTime() + (long) (job.interval().toNanos() * ROUND_SHARE);
        for (Future<?> scrape : round) {
            try {
                scrape.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                return;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException) {
                    // whoever closes the executor ends what is under way
                    return;
                }
                throw new IllegalStateException("a scrape of job " + job.name() + " broke", e.getCause());
            }
        }
    }
}
