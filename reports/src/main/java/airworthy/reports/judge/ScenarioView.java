package airworthy.reports.judge;

import airworthy.model.Event;
import airworthy.model.Event.LoadRole;
import airworthy.model.History;
import airworthy.model.History.Stamped;
import airworthy.model.PlatformProfile;
import airworthy.model.RequestRecord;
import airworthy.model.Scenario;
import airworthy.model.Slo;
import airworthy.model.Target;
import airworthy.model.Undo;
import airworthy.model.UndoStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The part of a run that one scenario is judged by. */
final class ScenarioView {
    private final Scenario scenario;
    private final Run run;
    private final Optional<Windows> windows;
    private final Optional<Event.Planned> planned;
    private final GeneratorTrust trust;

    private ScenarioView(Scenario scenario, Run run, Optional<Windows> windows, Optional<Event.Planned> planned) {
        this.scenario = scenario;
        this.run = run;
        this.windows = windows;
        this.planned = planned;
        // once: it sorts the lags of every request of the scenario
        this.trust = GeneratorTrust.of(Arrays.stream(LoadRole.values())
                .flatMap(role -> streams(role).stream())
                .flatMap(stream -> stream.requests().stream())
                .toList());
    }

    static ScenarioView of(Scenario scenario, Run run) {
        History history = run.input().history();
        return new ScenarioView(
                scenario,
                run,
                Windows.of(history, scenario.id()),
                history.first(Event.Planned.class, scenario.id()).map(Stamped::event));
    }

    Scenario scenario() {
        return scenario;
    }

    Run run() {
        return run;
    }

    PlatformProfile profile() {
        return run.input().profile();
    }

    Optional<Windows> cut() {
        return windows;
    }

    Optional<Event.Planned> planned() {
        return planned;
    }

    /**
     * The windows of a scenario whose standing is sound.
     *
     * @throws IllegalStateException if it has none, as an audit has
     */
    Windows windows() {
        return windows.orElseThrow(() -> new IllegalStateException("this check needs a fault and its windows"));
    }

    /**
     * What a sound scenario hit.
     *
     * @throws IllegalStateException if none was planned
     */
    Target target() {
        return planned.map(Event.Planned::target)
                .orElseThrow(() -> new IllegalStateException("this check needs a planned target"));
    }

    /** Production time as it is in this run. SLO bounds are never passed through here. */
    Duration scaled(Duration production) {
        return production.dividedBy(profile().timeScale());
    }

    <E extends Event.OfScenario> Stream<Stamped<E>> of(Class<E> type) {
        return run.input().history().of(type, scenario.id());
    }

    List<LoadStream> streams(LoadRole role) {
        List<LoadStream> streams = new ArrayList<>();
        of(Event.LoadOn.class)
                .map(Stamped::event)
                .filter(on -> on.role() == role)
                .filter(on -> streams.stream().noneMatch(stream -> stream.name().equals(on.stream())))
                .forEachOrdered(on -> streams.add(new LoadStream(
                        on.stream(),
                        on.inference(),
                        profile().inference().stream()
                                .filter(served -> served.name().equals(on.inference()))
                                .map(PlatformProfile.Inference::slo)
                                .findFirst(),
                        run.load().getOrDefault(on.stream(), List.of()))));
        return List.copyOf(streams);
    }

    /** The records of load that the fault itself sent, all its streams together. */
    List<RequestRecord> sentByFault() {
        return of(Event.UndoPlanned.class)
                .flatMap(planned -> planned.event().steps().stream())
                .map(UndoStep::undo)
                .filter(Undo.StopLoad.class::isInstance)
                .map(Undo.StopLoad.class::cast)
                .map(Undo.StopLoad::stream)
                .distinct()
                .flatMap(stream -> run.load().getOrDefault(stream, List.of()).stream())
                .toList();
    }

    /** Why the client's figures of this scenario may not be held against a promise; empty if they may. */
    Optional<String> distrust(Slo slo) {
        return trust.distrust(slo);
    }

    /** A promise as the client's figures of this scenario can be held against it. */
    Promise promise(Slo slo) {
        return new Promise(slo, trust.error());
    }

    Subject subject(Episode episode) {
        return Subject.of(episode.alert(), target(), profile().alerts().labels());
    }

    List<Episode> episodes(Subject subject) {
        return run.alerts().episodes().stream()
                .filter(episode -> subject(episode) == subject)
                .toList();
    }
}
