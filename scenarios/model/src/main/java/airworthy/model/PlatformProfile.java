package airworthy.model;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a cluster and its parts are, who owns what, and what may be touched.
 *
 * @param name for the report
 * @param environment for the report, for example {@code staging}
 * @param fidelity of each layer; one that is missing was not declared
 * @param cluster how to reach the Kubernetes API, or empty
 * @param consent what may be touched
 * @param prometheus base URL, or empty
 * @param alertmanager how to reach it and be reached by it, or empty
 * @param gateway the way in for AI traffic, or empty
 * @param inference the served models, in order
 * @param bystanders workloads that are not hit and get half-rate load
 * @param testTenants namespaces in which tenants may be played
 * @param ownership who owns what and who hears of it
 * @param alerts how to read this platform's alerts
 * @param names host names that only the cluster resolves, to where this machine finds them
 * @param declaredAbsent parts that the owner says are not there
 * @param timeScale phases and budgets are divided by it
 */
public record PlatformProfile(
        String name,
        String environment,
        Map<PlatformLayer, Fidelity> fidelity,
        Optional<Cluster> cluster,
        Consent consent,
        Optional<URI> prometheus,
        Optional<Alertmanager> alertmanager,
        Optional<Gateway> gateway,
        List<Inference> inference,
        List<WorkloadRef> bystanders,
        List<String> testTenants,
        Ownership ownership,
        Alerts alerts,
        Map<String, String> names,
        Set<Need> declaredAbsent,
        int timeScale) {
    public PlatformProfile {
        fidelity = Map.copyOf(fidelity);
        inference = List.copyOf(inference);
        bystanders = List.copyOf(bystanders);
        testTenants = List.copyOf(testTenants);
        names = Map.copyOf(names);
        declaredAbsent = Set.copyOf(declaredAbsent);
        if (timeScale < 1) {
            throw new IllegalArgumentException("time scale must be at least 1: " + timeScale);
        }
    }

    /**
     * How to reach the Kubernetes API.
     *
     * @param kubeconfig the file
     * @param context the context in it, or empty for its current one
     */
    public record Cluster(Path kubeconfig, Optional<String> context) {}

    /**
     * Consent, by blast radius.
     *
     * @param namespaces in which objects may be made and workloads disturbed
     * @param maxDevices the most accelerators that the harness may hold at a time
     * @param maxTokens the most tokens that a run may ask for
     * @param monitoring whether exporters, rules and receivers may be disturbed
     * @param irreversible whether what leaves traces for ever is allowed
     * @param livePaging whether receivers really hear of the alerts, rather than being read from the routing only
     */
    public record Consent(
            Set<String> namespaces,
            int maxDevices,
            long maxTokens,
            boolean monitoring,
            boolean irreversible,
            boolean livePaging) {
        public Consent {
            namespaces = Set.copyOf(namespaces);
        }
    }

    /**
     * Where Alertmanager is.
     *
     * @param url its base URL
     * @param webhook where the harness hears notifications, if the owner added it to the receivers
     */
    public record Alertmanager(URI url, Optional<Webhook> webhook) {}

    /**
     * Where the harness listens for notifications.
     *
     * @param listen host and port to bind
     * @param url the address by which the platform's receivers know it
     */
    public record Webhook(String listen, URI url) {}

    /**
     * The way in for AI traffic.
     *
     * @param url base URL up to and including {@code /v1}
     * @param keys a reference ({@code env:} or {@code file:}) to each tenant's key; never the key itself
     * @param replicaHeader the response header that names the serving replica, if the platform sets one
     */
    public record Gateway(URI url, Map<String, String> keys, Optional<String> replicaHeader) {
        public Gateway {
            keys = Map.copyOf(keys);
        }
    }

    /**
     * A served model.
     *
     * @param name for scenarios and reports
     * @param workload what serves it
     * @param url base URL up to and including {@code /v1}
     * @param model the model's name in requests
     * @param tenant whose key to use, or empty for none
     * @param podPort the port on which one replica answers directly
     * @param slo what its owner promises
     */
    public record Inference(
            String name, WorkloadRef workload, URI url, String model, Optional<String> tenant, int podPort, Slo slo) {}

    /**
     * Who owns what, and who hears of it.
     *
     * @param keys labels or annotations that name an owner, best first
     * @param roles which team plays each role: a fixed list, or the value of a key on the target
     * @param receivers for each team its receivers and their kinds
     */
    public record Ownership(
            List<String> keys, Map<Role, RoleHolder> roles, Map<String, Map<String, ReceiverKind>> receivers) {
        public Ownership {
            keys = List.copyOf(keys);
            roles = Map.copyOf(roles);
            receivers = Map.copyOf(receivers);
        }
    }

    /** Which teams play a role. */
    public sealed interface RoleHolder {
        /** The value of this label or annotation on the target. */
        record ByKey(String key) implements RoleHolder {}

        /** These teams, whatever the target. */
        record Teams(List<String> teams) implements RoleHolder {
            public Teams {
                teams = List.copyOf(teams);
            }
        }
    }

    /** How loud a receiver is. Feeds do not count against "nobody else". */
    public enum ReceiverKind {
        PAGE,
        TICKET,
        FEED
    }

    /**
     * How to read this platform's alerts.
     *
     * @param heartbeats alerts that always fire
     * @param labels which labels carry which dimension, best first
     * @param causes the one cause that an alert's name stands for
     */
    public record Alerts(Set<String> heartbeats, Map<Dimension, List<String>> labels, Map<String, Cause> causes) {
        public Alerts {
            heartbeats = Set.copyOf(heartbeats);
            labels = Map.copyOf(labels);
            causes = Map.copyOf(causes);
        }
    }

    /** The served models that are bystanders of a target, in profile order. */
    public List<Inference> bystandersOf(WorkloadRef target) {
        Set<WorkloadRef> declared = new LinkedHashSet<>(bystanders);
        return inference.stream()
                .filter(served -> declared.contains(served.workload()))
                .filter(served -> !served.workload().equals(target))
                .toList();
    }
}
