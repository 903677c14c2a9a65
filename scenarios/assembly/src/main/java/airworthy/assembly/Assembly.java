package airworthy.assembly;

import airworthy.faults.Actuator;
import airworthy.faults.RunMark;
import airworthy.faults.client.ExtraLoad;
import airworthy.format.SuiteFiles;
import airworthy.format.journal.JournalDamagedException;
import airworthy.format.journal.JournalWriter;
import airworthy.load.RequestTail;
import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.Need;
import airworthy.model.PlatformProfile;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.probes.Stamps;
import airworthy.probes.survey.TimeScaleRule;
import airworthy.reports.judge.AlertsOn;
import airworthy.runner.Assessment;
import airworthy.runner.Cancellation;
import airworthy.runner.Guards;
import airworthy.runner.Healer;
import airworthy.runner.Means;
import airworthy.runner.NoFault;
import airworthy.runner.Preparation;
import airworthy.runner.Progress;
import airworthy.runner.Recovery;
import airworthy.runner.RunFolder;
import airworthy.runner.StoredRun;
import airworthy.runner.Streams;
import airworthy.runner.watch.NothingWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Wires assessments, plans and recoveries. */
public final class Assembly {
    /**
     * Longer than the first load takes to get its own JVM and, where all is started anew, the platform's up to speed: on two cores
     * half of it was not enough.
     */
    private static final Duration COLD = Duration.ofSeconds(5);

    /** Requests that may be under way at a time; one more is skipped and makes the generator untrusted. */
    private static final int LOAD_USERS = 500;

    /** The longest that one undo step may take; deleting waits up to 20 s for finalizers. */
    private static final Duration UNDO_STEP_LIMIT = Duration.ofSeconds(30);

    /** An API server that is started anew answers within some seconds; a node or a link may take a minute. */
    private static final Duration COMEBACK = Duration.ofSeconds(60);

    /** Written on our objects: after that anybody may delete them. */
    private static final Duration OBJECTS_EXPIRE = Duration.ofHours(2);

    private Assembly() {}

    /**
     * Opens an assessment: starts what has to be started, looks at the platform, begins the journal. Nothing of the platform
     * is changed.
     *
     * @throws CannotAssessException for every reason that the user can mend
     */
    public static Assessment open(Order order, Progress progress)
            throws CannotAssessException, IOException, InterruptedException {
        Optional<String> broken = order.installation().problem();
        if (broken.isPresent()) {
            throw new CannotAssessException(broken.get());
        }
        PastRuns.requireRestored(order.runs());
        Opened opened = new Opened();
        try {
            return open(order, profile(order, progress, opened), progress, opened);
        } catch (CannotAssessException | IOException | InterruptedException | RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    /**
     * Works out what an assessment would do. Only reads.
     *
     * @throws CannotAssessException for every reason that the user can mend
     */
    public static List<PlannedScenario> plan(Path profile, SuiteFiles suite, long seed)
            throws CannotAssessException, InterruptedException {
        Stamps stamps = Stamps.ofThisMachine();
        try (Cockpit cockpit = Cockpit.of(Profiles.read(profile).profile())) {
            cockpit.requireAnswer();
            Preparation.Reads reads = new Preparation.Reads(
                    cockpit.profile(),
                    cockpit.survey(),
                    cockpit.injectors(),
                    cockpit.targets(seed),
                    mark("plan", stamps));
            List<PlannedScenario> planned = new ArrayList<>();
            for (Scenario scenario : suite.suite().scenarios()) {
                planned.add(new PlannedScenario(scenario, Preparation.of(scenario, reads), cockpit.profile()));
            }
            return List.copyOf(planned);
        }
    }

    /**
     * Puts back what a run left changed.
     *
     * @throws CannotAssessException if the run's journal cannot be used, or its platform's kubeconfig
     */
    public static Recovery.Recovered recover(RunFolder folder) throws CannotAssessException, IOException {
        Stamps stamps = Stamps.ofThisMachine();
        try (Cockpit cockpit = Cockpit.of(StoredRun.profile(folder))) {
            return new Recovery(folder, stamps)
                    .recover(journal ->
                            new Healer(cockpit.actuators(ExtraLoad.none()), journal::append, stamps, UNDO_STEP_LIMIT));
        } catch (JournalDamagedException e) {
            throw new CannotAssessException(e);
        }
    }

    /**
     * Puts back what runs left changed, from the copies of their undo lists that the cluster keeps: for when their journals
     * are lost.
     *
     * @throws CannotAssessException if the profile, the cluster or a copy cannot be used
     */
    public static List<PutBack> recover(Path profile) throws CannotAssessException, InterruptedException {
        try (Cockpit cockpit = Cockpit.of(Profiles.read(profile).profile())) {
            return new ClusterUndo(cockpit.actuators(ExtraLoad.none())).recover(cockpit.undoSecrets());
        } catch (JournalDamagedException e) {
            throw new CannotAssessException(e);
        }
    }

    private static Path profile(Order order, Progress progress, Opened opened)
            throws CannotAssessException, IOException, InterruptedException {
        return switch (order.platform()) {
            case PlatformChoice.Named(Path profile) -> profile;
            case PlatformChoice.Simulated simulated ->
                opened.keep(PlatformProcess.start(order.installation(), simulated))
                        .profile();
            case PlatformChoice.K3s k3s ->
                opened.keep(PlatformProcess.start(order.installation(), k3s, progress::preparing))
                        .profile();
        };
    }

    private static Assessment open(Order order, Path profilePath, Progress progress, Opened opened)
            throws CannotAssessException, IOException, InterruptedException {
        Profiles read = Profiles.read(profilePath);
        PlatformProfile profile = read.profile();
        Cockpit cockpit = opened.keep(Cockpit.of(profile));
        cockpit.requireAnswer();
        Event.Surveyed survey = cockpit.survey();
        Optional<String> tooFast = TimeScaleRule.timeScaleProblem(profile.timeScale(), survey.intervalsNs());
        if (tooFast.isPresent()) {
            Event.PartFound prometheus = survey.parts().get(Need.PROMETHEUS);
            throw new CannotAssessException(
                    tooFast.get() + (prometheus == null ? "" : " (" + prometheus.detail() + ")"));
        }
        Stamps stamps = Stamps.ofThisMachine();
        String runId = UUID.randomUUID().toString().substring(0, 8);
        RunFolder folder = RunFolder.create(order.runs(), stamps.wall().instant(), runId);
        LoadOnDemand load = opened.keep(new LoadOnDemand(
                folder.requests(),
                () -> LoadJvm.start(order.installation(), folder.requests(), LOAD_USERS, seen -> {})));
        if (order.suite().suite().scenarios().stream()
                .anyMatch(scenario -> scenario.load().isPresent())) {
            load.warmUp();
        }
        JournalWriter journal = opened.keep(JournalWriter.create(folder.journal()));
        journal.append(stamps.now("harness"), started(order, read, runId));
        boolean control = order.kind() == Order.Kind.CONTROL;
        if (control) {
            journal.append(stamps.now("harness"), new Event.ControlRun(withFaults(order)));
        }
        journal.append(stamps.now("harness"), survey);
        Listening.begin(cockpit, journal::append, stamps, opened);
        Streams streams = new Streams(
                load,
                profile,
                cockpit.keys()::key,
                cockpit.keys()::badKey,
                runId,
                journal::append,
                stamps,
                order.seed(),
                COLD);
        List<Actuator> actuators = cockpit.actuators(streams);
        Means means = new Means(
                profile,
                new Preparation.Reads(
                        profile,
                        survey,
                        control ? List.of(new NoFault()) : cockpit.injectors(),
                        cockpit.targets(order.seed()),
                        mark(runId, stamps)),
                actuators,
                (scenario, fault, ready) -> control
                        ? new NothingWatch(scenario)
                        : cockpit.watches()
                                .of(scenario, fault, ready, survey, streams::sent, runId, journal::append, stamps),
                cockpit.auditor(stamps),
                streams,
                target -> AlertsOn.about(target, profile, new History(journal.entries(), List.of())),
                new Guards(
                        () -> RequestTail.fromNow(folder.requests()),
                        sinceNs -> AlertsOn.strayPage(sinceNs, profile, new History(journal.entries(), List.of())),
                        cockpit::heartbeat,
                        cockpit.monitoring()),
                new Healer(actuators, journal::append, stamps, UNDO_STEP_LIMIT, COMEBACK),
                journal::append,
                stamps,
                new Cancellation(),
                progress);
        return new Assessment(folder, journal, order.suite().suite(), means, load, opened.except(load, journal));
    }

    private static List<ScenarioId> withFaults(Order order) {
        return order.suite().suite().scenarios().stream()
                .filter(scenario -> !scenario.audit())
                .map(Scenario::id)
                .toList();
    }

    private static Event.RunStarted started(Order order, Profiles read, String runId) {
        return new Event.RunStarted(
                runId,
                order.seed(),
                HarnessVersion.current(),
                order.suite().suite().name(),
                order.suite().suite().planned(),
                read.embedded(),
                order.suite().files());
    }

    private static RunMark mark(String runId, Stamps stamps) {
        return new RunMark(
                runId,
                System.getProperty("user.name", "unknown"),
                stamps.wall().instant().plus(OBJECTS_EXPIRE));
    }
}
