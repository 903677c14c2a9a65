package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** What the kubelet reports of a pod. A pod that is gone, or was replaced by another of its name, gets no report. */
final class PodStatusWriter {
    private final Registry registry;
    private final EventRecorder events;
    private final InstantSource clock;
    private final String hostIp;

    PodStatusWriter(Registry registry, EventRecorder events, InstantSource clock, String hostIp) {
        this.registry = registry;
        this.events = events;
        this.clock = clock;
        this.hostIp = hostIp;
    }

    void running(PodSandbox sandbox, boolean ready, Restarts restarts) {
        write(sandbox, pod -> {
            String now = begun(pod, sandbox);
            String why = ready ? "" : "ContainersNotReady";
            Conditions.set(pod, "Initialized", true, "", "", clock);
            Conditions.set(pod, "ContainersReady", ready, why, "", clock);
            Conditions.set(pod, "Ready", ready, why, "", clock);
            containers(
                    pod,
                    ready,
                    restarts,
                    restarts.exits(),
                    (state, container) -> state.putObject("running").put("startedAt", now));
        });
    }

    /** The containers have ended by themselves once more, and wait for so long before they are started again. */
    void backingOff(PodSandbox sandbox, Restarts restarts) {
        write(sandbox, pod -> {
            begun(pod, sandbox);
            Conditions.set(pod, "Initialized", true, "", "", clock);
            Conditions.set(pod, "ContainersReady", false, "ContainersNotReady", "", clock);
            Conditions.set(pod, "Ready", false, "ContainersNotReady", "", clock);
            containers(
                    pod,
                    false,
                    restarts,
                    restarts.exits() - 1,
                    (state, container) -> state.putObject("waiting")
                            .put("reason", "CrashLoopBackOff")
                            .put(
                                    "message",
                                    "back-off %ds restarting failed container=%s pod=%s_%s(%s)"
                                            .formatted(
                                                    restarts.pause().toSeconds(),
                                                    container.path("name").asText(),
                                                    sandbox.name(),
                                                    sandbox.namespace(),
                                                    sandbox.uid())));
            events.warning("kubelet", pod, "BackOff", "Back-off restarting failed container");
        });
    }

    /** A pod whose containers were started has an address and is Running, whatever became of them. */
    private String begun(ObjectNode pod, PodSandbox sandbox) {
        ObjectNode status = pod.withObjectProperty("status");
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        if (!status.has("startTime")) {
            status.put("startTime", now);
        }
        status.put("phase", "Running").put("hostIP", hostIp).put("podIP", sandbox.ip());
        status.putArray("podIPs").addObject().put("ip", sandbox.ip());
        return now;
    }

    void waiting(PodSandbox sandbox, String why) {
        write(sandbox, pod -> {
            pod.withObjectProperty("status").put("hostIP", hostIp);
            Conditions.set(pod, "Ready", false, "ContainersNotReady", "", clock);
            containers(
                    pod,
                    false,
                    Restarts.NONE,
                    0,
                    (state, container) -> state.putObject("waiting")
                            .put("reason", "RunContainerError")
                            .put("message", why));
            events.warning("kubelet", pod, "Failed", "Error: " + why);
        });
    }

    private void containers(ObjectNode pod, boolean ready, Restarts restarts, int count, ContainerState fill) {
        JsonNode before = pod.at("/status/containerStatuses").deepCopy();
        ArrayNode statuses = pod.withObjectProperty("status").putArray("containerStatuses");
        for (JsonNode container : pod.at("/spec/containers")) {
            ObjectNode status = statuses.addObject();
            status.put("name", container.path("name").asText());
            status.put("image", container.path("image").asText()).put("imageID", "");
            status.put("ready", ready).put("started", ready);
            restarts.write(status, count);
            JsonNode kept = before.path(statuses.size() - 1).path("state");
            ObjectNode state = status.putObject("state");
            fill.fill(state, container);
            if (kept.has("running") && state.has("running")) {
                status.set("state", kept);
            }
        }
    }

    private void write(PodSandbox sandbox, Consumer<ObjectNode> change) {
        ObjectKey key = new ObjectKey(ResourceKinds.POD, sandbox.namespace(), sandbox.name());
        try {
            registry.modify(key, Part.STATUS, WriteMode.COMMIT, pod -> {
                if (pod.at("/metadata/uid").asText().equals(sandbox.uid())) {
                    change.accept(pod);
                }
                return pod;
            });
        } catch (ApiFailure gone) {
            if (gone.code() != 404) {
                throw gone;
            }
            // Deleted meanwhile; the kubelet's next pass ends the worker.
        }
    }

    private interface ContainerState {
        void fill(ObjectNode state, JsonNode container);
    }
}
