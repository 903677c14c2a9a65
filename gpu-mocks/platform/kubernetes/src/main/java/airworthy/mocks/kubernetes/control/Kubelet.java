package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.DeleteOptions;
import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.runtime.PodRuntime;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Every node's kubelet: reports nodes as ready, runs the pods bound to them, and lets deleted pods go. */
final class Kubelet implements Controller, AutoCloseable {
    private static final String VERSION = "v1.36.3+simulated";

    private final ObjectStore store;
    private final Registry registry;
    private final EventRecorder events;
    private final InstantSource clock;
    private final PodRuntime runtime;
    private final String hostIp;
    private final PodStatusWriter status;
    private final PodAddresses addresses;
    private final Map<String, PodWorker> workers = new HashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Kubelet(
            ObjectStore store,
            Registry registry,
            EventRecorder events,
            InstantSource clock,
            PodRuntime runtime,
            PodNetwork network) {
        this.store = store;
        this.registry = registry;
        this.events = events;
        this.clock = clock;
        this.runtime = runtime;
        this.hostIp = network.hostIp();
        this.status = new PodStatusWriter(registry, events, clock, network.hostIp());
        this.addresses = new PodAddresses(network.podPrefix());
    }

    @Override
    public void reconcile() {
        store.list(ResourceKinds.NODE, "").forEach(this::report);
        Set<String> present = new HashSet<>();
        for (ObjectNode pod : store.list(ResourceKinds.POD, "")) {
            if (!pod.at("/spec/nodeName").asText().isEmpty()) {
                present.add(pod.at("/metadata/uid").asText());
                run(pod);
            }
        }
        workers.forEach((uid, worker) -> {
            if (!present.contains(uid)) {
                worker.stop();
            }
        });
    }

    /** The log of the pod of this name; empty where none runs. */
    Optional<String> log(ObjectKey pod) {
        // The worker is found with the store held; its log is read without, since a runtime may block.
        Optional<PodWorker> found = store.atomically(() -> workers.values().stream()
                .filter(w -> w.sandbox().namespace().equals(pod.namespace())
                        && w.sandbox().name().equals(pod.name()))
                .findFirst());
        return found.flatMap(PodWorker::log);
    }

    private void run(ObjectNode pod) {
        String uid = pod.at("/metadata/uid").asText();
        PodWorker worker = workers.get(uid);
        if (Owners.deleting(pod)) {
            if (worker == null) {
                registry.delete(ObjectKey.of(ResourceKinds.POD, pod), DeleteOptions.AT_ONCE, WriteMode.COMMIT);
            } else {
                worker.stop();
            }
        } else if (worker == null) {
            addresses
                    .take()
                    .ifPresentOrElse(
                            ip -> start(Sandboxes.of(pod, ip, store)),
                            () -> events.warning(
                                    "kubelet",
                                    pod,
                                    "FailedCreatePodSandBox",
                                    "no free pod address: all 254 are in use"));
        }
    }

    private void start(PodSandbox sandbox) {
        PodWorker worker = new PodWorker(sandbox, runtime, status, clock);
        workers.put(sandbox.uid(), worker);
        threads.execute(() -> {
            try {
                worker.run();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } finally {
                ended(sandbox);
            }
        });
    }

    private void ended(PodSandbox sandbox) {
        store.atomically(() -> {
            workers.remove(sandbox.uid());
            addresses.giveBack(sandbox.ip());
            ObjectKey key = new ObjectKey(ResourceKinds.POD, sandbox.namespace(), sandbox.name());
            Optional<ObjectNode> pod = store.find(key)
                    .filter(p -> p.at("/metadata/uid").asText().equals(sandbox.uid()))
                    .filter(Owners::deleting);
            pod.ifPresent(p -> registry.delete(key, DeleteOptions.AT_ONCE, WriteMode.COMMIT));
            return pod.isPresent();
        });
    }

    /** A node that says nothing of its own readiness is ready: nothing here can make it otherwise. */
    private void report(ObjectNode node) {
        boolean reported = node.at("/status/conditions")
                .valueStream()
                .anyMatch(c -> c.path("type").asText().equals("Ready"));
        if (reported) {
            return;
        }
        registry.modify(ObjectKey.of(ResourceKinds.NODE, node), Part.STATUS, WriteMode.COMMIT, n -> {
            Conditions.set(n, "Ready", true, "KubeletReady", "simulated node", clock);
            ObjectNode state = n.withObjectProperty("status");
            state.withObjectProperty("nodeInfo").put("kubeletVersion", VERSION).put("operatingSystem", "linux");
            state.putArray("addresses").addObject().put("type", "InternalIP").put("address", hostIp);
            return n;
        });
    }

    /** Ends every pod and waits for it. */
    @Override
    public void close() {
        store.atomically(() -> {
            workers.values().forEach(PodWorker::stop);
            return true;
        });
        threads.close();
    }
}
