package airworthy.assembly;

import airworthy.faults.Actuator;
import airworthy.faults.FaultInjector;
import airworthy.faults.JsonValue;
import airworthy.faults.client.BurstByLoad;
import airworthy.faults.client.ExtraLoad;
import airworthy.faults.client.LoadActuator;
import airworthy.faults.kubernetes.KubernetesActuator;
import airworthy.faults.kubernetes.QuotaBurstByClaims;
import airworthy.faults.kubernetes.UndoSecret;
import airworthy.faults.mock.LeverActuator;
import airworthy.faults.mock.SlowTokensByLever;
import airworthy.format.Problem;
import airworthy.format.Read;
import airworthy.format.SecretReferences;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Fault;
import airworthy.model.PlatformProfile;
import airworthy.model.ScenarioId;
import airworthy.model.Target;
import airworthy.model.WorkloadRef;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.alertmanager.AlertSource;
import airworthy.probes.alertmanager.AlertmanagerProbe;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import airworthy.probes.inference.CanaryProbe;
import airworthy.probes.inference.TokenLatencySignal;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.KubernetesConnection;
import airworthy.probes.kubernetes.Metadata;
import airworthy.probes.kubernetes.OwnerProbe;
import airworthy.probes.kubernetes.Replica;
import airworthy.probes.kubernetes.Workload;
import airworthy.probes.kubernetes.WorkloadProbe;
import airworthy.probes.prometheus.PrometheusProbe;
import airworthy.probes.runbook.RunbookProbe;
import airworthy.probes.survey.Survey;
import airworthy.probes.survey.SurveyParts;
import airworthy.runner.Auditor;
import airworthy.runner.FaultWatch;
import airworthy.runner.OwnerAuditor;
import airworthy.runner.Preparation;
import airworthy.runner.ProfileTargets;
import airworthy.runner.TargetResolver;
import airworthy.runner.watch.BurstWatch;
import airworthy.runner.watch.QuotaBurstWatch;
import airworthy.runner.watch.SlowReplicaWatch;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every instrument of one platform: its probes, injectors and actuators, wired from its profile. Thread-safe; closing it
 * closes their connections.
 */
final class Cockpit implements AutoCloseable {
    /** What a claim's pod runs: it does nothing. The image that k3s uses for its own sandboxes. */
    private static final String PAUSE_IMAGE = "rancher/mirrored-pause:3.6";

    private static final Duration DEFAULT_SCRAPE = Duration.ofSeconds(30);

    private final PlatformProfile profile;
    private final KubernetesConnection cluster;
    private final HttpCaller caller;
    private final HttpReads reads;
    private final WorkloadProbe workloads;
    private final DeviceProbe devices;
    private final OwnerProbe owners;
    private final Optional<PrometheusProbe> prometheus;
    private final LeverActuator levers = new LeverActuator();
    private final SlowTokensByLever slowTokens = new SlowTokensByLever(this::replicaBase);
    private final SecretReferences secrets = new SecretReferences(System.getenv());

    private Cockpit(PlatformProfile profile, KubernetesConnection cluster) {
        this.profile = profile;
        this.cluster = cluster;
        caller = new HttpCaller(new Names(profile.names()), Limits.standard());
        reads = new HttpReads(caller);
        workloads = new WorkloadProbe(cluster);
        devices = new DeviceProbe(cluster);
        owners = new OwnerProbe(cluster);
        prometheus = profile.prometheus().map(url -> new PrometheusProbe(url, reads));
    }

    /**
     * Wires the instruments.
     *
     * @throws CannotAssessException if the profile names no cluster, or one whose kubeconfig cannot be used
     */
    static Cockpit of(PlatformProfile profile) throws CannotAssessException {
        PlatformProfile.Cluster named = profile.cluster()
                .orElseThrow(() -> new CannotAssessException("the profile of platform \"" + profile.name()
                        + "\" names no cluster; this version assesses platforms on Kubernetes: add"
                        + " cluster.kubeconfig"));
        return switch (KubernetesConnection.open(named)) {
            case Reading.Present<KubernetesConnection>(KubernetesConnection cluster) -> new Cockpit(profile, cluster);
            case Reading.Absent<KubernetesConnection>(String how) -> throw new CannotAssessException(how);
            case Reading.Unreadable<KubernetesConnection>(String why) -> throw new CannotAssessException(why);
        };
    }

    PlatformProfile profile() {
        return profile;
    }

    /** A cluster that does not answer, or does not know us, is told at once, before anything else is tried. */
    void requireAnswer() throws CannotAssessException, InterruptedException {
        for (Reading<String> reading : List.of(cluster.version(), cluster.accepted())) {
            if (reading instanceof Reading.Unreadable<String>(String why)) {
                throw new CannotAssessException(
                        "the cluster of platform \"" + profile.name() + "\" cannot be read: " + why);
            }
        }
    }

    Event.Surveyed survey() throws InterruptedException {
        return new Survey(reads)
                .look(
                        profile,
                        new SurveyParts(
                                cluster::version,
                                devices::slices,
                                this::readyReplicas,
                                this::owners,
                                this::namespace,
                                this::secret));
    }

    List<FaultInjector> injectors() {
        return List.of(slowTokens, new BurstByLoad(), new QuotaBurstByClaims(devices, PAUSE_IMAGE));
    }

    /**
     * Who can change things and put them back.
     *
     * @param load what this process can send
     */
    List<Actuator> actuators(ExtraLoad load) {
        return List.of(levers, new LoadActuator(load), new KubernetesActuator(cluster));
    }

    /** A sign of life of the cluster. */
    Reading<String> heartbeat() throws InterruptedException {
        return cluster.version();
    }

    /** The copies of undo lists that runs left on the cluster. */
    List<String> undoSecrets() throws CannotAssessException, InterruptedException {
        return switch (cluster.list("v1", "Secret", Optional.of(UndoSecret.NAMESPACE), ClusterUndo.OURS)) {
            case Reading.Present<String>(String list) -> JsonValue.parse(list).items();
            case Reading.Absent<String> _ -> List.of();
            case Reading.Unreadable<String>(String why) -> throw new CannotAssessException(why);
        };
    }

    TargetResolver targets(long seed) {
        return new ProfileTargets(profile, workloads, devices, seed);
    }

    Auditor auditor(Stamps stamps) {
        return new OwnerAuditor(profile, owners, stamps);
    }

    RunbookProbe runbooks() {
        return new RunbookProbe(reads);
    }

    /** Where alerts are listed: those servers that the profile names. */
    List<AlertSource> alertSources() {
        List<AlertSource> sources = new ArrayList<>();
        prometheus.map(AlertSource::of).ifPresent(sources::add);
        profile.alertmanager()
                .map(named -> AlertSource.of(new AlertmanagerProbe(named.url(), reads)))
                .ifPresent(sources::add);
        return List.copyOf(sources);
    }

    /** The key of a tenant, if the profile refers to one that can be read. */
    Optional<String> key(String tenant) {
        return profile.gateway()
                .map(gateway -> gateway.keys().get(tenant))
                .flatMap(reference -> secret(reference) instanceof Reading.Present<String>(String key)
                        ? Optional.of(key)
                        : Optional.empty());
    }

    /** How a fault of this kind is seen to hold. */
    FaultWatch watch(
            ScenarioId scenario,
            Fault fault,
            Preparation.Ready ready,
            Event.Surveyed survey,
            BurstWatch.Sent sent,
            EventSink journal,
            Stamps stamps)
            throws InterruptedException {
        return switch (fault) {
            case Fault.Burst _ -> new BurstWatch(scenario, sent, stamps.monotonic());
            case Fault.SlowTokens slow ->
                new SlowReplicaWatch(
                        slowReplica(scenario, ready.target(), survey),
                        slow.factor(),
                        new CanaryProbe(caller, stamps.monotonic()),
                        prometheus.map(TokenLatencySignal::new),
                        journal,
                        stamps);
            case Fault.QuotaBurst burst ->
                new QuotaBurstWatch(quotaBurst(scenario, burst, ready), devices, journal, stamps);
        };
    }

    @Override
    public void close() {
        slowTokens.close();
        levers.close();
        caller.close();
        cluster.close();
    }

    private SlowReplicaWatch.Subject slowReplica(ScenarioId scenario, Target target, Event.Surveyed survey)
            throws InterruptedException {
        return new SlowReplicaWatch.Subject(
                scenario,
                target,
                served(target).orElseThrow(() -> new IllegalStateException("no served model: " + target)),
                replicaBase(target).map(base -> base.resolve("/v1")),
                Optional.ofNullable(survey.intervalsNs().get("scrape"))
                        .map(Duration::ofNanos)
                        .orElse(DEFAULT_SCRAPE));
    }

    private static QuotaBurstWatch.Burst quotaBurst(
            ScenarioId scenario, Fault.QuotaBurst burst, Preparation.Ready ready) {
        Target target = ready.target();
        return new QuotaBurstWatch.Burst(
                scenario,
                target.namespace().orElseThrow(),
                target.bystanders().stream()
                        .flatMap(names -> Optional.ofNullable(names.get(Dimension.NAMESPACE)).stream())
                        .findFirst(),
                ready.planned().changes(),
                burst);
    }

    private Optional<PlatformProfile.Inference> served(Target target) {
        return profile.inference().stream()
                .filter(each -> target.inference().filter(each.name()::equals).isPresent())
                .findFirst();
    }

    private Reading<URI> replicaBase(Target target) throws InterruptedException {
        Optional<PlatformProfile.Inference> served = served(target);
        if (served.isEmpty() || target.replica().isEmpty()) {
            return new Reading.Absent<>(target.description() + " is no replica of a served model");
        }
        return switch (workloads.workload(served.get().workload())) {
            case Reading.Absent<Workload>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<Workload>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<Workload>(Workload workload) ->
                workload.replicas().stream()
                        .filter(replica ->
                                target.replica().filter(replica.name()::equals).isPresent())
                        .flatMap(replica -> replica.ip().stream())
                        .map(ip ->
                                URI.create("http://" + ip + ":" + served.get().podPort()))
                        .<Reading<URI>>map(Reading.Present::new)
                        .findFirst()
                        .orElseGet(() -> new Reading.Absent<>(target.description() + " has no address any more"));
        };
    }

    private Reading<Integer> readyReplicas(WorkloadRef ref) throws InterruptedException {
        return workloads.workload(ref).map(workload ->
                (int) workload.replicas().stream().filter(Replica::ready).count());
    }

    private Reading<Map<String, String>> owners(WorkloadRef ref) throws InterruptedException {
        return workloads.workload(ref).map(this::owners);
    }

    private Map<String, String> owners(Workload workload) {
        Map<String, String> found = new TreeMap<>();
        for (String key : profile.ownership().keys()) {
            for (Metadata place : List.of(workload.namespace(), workload.controller())) {
                place.value(key).ifPresent(team -> found.put(key, team));
            }
        }
        return found;
    }

    private Reading<String> namespace(String name) throws InterruptedException {
        return workloads.namespace(name).map(found -> name);
    }

    private Reading<String> secret(String reference) {
        return switch (secrets.resolve("the gateway's key", reference)) {
            case Read.Ok<String>(String value) -> new Reading.Present<>(value);
            case Read.Bad<String>(List<Problem> problems) ->
                new Reading.Unreadable<>(problems.getFirst().toString());
        };
    }
}
