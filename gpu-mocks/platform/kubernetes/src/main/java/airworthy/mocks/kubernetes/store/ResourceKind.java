package airworthy.mocks.kubernetes.store;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One kind of object that the API serves. */
public record ResourceKind(
        String group,
        String version,
        String kind,
        String plural,
        Scope scope,
        List<String> shortNames,
        Set<Subresource> subresources) {

    /** Where objects of a kind live. */
    public enum Scope {
        CLUSTER,
        NAMESPACED
    }

    /** Parts of an object with an address of their own. */
    public enum Subresource {
        STATUS,
        SCALE,
        LOG,
        PROXY,
        EVICTION,
        TOKEN;

        /** The last segment of its path. */
        public String segment() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The {@code apiVersion} field, {@code v1} or {@code group/version}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The name used in quota keys and messages, {@code pods} or {@code resourceclaims.resource.k8s.io}. */
    public String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    public String singular() {
        return kind.toLowerCase(Locale.ROOT);
    }

    public boolean namespaced() {
        return scope == Scope.NAMESPACED;
    }

    public boolean has(Subresource subresource) {
        return subresources.contains(subresource);
    }
}
