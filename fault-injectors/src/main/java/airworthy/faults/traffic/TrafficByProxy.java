package airworthy.faults.traffic;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.JsonValue;
import airworthy.faults.NoPlan;
import airworthy.faults.Planning;
import airworthy.model.Change;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ObjectRef;
import airworthy.model.PlatformProfile;
import airworthy.model.Target;
import airworthy.probes.kubernetes.KubernetesConnection;
import airworthy.probes.kubernetes.Replica;
import airworthy.probes.kubernetes.Workload;
import airworthy.probes.kubernetes.WorkloadProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Delays tokens by a proxy of ours between a Service and the model servers behind it. Touches what clients see and nothing
 * else: the engine's own metrics stay as they were. Thread-safe.
 *
 * <p>All that the Service selects is hit together. So the target is a served model as a whole, or a replica with a Service
 * of its own; a gateway that picks pods by itself would not pass by the proxy.
 */
public final class TrafficByProxy implements FaultInjector {
    private static final String MECHANISM = "traffic";
    /** Where the proxy's lever stands when it starts. */
    private static final String AT_REST = "1.0";

    private final KubernetesConnection cluster;
    private final WorkloadProbe workloads;
    private final PlatformProfile profile;

    /** @param profile names the served models, the proxy's image, and whether users' requests may be disturbed */
    public TrafficByProxy(KubernetesConnection cluster, WorkloadProbe workloads, PlatformProfile profile) {
        this.cluster = cluster;
        this.workloads = workloads;
        this.profile = profile;
    }

    @Override
    public String mechanism() {
        return MECHANISM;
    }

    @Override
    public boolean knows(Fault fault) {
        return fault instanceof Fault.SlowTokens;
    }

    @Override
    public Planning plan(Assignment assignment) throws InterruptedException {
        if (!(assignment.fault() instanceof Fault.SlowTokens slow)) {
            throw new IllegalArgumentException(
                    "not known here: " + assignment.fault().kind());
        }
        if (profile.harnessImage().isEmpty()) {
            return new Planning.NotApplicable("no image for the proxy; name one under harness.image in the profile");
        }
        try {
            PlatformProfile.Inference served = served(assignment.target());
            ServedService service = service(served, assignment.target());
            ProxyManifests manifests = new ProxyManifests(
                    served.workload().namespace(),
                    service,
                    profile.harnessImage().get(),
                    profile.consent().liveTraffic(),
                    assignment.mark());
            return planned(slow, served.workload().namespace(), manifests);
        } catch (NoPlan e) {
            return e.planning();
        }
    }

    /**
     * The Service that such a plan stands behind, and the port by which it is asked: who wants to see what its clients see
     * asks there.
     */
    public static Optional<Through> through(Planning.Planned planned) {
        if (!planned.mechanism().equals(MECHANISM)) {
            return Optional.empty();
        }
        Optional<ObjectRef> service = planned.changes().stream()
                .flatMap(change -> change instanceof Change.SetFieldOnceReady(Change.SetField field, ObjectRef _)
                        ? Optional.of(field.object()).stream()
                        : Optional.<ObjectRef>empty().stream())
                .findFirst();
        Optional<Integer> port = planned.changes().stream()
                .flatMap(change -> change instanceof Change.CreateObject create
                                && create.object().kind().equals("Service")
                        ? Optional.of(JsonValue.parse(create.manifest())
                                        .node()
                                        .at("/spec/ports/0/port")
                                        .asInt())
                                .stream()
                        : Optional.<Integer>empty().stream())
                .findFirst();
        return service.flatMap(ref ->
                ref.namespace().flatMap(namespace -> port.map(number -> new Through(namespace, ref.name(), number))));
    }

    /** Where a Service is asked. */
    public record Through(String namespace, String service, int port) {}

    private Planning planned(Fault.SlowTokens slow, String namespace, ProxyManifests manifests) {
        ObjectRef pod = manifests.podRef();
        Change lever = new Change.PullLever(
                cluster.podAddress(namespace, pod.name(), manifests.adminPort())
                        .resolve("admin/levers/tokenDelayFactor"),
                Double.toString(slow.factor()),
                AT_REST);
        return new Planning.Planned(
                MECHANISM,
                Set.of(Layer.CLIENT),
                List.of(manifests.upstream(), manifests.pod(), manifests.selectorSwitch(), lever),
                Set.of(namespace),
                0,
                Optional.empty(),
                // no request goes by way of the proxy before the Service selects it
                2);
    }

    private PlatformProfile.Inference served(Target target) throws NoPlan {
        return profile.inference().stream()
                .filter(each -> target.inference().filter(each.name()::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> NoPlan.notApplicable(target.description() + " is no served model of the profile"));
    }

    private ServedService service(PlatformProfile.Inference served, Target target) throws NoPlan, InterruptedException {
        String namespace = served.workload().namespace();
        Set<String> wanted = wanted(NoPlan.need(workloads.workload(served.workload())), target);
        JsonValue pods = JsonValue.parse(NoPlan.need(cluster.list("v1", "Pod", Optional.of(namespace), "")));
        Map<String, Set<String>> selections = new TreeMap<>();
        List<ServedService> fitting = new ArrayList<>();
        for (String item : JsonValue.parse(NoPlan.need(cluster.list("v1", "Service", Optional.of(namespace), "")))
                .items()) {
            ServedService service = new ServedService(JsonValue.parse(item).node());
            Set<String> selected = service.selected(pods);
            if (!service.selector().isEmpty()) {
                selections.put(service.name(), selected);
            }
            if (!selected.isEmpty() && selected.equals(wanted)) {
                fitting.add(service);
            }
        }
        ServedService service = one(fitting, served, namespace)
                .orElseThrow(
                        () -> NoPlan.notApplicable("expected one Service that selects exactly " + wanted + ", found "
                                + fitting.size() + ": " + ServedService.told(selections)
                                + "; a gateway that picks pods by itself would not pass by the proxy"));
        Optional<String> obstacle = service.obstacle();
        if (obstacle.isPresent()) {
            throw NoPlan.notApplicable(named(namespace, service) + ": " + obstacle.get());
        }
        Optional<String> keeper = service.keeper();
        if (keeper.isPresent()) {
            throw NoPlan.refused(named(namespace, service) + ": " + keeper.get()
                    + ", which would put its selector back under us; pause that for the run, or serve the model by a"
                    + " Service that nobody manages");
        }
        return service;
    }

    private static Set<String> wanted(Workload workload, Target target) throws NoPlan {
        Set<String> names = new TreeSet<>();
        for (Replica replica : workload.replicas()) {
            if (target.replica().isEmpty() || target.replica().get().equals(replica.name())) {
                names.add(replica.name());
            }
        }
        if (names.isEmpty()) {
            throw NoPlan.notApplicable(target.description() + " has no pod");
        }
        return names;
    }

    /** Where several fit, the one that the profile asks. */
    private static Optional<ServedService> one(
            List<ServedService> fitting, PlatformProfile.Inference served, String namespace) {
        if (fitting.size() == 1) {
            return Optional.of(fitting.getFirst());
        }
        String host = Optional.ofNullable(served.url().getHost()).orElse("");
        return fitting.stream()
                .filter(service -> service.isNamedBy(host, namespace))
                .findFirst();
    }

    private static String named(String namespace, ServedService service) {
        return "Service " + namespace + "/" + service.name();
    }
}
