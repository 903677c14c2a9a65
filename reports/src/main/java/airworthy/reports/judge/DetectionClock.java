package airworthy.reports.judge;

import airworthy.model.Event.LoadRole;
import airworthy.model.Event.SignalSampled;
import airworthy.model.Fault;
import airworthy.model.History.Stamped;
import airworthy.model.Interval;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.ScenarioReport.Hop;
import airworthy.model.ScenarioReport.HopTime;
import airworthy.model.Slo;
import airworthy.model.Stamp;
import airworthy.reports.judge.Telling.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hops from the onset of a fault to the end of its alert, as far as they were seen. */
final class DetectionClock {
    /** A figure has moved when it is this many times the most that it was before the fault. */
    private static final double MOVED = 1.5;

    private final ScenarioView view;

    DetectionClock(ScenarioView view) {
        this.view = view;
    }

    Map<Hop, HopTime> timeline() {
        Map<Hop, HopTime> hops = new EnumMap<>(Hop.class);
        if (view.cut().isEmpty() || view.planned().isEmpty()) {
            return hops;
        }
        Stamp onset = view.windows().onset().at();
        hops.put(
                Hop.ONSET, new HopTime(new Interval(Duration.ZERO, Duration.ofNanos(onset.errorNs())), onset.source()));
        breaches().stream()
                .findFirst()
                .ifPresent(breach -> hops.put(
                        Hop.EFFECT,
                        new HopTime(
                                new Interval(
                                        Duration.ofNanos(breach.atNs() - onset.monoNs()),
                                        Duration.ofNanos(onset.errorNs())),
                                "load")));
        moved().ifPresent(sample -> hops.put(Hop.METRIC, hop(sample.at())));
        Telling telling = Telling.of(view);
        first(telling, Sighting.Kind.PENDING).ifPresent(seen -> hops.put(Hop.PENDING, hop(seen.at())));
        first(telling, Sighting.Kind.FIRING, Sighting.Kind.ACTIVE)
                .ifPresent(seen -> hops.put(Hop.FIRING, hop(seen.at())));
        telling.told().stream().findFirst().ifPresent(told -> {
            if (telling.received()) {
                hops.put(Hop.NOTIFIED, hop(told.first().at()));
            }
            RecoveryChecks.end(told).ifPresent(over -> hops.put(Hop.RESOLVED, hop(over.at())));
        });
        return hops;
    }

    List<String> routedTo() {
        return view.cut().isEmpty() || view.planned().isEmpty()
                ? List.of()
                : List.copyOf(Telling.of(view).receivers());
    }

    /** Empty if no user was hurt, or if it is not known whether anybody was told. */
    Optional<Hurt> hurt() {
        List<Breach> breaches = breaches();
        if (breaches.isEmpty()) {
            return Optional.empty();
        }
        Telling telling = Telling.of(view);
        if (telling.nobody()) {
            return Optional.of(new Hurt.NeverTold());
        }
        if (!telling.received() || telling.told().isEmpty()) {
            return Optional.empty();
        }
        long effect = breaches.getFirst().atNs();
        long told = Math.max(effect, telling.told().getFirst().first().at().monoNs());
        return Optional.of(new Hurt.UntilTold(
                Duration.ofNanos(told - effect),
                breaches.stream().filter(breach -> breach.atNs() <= told).count()));
    }

    private HopTime hop(Stamp at) {
        return new HopTime(at.since(view.windows().onset().at()), at.source());
    }

    /**
     * Earliest first; none from a generator that is not to be trusted, and none within its error. A request belongs to the fault where the fault was on
     * while its promise was broken, also if it was under way before.
     */
    private List<Breach> breaches() {
        Window hold = view.windows().hold();
        List<Breach> breaches = new ArrayList<>();
        for (LoadStream stream : view.streams(LoadRole.TARGET)) {
            Optional<Slo> slo =
                    stream.slo().filter(bound -> view.distrust(bound).isEmpty());
            slo.ifPresent(bound -> stream.requests().stream()
                    .filter(request -> !refusedByRight(request))
                    .flatMap(request -> view.promise(bound).brokenBy(request).stream())
                    .filter(breach -> hold.holds(breach.atNs())
                            || hold.holds(breach.request().intendedNs()))
                    .forEach(breaches::add));
        }
        breaches.sort(Comparator.comparingLong(Breach::atNs));
        return breaches;
    }

    /** Who asks for more than its budget is refused by right, and not hurt. */
    private boolean refusedByRight(RequestRecord request) {
        return request.outcome() == RequestOutcome.HTTP_429
                && view.scenario().faults().stream().anyMatch(Fault.Overspend.class::isInstance);
    }

    private Optional<Stamped<SignalSampled>> moved() {
        Windows windows = view.windows();
        Map<Figure, Double> most = new HashMap<>();
        view.of(SignalSampled.class)
                .filter(sample -> windows.baseline().holds(sample.at()))
                .forEach(sample ->
                        most.merge(Figure.of(sample.event()), sample.event().value(), Math::max));
        return view.of(SignalSampled.class)
                .filter(sample -> windows.hold().holds(sample.at()))
                .filter(sample -> sample.event().value()
                        > MOVED * most.getOrDefault(Figure.of(sample.event()), Double.POSITIVE_INFINITY))
                .min(Comparator.comparingLong(sample -> sample.at().monoNs()));
    }

    private record Figure(String signal, String subject) {
        static Figure of(SignalSampled sample) {
            return new Figure(sample.signal(), sample.subject());
        }
    }

    /** Sources may label one alert differently, so all about the target that bear the told one's name count. */
    private static Optional<Sighting> first(Telling telling, Sighting.Kind kind, Sighting.Kind... rest) {
        Optional<String> name =
                telling.told().stream().map(Told::episode).map(Episode::name).findFirst();
        return telling.matching().stream()
                .filter(episode -> name.map(episode.name()::equals).orElse(true))
                .flatMap(episode -> episode.of(kind, rest))
                .min(Comparator.comparingLong(sighting -> sighting.at().monoNs()));
    }
}
