package airworthy.probes.discovery;

/** The kinds of objects that a discovery lists, each once, over all namespaces. */
enum Listed {
    NAMESPACES("v1", "Namespace"),
    NODES("v1", "Node"),
    PODS("v1", "Pod"),
    SERVICES("v1", "Service"),
    QUOTAS("v1", "ResourceQuota"),
    ENDPOINT_SLICES("discovery.k8s.io/v1", "EndpointSlice"),
    DEPLOYMENTS("apps/v1", "Deployment"),
    STATEFUL_SETS("apps/v1", "StatefulSet"),
    REPLICA_SETS("apps/v1", "ReplicaSet"),
    DEVICE_CLASSES("resource.k8s.io/v1", "DeviceClass"),
    DEVICE_SLICES("resource.k8s.io/v1", "ResourceSlice"),
    INFERENCE_POOLS("inference.networking.k8s.io/v1", "InferencePool"),
    HTTP_ROUTES("gateway.networking.k8s.io/v1", "HTTPRoute"),
    GATEWAYS("gateway.networking.k8s.io/v1", "Gateway");

    private final String apiVersion;
    private final String kind;

    Listed(String apiVersion, String kind) {
        this.apiVersion = apiVersion;
        this.kind = kind;
    }

    String apiVersion() {
        return apiVersion;
    }

    String kind() {
        return kind;
    }
}
