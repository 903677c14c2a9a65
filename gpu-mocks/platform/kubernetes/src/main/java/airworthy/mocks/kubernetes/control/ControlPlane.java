package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.DeleteOptions;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.runtime.PodRuntime;
import airworthy.mocks.kubernetes.store.Names;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Everything that acts on the store by itself: controllers, scheduler, kubelet. Thread-safe. */
public final class ControlPlane implements AutoCloseable {
    private final Kubelet kubelet;
    private final ControlLoop loop;
    private final Evictions evictions;

    public ControlPlane(
            ObjectStore store,
            Registry registry,
            Names names,
            InstantSource clock,
            PodRuntime runtime,
            PodNetwork network) {
        EventRecorder events = new EventRecorder(store, registry, names, clock);
        this.kubelet = new Kubelet(store, registry, events, clock, runtime, network);
        this.evictions = new Evictions(store, registry, clock);
        this.loop = new ControlLoop(
                store,
                List.of(
                        new OwnerCollector(store, registry),
                        new DeploymentController(store, registry, names, clock),
                        new ReplicaSetController(store, registry, events),
                        new ClaimController(store, registry, names, events),
                        new DeviceTaintEviction(store, registry, events, clock),
                        kubelet,
                        new Scheduler(store, registry, events, clock),
                        new EndpointSliceController(store, registry, names),
                        new QuotaController(store, registry),
                        new DisruptionController(store, registry, clock)));
    }

    /** The log of a pod; empty where it does not run. */
    public Optional<String> log(ObjectKey pod) {
        return kubelet.log(pod);
    }

    /**
     * Evicts a pod, or says whether that would be done.
     *
     * @throws airworthy.mocks.kubernetes.store.ApiFailure 404 without such a pod, 429 where a budget forbids it
     */
    public void evict(ObjectKey pod, DeleteOptions options, WriteMode mode) {
        evictions.evict(pod, options, mode);
    }

    /** Stops reconciling, then ends every pod. */
    @Override
    public void close() {
        loop.close();
        kubelet.close();
    }
}
