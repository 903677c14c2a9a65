package airworthy.assembly;

import airworthy.faults.Actuator;
import airworthy.faults.FaultInjector;
import airworthy.faults.JsonValue;
import airworthy.faults.accelerator.AcceleratorByPod;
import airworthy.faults.artefact.ArtefactByProxy;
import airworthy.faults.client.BadCredentialsByLoad;
import airworthy.faults.client.BurstByLoad;
import airworthy.faults.client.ExtraLoad;
import airworthy.faults.client.LoadActuator;
import airworthy.faults.client.OverspendByLoad;
import airworthy.faults.kubernetes.KubernetesActuator;
import airworthy.faults.kubernetes.LeverOnceReady;
import airworthy.faults.kubernetes.NewWork;
import airworthy.faults.kubernetes.QuotaBurstByClaims;
import airworthy.faults.kubernetes.UndoSecret;
import airworthy.faults.mock.DeviceLostByLever;
import airworthy.faults.mock.DriverMismatchByLever;
import airworthy.faults.mock.LeverActuator;
import airworthy.faults.mock.MemoryByLever;
import airworthy.faults.mock.SlowTokensByLever;
import airworthy.faults.resize.SlowTokensByResize;
import airworthy.faults.resize.TokenCosts;
import airworthy.faults.traffic.TrafficByProxy;
import airworthy.model.Event;
import airworthy.model.PlatformProfile;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.alertmanager.AlertSource;
import airworthy.probes.alertmanager.AlertmanagerProbe;
import airworthy.probes.discovery.PartSearch;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.inference.TokenCostProbe;
import airworthy.probes.kubernetes.KubernetesConnection;
import airworthy.probes.kubernetes.Metadata;
import airworthy.probes.kubernetes.Replica;
import airworthy.probes.kubernetes.Workload;
import airworthy.probes.runbook.RunbookProbe;
import airworthy.probes.survey.Survey;
import airworthy.probes.survey.SurveyParts;
import airworthy.runner.Auditor;
import airworthy.runner.Guards;
import airworthy.runner.OwnerAuditor;
import airworthy.runner.ProfileTargets;
import airworthy.runner.TargetResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that one platform is assessed with, wired from its profile: who reads it, who changes it and puts it back, who sees
 * that. Thread-safe; closing it closes the connections.
 */
final class Cockpit implements AutoCloseable {
    private final PlatformProfile profile;
    private final Instruments instruments;
    private final GatewayKeys keys;
    private final AuditRecords audit;
    private final Watches watches;
    private final LeverActuator levers;
    private final SlowTokensByLever slowTokens;
    private final DeviceLostByLever deviceLost;
    private final DriverMismatchByLever driverMismatch;
    private final MemoryByLever memory;

    private Cockpit(Instruments instruments) {
        this.instruments = instruments;
        profile = instruments.profile();
        keys = new GatewayKeys(profile);
        audit = new AuditRecords(instruments, keys);
        Places places = new Places(instruments);
        watches = new Watches(instruments, places, audit);
        HttpCaller caller = instruments.caller();
        levers = new LeverActuator(caller);
        slowTokens = new SlowTokensByLever(places::leverBase, caller);
        deviceLost = new DeviceLostByLever(places::driverBase, caller);
        memory = new MemoryByLever(places::leverBase, caller);
        driverMismatch = new DriverMismatchByLever(
                places::driverBase,
                new NewWork(
                        instruments.devices(),
                        instruments.nodes(),
                        profile.testTenants().stream().findFirst(),
                        profile.images().pause()),
                caller);
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
            case Reading.Present<KubernetesConnection>(KubernetesConnection cluster) ->
                new Cockpit(Instruments.of(profile, cluster));
            case Reading.Absent<KubernetesConnection>(String how) -> throw new CannotAssessException(how);
            case Reading.Unreadable<KubernetesConnection>(String why) -> throw new CannotAssessException(why);
        };
    }

    PlatformProfile profile() {
        return profile;
    }

    /** A cluster that does not answer, or does not know us, is told at once, before anything else is tried. */
    void requireAnswer() throws CannotAssessException, InterruptedException {
        for (Reading<String> reading :
                List.of(instruments.cluster().version(), instruments.cluster().accepted())) {
            if (reading instanceof Reading.Unreadable<String>(String why)) {
                throw new CannotAssessException(
                        "the cluster of platform \"" + profile.name() + "\" cannot be read: " + why);
            }
        }
    }

    Event.Surveyed survey() throws InterruptedException {
        return new Survey(instruments.reads())
                .look(
                        profile,
                        new SurveyParts(
                                instruments.cluster()::version,
                                instruments.devices()::slices,
                                this::readyReplicas,
                                this::owners,
                                this::namespace,
                                new PartSearch(instruments.cluster(), instruments.reads())::look,
                                keys::secret));
    }

    /**
     * Best first. A smaller engine slows truly one replica, and its own metrics tell so: more can be asked of the platform than
     * where a proxy stands before it, so that is tried later.
     */
    List<FaultInjector> injectors() {
        return List.of(
                slowTokens,
                new SlowTokensByResize(instruments.cluster(), tokenCosts(), profile),
                new TrafficByProxy(instruments.cluster(), instruments.workloads(), profile),
                new BurstByLoad(),
                new OverspendByLoad(profile),
                new BadCredentialsByLoad(profile),
                deviceLost,
                driverMismatch,
                memory,
                new QuotaBurstByClaims(instruments.devices(), profile.images().pause()),
                new ArtefactByProxy(instruments.cluster(), instruments.devices(), profile),
                new AcceleratorByPod(
                        instruments.cluster(),
                        instruments.devices(),
                        profile.images().accelerator()));
    }

    /**
     * Who can change things and put them back.
     *
     * @param load what this process can send
     */
    List<Actuator> actuators(ExtraLoad load) {
        return List.of(
                levers,
                new LeverOnceReady(instruments.cluster(), levers),
                new LoadActuator(load),
                new KubernetesActuator(instruments.cluster()));
    }

    /** A sign of life of the cluster. */
    Reading<String> heartbeat() throws InterruptedException {
        return instruments.cluster().version();
    }

    /** A sign of life of the platform's Prometheus, where the profile names one. */
    Optional<Guards.Heartbeat> monitoring() {
        return instruments.prometheus().map(prometheus -> prometheus::version);
    }

    /** The copies of undo lists that runs left on the cluster. */
    List<String> undoSecrets() throws CannotAssessException, InterruptedException {
        return switch (instruments
                .cluster()
                .list("v1", "Secret", Optional.of(UndoSecret.NAMESPACE), ClusterUndo.OURS)) {
            case Reading.Present<String>(String list) -> JsonValue.parse(list).items();
            case Reading.Absent<String> _ -> List.of();
            case Reading.Unreadable<String>(String why) -> throw new CannotAssessException(why);
        };
    }

    TargetResolver targets(long seed) {
        return new ProfileTargets(profile, instruments.workloads(), instruments.devices(), seed, audit::source);
    }

    Auditor auditor(Stamps stamps) {
        return new OwnerAuditor(profile, instruments.owners(), stamps);
    }

    RunbookProbe runbooks() {
        return new RunbookProbe(instruments.reads());
    }

    /** Where alerts are listed: those servers that the profile names. */
    List<AlertSource> alertSources() {
        List<AlertSource> sources = new ArrayList<>();
        instruments.prometheus().map(AlertSource::of).ifPresent(sources::add);
        profile.alertmanager()
                .map(named -> AlertSource.of(new AlertmanagerProbe(named.url(), instruments.reads())))
                .ifPresent(sources::add);
        return List.copyOf(sources);
    }

    /** The keys of the gateway. */
    GatewayKeys keys() {
        return keys;
    }

    /** Who sees that a fault holds. */
    Watches watches() {
        return watches;
    }

    @Override
    public void close() {
        instruments.close();
    }

    private TokenCosts tokenCosts() {
        return instruments
                .prometheus()
                .map(TokenCostProbe::new)
                .<TokenCosts>map(probe -> probe::of)
                .orElse((namespace, pod, container) -> new Reading.Absent<>(
                        "the profile names no Prometheus that could tell what processor time a token takes"));
    }

    private Reading<Integer> readyReplicas(WorkloadRef ref) throws InterruptedException {
        return instruments.workloads().workload(ref).map(workload ->
                (int) workload.replicas().stream().filter(Replica::ready).count());
    }

    private Reading<Map<String, String>> owners(WorkloadRef ref) throws InterruptedException {
        return instruments.workloads().workload(ref).map(this::owners);
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
        return instruments.workloads().namespace(name).map(found -> name);
    }
}
