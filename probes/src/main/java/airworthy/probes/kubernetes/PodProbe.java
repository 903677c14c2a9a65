package airworthy.probes.kubernetes;

import airworthy.model.Event.PodCondition;
import airworthy.model.Event.PodSeen;
import airworthy.model.ObjectRef;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads pods by where they run, with the devices that they hold. Thread-safe. */
public final class PodProbe {
    /** On everything that the harness makes. */
    private static final String RUN_LABEL = "airworthy/run";

    private final KubernetesConnection cluster;
    private final DynamicResources resources;
    private final WorkloadProbe workloads;

    public PodProbe(KubernetesConnection cluster) {
        this.cluster = cluster;
        this.resources = new DynamicResources(cluster);
        this.workloads = new WorkloadProbe(cluster);
    }

    /** The pods of a node that carry all these labels, by name. */
    public Reading<List<Replica>> onNode(String node, String namespace, Map<String, String> labels)
            throws InterruptedException {
        return NotRead.reading(() -> podsOf(node, Optional.of(namespace)).stream()
                .map(Replica::of)
                .filter(pod -> pod.metadata().labels().entrySet().containsAll(labels.entrySet()))
                .sorted(Comparator.comparing(Replica::name))
                .toList());
    }

    /** The pods of a namespace that carry a label with this value, by name; also those that the harness made. */
    public Reading<List<PodSeen>> labelled(String namespace, String label, String value) throws InterruptedException {
        return NotRead.reading(() -> cluster.items("v1", "Pod", Optional.of(namespace)).stream()
                .filter(pod -> value.equals(Metadata.of(pod).labels().get(label)))
                .map(pod -> seen(pod, true, List.of()))
                .sorted(Comparator.comparing(PodSeen::name).thenComparing(PodSeen::uid))
                .toList());
    }

    /** All pods of a node and all pods of a workload, by namespace and name, without those that the harness made. */
    public Reading<List<PodSeen>> around(String node, WorkloadRef workload) throws InterruptedException {
        return NotRead.reading(() -> {
            Map<String, JsonNode> pods = new LinkedHashMap<>();
            podsOf(node, Optional.empty()).forEach(pod -> pods.put(uid(pod), pod));
            List<JsonNode> own = workloads.pods(workload);
            own.forEach(pod -> pods.put(uid(pod), pod));
            Set<String> target = own.stream().map(PodProbe::uid).collect(Collectors.toSet());
            Map<String, List<String>> devices = devicesByPod();
            return pods.values().stream()
                    .filter(pod -> !Metadata.of(pod).labels().containsKey(RUN_LABEL))
                    .map(pod -> seen(pod, target.contains(uid(pod)), devices.getOrDefault(uid(pod), List.of())))
                    .sorted(Comparator.comparing(PodSeen::namespace)
                            .thenComparing(PodSeen::name)
                            .thenComparing(PodSeen::uid))
                    .toList();
        });
    }

    /**
     * All pods that hold accelerators, wherever they are, without those that the harness made.
     *
     * @param node the pods of this one are told to be of the target
     */
    public Reading<List<PodSeen>> holdingDevices(String node) throws InterruptedException {
        return NotRead.reading(() -> {
            Map<String, List<String>> devices = devicesByPod();
            return cluster.items("v1", "Pod", Optional.empty()).stream()
                    .filter(pod -> !Metadata.of(pod).labels().containsKey(RUN_LABEL))
                    .filter(pod -> devices.containsKey(uid(pod)))
                    .map(pod -> seen(
                            pod,
                            pod.at("/spec/nodeName").asText().equals(node),
                            devices.getOrDefault(uid(pod), List.of())))
                    .sorted(Comparator.comparing(PodSeen::namespace)
                            .thenComparing(PodSeen::name)
                            .thenComparing(PodSeen::uid))
                    .toList();
        });
    }

    /** What the kubelet says of the health of a device that a pod holds; absent if it says nothing. */
    public Reading<String> deviceHealth(String namespace, String pod, DeviceId device) throws InterruptedException {
        return NotRead.reading(() -> cluster.object(new ObjectRef("v1", "Pod", Optional.of(namespace), pod))
                .at("/status/containerStatuses")
                .valueStream()
                .flatMap(container -> container.path("allocatedResourcesStatus").valueStream())
                .flatMap(status -> status.path("resources").valueStream())
                .filter(resource -> resource.path("resourceID").asText().equals(device.toString()))
                .map(resource -> resource.path("health").asText())
                .findFirst()
                .orElseThrow(() -> NotRead.absent(
                        "the status of pod " + namespace + "/" + pod + " holds no health of " + device)));
    }

    /** What the containers of a pod left when they last ended; absent if none has ended. */
    public Reading<String> lastWords(String namespace, String pod) throws InterruptedException {
        return NotRead.reading(() -> cluster.object(new ObjectRef("v1", "Pod", Optional.of(namespace), pod))
                .at("/status/containerStatuses")
                .valueStream()
                .flatMap(container ->
                        container.at("/lastState/terminated/message").asText().lines())
                .reduce((earlier, later) -> earlier + "\n" + later)
                .orElseThrow(() -> NotRead.absent("no container of pod " + namespace + "/" + pod + " left a word")));
    }

    private List<JsonNode> podsOf(String node, Optional<String> namespace) throws NotRead, InterruptedException {
        return cluster.items("v1", "Pod", namespace, "spec.nodeName=" + node);
    }

    private Map<String, List<String>> devicesByPod() throws NotRead, InterruptedException {
        Map<String, List<String>> devices = new HashMap<>();
        for (JsonNode claim : resources.list(DynamicResources.CLAIM, Optional.empty())) {
            List<String> held =
                    DeviceId.allocatedTo(claim).stream().map(DeviceId::toString).toList();
            for (JsonNode consumer : claim.at("/status/reservedFor")) {
                devices.computeIfAbsent(consumer.path("uid").asText(), _ -> new ArrayList<>())
                        .addAll(held);
            }
        }
        return devices;
    }

    private static PodSeen seen(JsonNode pod, boolean ofTarget, List<String> devices) {
        Replica replica = Replica.of(pod);
        return new PodSeen(
                pod.at("/metadata/namespace").asText(),
                replica.name(),
                uid(pod),
                replica.node(),
                ofTarget,
                condition(pod, replica),
                pod.at("/status/containerStatuses")
                        .valueStream()
                        .mapToInt(container -> container.path("restartCount").asInt())
                        .sum(),
                devices);
    }

    private static PodCondition condition(JsonNode pod, Replica replica) {
        if (pod.at("/status/phase").asText().equals("Succeeded")) {
            return PodCondition.SUCCEEDED;
        }
        return replica.ready()
                ? PodCondition.READY
                : backingOff(pod) ? PodCondition.CRASH_LOOPING : PodCondition.NOT_READY;
    }

    private static boolean backingOff(JsonNode pod) {
        return pod.at("/status/containerStatuses")
                .valueStream()
                .anyMatch(container ->
                        container.at("/state/waiting/reason").asText().equals("CrashLoopBackOff"));
    }

    private static String uid(JsonNode pod) {
        return pod.at("/metadata/uid").asText();
    }
}
