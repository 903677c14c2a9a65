package airworthy.mocks.prometheus;

import airworthy.mocks.monitoring.Pacer;
import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.Point;
import airworthy.mocks.promql.Sample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One target over its life: scrapes it, writes its series and ends those that vanish. */
final class TargetScrape {
    /** Reads a target's page. */
    @FunctionalInterface
    interface PageReader {
        /** Returns the page's text; throws where there is none within the time. */
        String read(Target target, Duration timeout) throws IOException, InterruptedException;
    }

    /** How a scrape went. */
    record Health(Instant at, Duration took, Optional<String> error) {}

    private final ScrapeJob job;
    private final Target target;
    private final PageReader pages;
    private final MemoryStore store;
    private final Pacer pacer;
    private Set<Labels> previous = Set.of();
    private volatile Optional<Health> health = Optional.empty();

    TargetScrape(ScrapeJob job, Target target, PageReader pages, MemoryStore store, Pacer pacer) {
        this.job = job;
        this.target = target;
        this.pages = pages;
        this.store = store;
        this.pacer = pacer;
    }

    ScrapeJob job() {
        return job;
    }

    Target target() {
        return target;
    }

    Optional<Health> health() {
        return health;
    }

    /** Scrapes once; a failure is a result (up is 0), not an exception. */
    synchronized void scrape() throws InterruptedException {
        Instant at = pacer.now();
        long start = pacer.nanos();
        List<Sample> samples = List.of();
        Optional<String> error = Optional.empty();
        try {
            samples = Exposition.parse(pages.read(target, job.timeout()));
        } catch (IOException | IllegalArgumentException e) {
            error = Optional.of(String.valueOf(e.getMessage()));
        }
        Duration took = Duration.ofNanos(pacer.nanos() - start);
        long millis = at.toEpochMilli();
        replaceSeries(samples, millis);
        report("up", error.isPresent() ? 0 : 1, millis);
        report("scrape_duration_seconds", took.toNanos() / 1e9, millis);
        report("scrape_samples_scraped", samples.size(), millis);
        health = Optional.of(new Health(at, took, error));
    }

    /** Ends every series of a target that is no longer discovered. */
    synchronized void end() {
        long millis = pacer.now().toEpochMilli();
        replaceSeries(List.of(), millis);
        for (String name : List.of("up", "scrape_duration_seconds", "scrape_samples_scraped")) {
            report(name, Point.STALE, millis);
        }
    }

    private void replaceSeries(List<Sample> samples, long millis) {
        Set<Labels> current = new HashSet<>();
        for (Sample sample : samples) {
            relabelled(sample.labels())
                    .filter(current::add)
                    .ifPresent(labels -> store.append(labels, millis, sample.value()));
        }
        for (Labels gone : previous) {
            if (!current.contains(gone)) {
                store.append(gone, millis, Point.STALE);
            }
        }
        previous = current;
    }

    /** Empty where the job drops the series. */
    private Optional<Labels> relabelled(Labels own) {
        Optional<Labels> result = Optional.of(labelled(own));
        for (RelabelRule rule : job.metricRelabeling()) {
            result = result.flatMap(rule::apply);
        }
        return result;
    }

    /** The target's labels win; a label of the page in their way is kept as exported_X. */
    private Labels labelled(Labels own) {
        Labels result = own;
        for (String name : target.labels().values().keySet()) {
            String taken = own.get(name);
            if (!taken.isEmpty()) {
                result = result.with("exported_" + name, taken);
            }
        }
        return result.with(target.labels());
    }

    private void report(String name, double value, long millis) {
        store.append(target.labels().with(Labels.NAME, name), millis, value);
    }
}
