package airworthy.mocks.kubernetes;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.Holder;
import airworthy.mocks.kubernetes.access.Logins;
import airworthy.mocks.kubernetes.access.RoleAccess;
import airworthy.mocks.kubernetes.access.User;
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
import java.util.Optional;

/** A Kubernetes cluster in this process: API, controllers, scheduler, nodes and devices. Thread-safe. */
public final class SimulatedCluster implements AutoCloseable {
    private final ObjectStore store;
    private final ControlPlane control;
    private final ApiServer api;
    private final Logins logins;
    private final String token;
    private final SlicePublisher slices;

    private SimulatedCluster(
            ObjectStore store,
            ControlPlane control,
            ApiServer api,
            Logins logins,
            String token,
            SlicePublisher slices) {
        this.store = store;
        this.control = control;
        this.api = api;
        this.logins = logins;
        this.token = token;
        this.slices = slices;
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
        SlicePublisher slices = new SlicePublisher(store, registry, names);
        Manifests.apply(settings, registry, slices);
        PodNetwork network = new PodNetwork(settings.bind().getAddress().getHostAddress(), settings.podPrefix());
        ControlPlane control = new ControlPlane(store, registry, names, settings.clock(), settings.runtime(), network);
        Logins logins = new Logins(settings.token());
        ResourceApi resources =
                new ResourceApi(store, registry, control::log, control::evict, logins, settings.clock());
        try {
            ApiServer api = ApiServer.start(settings.bind(), logins, new RoleAccess(store), resources);
            return new SimulatedCluster(store, control, api, logins, settings.token(), slices);
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

    /** A kubeconfig of a service account, which may do what roles grant it. */
    public String kubeconfig(String namespace, String serviceAccount) {
        return Kubeconfig.of(uri(), logins.issue(User.serviceAccount(namespace, serviceAccount)));
    }

    /** The administrator's kubeconfig, with which kubectl and client libraries meet the API. */
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

    /** Writes what the driver of these accelerators publishes now; what it published already is no write. */
    public void publish(Accelerators accelerators) {
        slices.publish(accelerators);
    }

    /** Who uses a device of a node, by its claim. */
    public Optional<Holder> holder(String node, String device) {
        return new ClusterView(store).holder(node, device);
    }

    /** Ends watches, controllers and every pod. */
    @Override
    public void close() {
        store.close();
        api.close();
        control.close();
    }
}
