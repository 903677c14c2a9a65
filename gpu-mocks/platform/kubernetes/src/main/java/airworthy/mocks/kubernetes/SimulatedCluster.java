package airworthy.mocks.kubernetes;

import airworthy.mocks.kubernetes.control.ControlPlane;
import airworthy.mocks.kubernetes.control.PodNetwork;
import airworthy.mocks.kubernetes.http.ApiServer;
import airworthy.mocks.kubernetes.http.ResourceApi;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.store.Names;
import airworthy.mocks.kubernetes.store.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A Kubernetes cluster in this process: API, controllers, scheduler, nodes and devices. Thread-safe. */
public final class SimulatedCluster implements AutoCloseable {
    private final ObjectStore store;
    private final ControlPlane control;
    private final ApiServer api;
    private final String token;

    private SimulatedCluster(ObjectStore store, ControlPlane control, ApiServer api, String token) {
        this.store = store;
        this.control = control;
        this.api = api;
        this.token = token;
    }

    /**
     * Applies the manifests, then serves the API and starts the controllers.
     *
     * @throws IllegalArgumentException when a manifest is refused; the message names it
     * @throws IOException when the address cannot be bound
     */
    public static SimulatedCluster start(ClusterSettings settings) throws IOException {
        ObjectStore store = new ObjectStore();
        Names names = new Names(settings.seed());
        Registry registry = new Registry(store, names, settings.clock());
        Manifests.apply(settings, registry, names);
        PodNetwork network = new PodNetwork(settings.bind().getAddress().getHostAddress(), settings.podPrefix());
        ControlPlane control = new ControlPlane(store, registry, names, settings.clock(), settings.runtime(), network);
        ResourceApi resources = new ResourceApi(store, registry, control::log, settings.clock());
        try {
            ApiServer api = ApiServer.start(settings.bind(), settings.token(), resources);
            return new SimulatedCluster(store, control, api, settings.token());
        } catch (IOException notBound) {
            store.close();
            control.close();
            throw new IOException(
                    "the API server cannot listen on " + settings.bind() + ": " + notBound.getMessage(), notBound);
        }
    }

    /** Where the API listens. */
    public URI uri() {
        return api.uri();
    }

    /** A kubeconfig with which kubectl and client libraries meet the API. */
    public String kubeconfig() {
        return Kubeconfig.of(uri(), token);
    }

    /** What kube-state-metrics would expose now, in Prometheus' text format. */
    public String metrics() {
        return new KubeStateMetrics(store).text();
    }

    /** All pods that have an address, by namespace and name. */
    public List<PodView> pods() {
        return new ClusterView(store).pods();
    }

    /** The ready endpoints of a service, from its EndpointSlices; none where there is no such service. */
    public List<ReadyEndpoint> readyEndpoints(String namespace, String service) {
        return new ClusterView(store).readyEndpoints(namespace, service);
    }

    /** Ends watches, controllers and every pod. */
    @Override
    public void close() {
        store.close();
        api.close();
        control.close();
    }
}
