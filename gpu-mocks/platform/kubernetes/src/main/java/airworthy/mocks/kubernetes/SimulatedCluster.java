package airworthy.mocks.kubernetes;

import airworthy.mocks.kubernetes.http.ApiServer;
import airworthy.mocks.kubernetes.http.ResourceApi;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.store.Names;
import airworthy.mocks.kubernetes.store.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** A Kubernetes control plane in this process. Thread-safe. */
public final class SimulatedCluster implements AutoCloseable {
    private final ObjectStore store;
    private final ApiServer api;
    private final ClusterSettings settings;

    private SimulatedCluster(ClusterSettings settings, ObjectStore store, ApiServer api) {
        this.settings = settings;
        this.store = store;
        this.api = api;
    }

    public static SimulatedCluster start(ClusterSettings settings) throws IOException {
        ObjectStore store = new ObjectStore();
        Names names = new Names(settings.seed());
        Registry registry = new Registry(store, names, settings.clock());
        Manifests.apply(settings, registry, names);
        ResourceApi resources = new ResourceApi(store, registry, pod -> Optional.empty(), settings.clock());
        return new SimulatedCluster(settings, store, ApiServer.start(settings.bind(), settings.token(), resources));
    }

    public URI uri() {
        return api.uri();
    }

    public String kubeconfig() {
        return Kubeconfig.of(uri(), settings.token());
    }

    @Override
    public void close() {
        store.close();
        api.close();
    }
}
