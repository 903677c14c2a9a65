package airworthy.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param mocks what the owner says is simulated and there to be disturbed
 * @param images what the harness's own pods run
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
        Mocks mocks,
        HarnessImages images,
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

    /** Where the driver of simulated accelerators is, if the owner says that they are simulated. */
    public Optional<MockDevices> mockDevices() {
        return mocks.devices();
    }

    /** The image of the harness's own proxy, where this cluster finds it. */
    public Optional<String> harnessImage() {
        return images.proxy();
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
     * @param maxDevices the most accelerators that the harness may hold, or keep from their users, at a time
     * @param maxTokens the most tokens that a run may ask for
     * @param monitoring whether exporters, rules and receivers may be disturbed
     * @param irreversible whether what leaves traces for ever is allowed
     * @param livePaging whether receivers really hear of the alerts, rather than being read from the routing only
     * @param liveTraffic whether users' requests may be disturbed like the harness's own
     * @param maxBadCredentials the most attempts with bad credentials that one scenario may make
     */
    public record Consent(
            Set<String> namespaces,
            int maxDevices,
            long maxTokens,
            boolean monitoring,
            boolean irreversible,
            boolean livePaging,
            boolean liveTraffic,
            int maxBadCredentials) {
        public Consent {
            namespaces = Set.copyOf(namespaces);
        }

        /** Without attempts with bad credentials. */
        public Consent(
                Set<String> namespaces,
                int maxDevices,
                long maxTokens,
                boolean monitoring,
                boolean irreversible,
                boolean livePaging,
                boolean liveTraffic) {
            this(namespaces, maxDevices, maxTokens, monitoring, irreversible, livePaging, liveTraffic, 0);
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
     * @param budgets what tenants may spend, in the profile's order
     * @param audit where the gateway's record of each request is, if the owner says so
     * @param badKeys a reference to each key that was good once, by a name for it
     */
    public record Gateway(
            URI url,
            Map<String, String> keys,
            Optional<String> replicaHeader,
            List<TokenBudget> budgets,
            Optional<Audit> audit,
            Map<String, String> badKeys) {
        public Gateway {
            keys = Map.copyOf(keys);
            budgets = List.copyOf(budgets);
            badKeys = Map.copyOf(badKeys);
        }

        /** A gateway of which no bad keys are known. */
        public Gateway(
                URI url,
                Map<String, String> keys,
                Optional<String> replicaHeader,
                List<TokenBudget> budgets,
                Optional<Audit> audit) {
            this(url, keys, replicaHeader, budgets, audit, Map.of());
        }

        /** A gateway of which no budgets and no audit records are known. */
        public Gateway(URI url, Map<String, String> keys, Optional<String> replicaHeader) {
            this(url, keys, replicaHeader, List.of(), Optional.empty());
        }

        /** What a tenant may spend, if it has a budget. */
        public Optional<TokenBudget> budget(String tenant) {
            return budgets.stream()
                    .filter(budget -> budget.tenant().equals(tenant))
                    .findFirst();
        }
    }

    /**
     * What a tenant may spend at the gateway, in production. A platform whose time is compressed divides tokens and window
     * alike: streams are never compressed, so neither is the pace at which tokens can be spent, and their rate stays.
     *
     * @param tenant whose
     * @param tokens of prompts and answers together, in each window
     * @param per how long a window is
     * @param inference the profile's name of the served model that this tenant uses
     */
    public record TokenBudget(String tenant, long tokens, Duration per, String inference) {
        public TokenBudget {
            if (tokens < 1 || !per.isPositive()) {
                throw new IllegalArgumentException("a budget grants at least a token in a window of some length");
            }
        }

        /** Tokens per second that do not exceed it; the same at every time scale. */
        public double perSecond() {
            return tokens * 1e9 / per.toNanos();
        }
    }

    /**
     * Where the gateway's audit records are, and how to read them: each a JSON object on a line of the log of the gateway's
     * pods. What cannot be found under these names is not known.
     *
     * @param workload whose pods write them
     * @param fields the name that each part has in a record
     */
    public record Audit(WorkloadRef workload, Map<AuditField, String> fields) {
        public Audit {
            fields = Map.copyOf(fields);
        }
    }

    /** A part of an audit record. */
    public enum AuditField {
        TENANT("tenant"),
        STATUS("status"),
        PROMPT_TOKENS("promptTokens"),
        COMPLETION_TOKENS("completionTokens"),
        SOURCE("source");

        private final String id;

        AuditField(String id) {
            this.id = id;
        }

        /** The stable name in files. */
        public String id() {
            return id;
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
     * @param artefact where its replicas get the model from, if the owner says so
     */
    public record Inference(
            String name,
            WorkloadRef workload,
            URI url,
            String model,
            Optional<String> tenant,
            int podPort,
            Slo slo,
            Optional<Artefact> artefact) {

        /** One of which nobody says where its model comes from. */
        public Inference(
                String name,
                WorkloadRef workload,
                URI url,
                String model,
                Optional<String> tenant,
                int podPort,
                Slo slo) {
            this(name, workload, url, model, tenant, podPort, slo, Optional.empty());
        }

        /** The same model as another tenant uses it. */
        public Inference as(String other) {
            return new Inference(name, workload, url, model, Optional.of(other), podPort, slo, artefact);
        }
    }

    /**
     * Where a workload's pods get their model from.
     *
     * @param env the variable of their container that names the store
     * @param url the store, as the cluster knows it; HTTP without TLS
     * @param revisionLabel the label of the pods that names the model's revision
     */
    public record Artefact(String env, URI url, String revisionLabel) {}

    /**
     * What is simulated and offers levers.
     *
     * @param modelServers whether the model servers do; nobody else's are asked for levers
     * @param devices where the driver of simulated accelerators is, or empty
     */
    public record Mocks(boolean modelServers, Optional<MockDevices> devices) {
        /** Nothing is. */
        public static Mocks none() {
            return new Mocks(false, Optional.empty());
        }
    }

    /**
     * What the harness's own pods run, by names under which this cluster can pull them.
     *
     * @param proxy the proxy, or empty where the owner names none
     * @param pause what does nothing, for pods that only hold a claim
     * @param accelerator the program that uses a real accelerator, or empty where the owner names none
     */
    public record HarnessImages(Optional<String> proxy, String pause, Optional<String> accelerator) {
        /** The one that k3s uses for its own sandboxes. */
        public static final String USUAL_PAUSE = "rancher/mirrored-pause:3.6";

        /** Without the program that uses a real accelerator. */
        public HarnessImages(Optional<String> proxy, String pause) {
            this(proxy, pause, Optional.empty());
        }

        /** The usual ones: no proxy. */
        public static HarnessImages usual() {
            return new HarnessImages(Optional.empty(), USUAL_PAUSE);
        }
    }

    /**
     * Where the driver of simulated accelerators runs: one pod on each node that has some.
     *
     * @param namespace the pods' namespace
     * @param labels all of which a driver's pod carries
     * @param port the port on which it offers its levers
     */
    public record MockDevices(String namespace, Map<String, String> labels, int port) {
        public MockDevices {
            labels = Map.copyOf(labels);
            if (labels.isEmpty()) {
                throw new IllegalArgumentException("without a label every pod of " + namespace + " would be a driver");
            }
        }
    }

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
