package airworthy.mocks.kubernetes.store;

import static airworthy.mocks.kubernetes.store.ResourceKind.Scope.CLUSTER;
import static airworthy.mocks.kubernetes.store.ResourceKind.Scope.NAMESPACED;
import static airworthy.mocks.kubernetes.store.ResourceKind.Subresource.EVICTION;
import static airworthy.mocks.kubernetes.store.ResourceKind.Subresource.LOG;
import static airworthy.mocks.kubernetes.store.ResourceKind.Subresource.PROXY;
import static airworthy.mocks.kubernetes.store.ResourceKind.Subresource.SCALE;
import static airworthy.mocks.kubernetes.store.ResourceKind.Subresource.STATUS;
import static airworthy.mocks.kubernetes.store.ResourceKind.Subresource.TOKEN;

import airworthy.mocks.kubernetes.store.ResourceKind.Scope;
import airworthy.mocks.kubernetes.store.ResourceKind.Subresource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table of all kinds served; a further kind is a further line. */
public final class ResourceKinds {
    private static final String RBAC = "rbac.authorization.k8s.io";

    public static final ResourceKind NAMESPACE = core("Namespace", "namespaces", CLUSTER, List.of("ns"), STATUS);
    public static final ResourceKind NODE = core("Node", "nodes", CLUSTER, List.of("no"), STATUS);
    public static final ResourceKind POD = core("Pod", "pods", NAMESPACED, List.of("po"), STATUS, LOG, PROXY, EVICTION);
    public static final ResourceKind SERVICE = core("Service", "services", NAMESPACED, List.of("svc"), STATUS);
    public static final ResourceKind ENDPOINTS = core("Endpoints", "endpoints", NAMESPACED, List.of("ep"));
    public static final ResourceKind EVENT = core("Event", "events", NAMESPACED, List.of("ev"));
    public static final ResourceKind SECRET = core("Secret", "secrets", NAMESPACED, List.of());
    public static final ResourceKind CONFIG_MAP = core("ConfigMap", "configmaps", NAMESPACED, List.of("cm"));
    public static final ResourceKind RESOURCE_QUOTA =
            core("ResourceQuota", "resourcequotas", NAMESPACED, List.of("quota"), STATUS);
    public static final ResourceKind SERVICE_ACCOUNT =
            core("ServiceAccount", "serviceaccounts", NAMESPACED, List.of("sa"), TOKEN);
    public static final ResourceKind DEPLOYMENT =
            kind("apps", "Deployment", "deployments", NAMESPACED, List.of("deploy"), STATUS, SCALE);
    public static final ResourceKind REPLICA_SET =
            kind("apps", "ReplicaSet", "replicasets", NAMESPACED, List.of("rs"), STATUS, SCALE);
    public static final ResourceKind ENDPOINT_SLICE =
            kind("discovery.k8s.io", "EndpointSlice", "endpointslices", NAMESPACED, List.of());
    public static final ResourceKind DEVICE_CLASS =
            kind("resource.k8s.io", "DeviceClass", "deviceclasses", CLUSTER, List.of());
    public static final ResourceKind RESOURCE_SLICE =
            kind("resource.k8s.io", "ResourceSlice", "resourceslices", CLUSTER, List.of());
    public static final ResourceKind RESOURCE_CLAIM =
            kind("resource.k8s.io", "ResourceClaim", "resourceclaims", NAMESPACED, List.of(), STATUS);
    public static final ResourceKind RESOURCE_CLAIM_TEMPLATE =
            kind("resource.k8s.io", "ResourceClaimTemplate", "resourceclaimtemplates", NAMESPACED, List.of());
    public static final ResourceKind POD_DISRUPTION_BUDGET =
            kind("policy", "PodDisruptionBudget", "poddisruptionbudgets", NAMESPACED, List.of("pdb"), STATUS);
    public static final ResourceKind PRIORITY_CLASS =
            kind("scheduling.k8s.io", "PriorityClass", "priorityclasses", CLUSTER, List.of("pc"));

    public static final ResourceKind ROLE = kind(RBAC, "Role", "roles", NAMESPACED, List.of());
    public static final ResourceKind ROLE_BINDING = kind(RBAC, "RoleBinding", "rolebindings", NAMESPACED, List.of());
    public static final ResourceKind CLUSTER_ROLE = kind(RBAC, "ClusterRole", "clusterroles", CLUSTER, List.of());
    public static final ResourceKind CLUSTER_ROLE_BINDING =
            kind(RBAC, "ClusterRoleBinding", "clusterrolebindings", CLUSTER, List.of());

    private static final List<ResourceKind> ALL = List.of(
            NAMESPACE,
            NODE,
            POD,
            SERVICE,
            ENDPOINTS,
            EVENT,
            SECRET,
            CONFIG_MAP,
            RESOURCE_QUOTA,
            SERVICE_ACCOUNT,
            DEPLOYMENT,
            REPLICA_SET,
            ENDPOINT_SLICE,
            DEVICE_CLASS,
            RESOURCE_SLICE,
            RESOURCE_CLAIM,
            RESOURCE_CLAIM_TEMPLATE,
            POD_DISRUPTION_BUDGET,
            PRIORITY_CLASS,
            ROLE,
            ROLE_BINDING,
            CLUSTER_ROLE,
            CLUSTER_ROLE_BINDING);

    private ResourceKinds() {}

    /** Every kind, in the order of discovery. */
    public static List<ResourceKind> all() {
        return ALL;
    }

    /** The kind behind a path such as {@code /apis/apps/v1/deployments}. */
    public static Optional<ResourceKind> byPath(String group, String version, String plural) {
        return ALL.stream()
                .filter(k -> k.group().equals(group)
                        && k.version().equals(version)
                        && k.plural().equals(plural))
                .findFirst();
    }

    /** The kind that a manifest declares. */
    public static Optional<ResourceKind> byType(String apiVersion, String kind) {
        return ALL.stream()
                .filter(k -> k.apiVersion().equals(apiVersion) && k.kind().equals(kind))
                .findFirst();
    }

    private static ResourceKind core(
            String kind, String plural, Scope scope, List<String> shortNames, Subresource... subresources) {
        return kind("", kind, plural, scope, shortNames, subresources);
    }

    private static ResourceKind kind(
            String group,
            String kind,
            String plural,
            Scope scope,
            List<String> shortNames,
            Subresource... subresources) {
        return new ResourceKind(group, "v1", kind, plural, scope, shortNames, Set.of(subresources));
    }
}
