package airworthy.probes.discovery;

import airworthy.model.Cause;
import airworthy.model.Dimension;
import airworthy.model.Fidelity;
import airworthy.model.PlatformLayer;
import airworthy.model.PlatformProfile.ReceiverKind;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.prometheus.Intervals;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a discovery found of a platform.
 *
 * @param cluster the cluster itself
 * @param fidelity of each layer about which anything can be said
 * @param prometheus where it is
 * @param intervals how often it looks
 * @param alertmanager where it is
 * @param receivers the names of its receivers
 * @param webhook where the harness would hear notifications; absent if no receiver names it
 * @param gateway the way in for AI traffic
 * @param inference the served models
 * @param devices device classes and how many devices were published
 * @param mockDevices where the driver of simulated accelerators runs, if there is one known here
 * @param testTenants namespaces that have a device quota and nothing running
 * @param ownership who owns what and who hears of it
 * @param alerts what the rules say
 * @param names host names of runbooks that only the cluster resolves, to where this machine finds them if it does
 */
public record Findings(
        Cluster cluster,
        Map<PlatformLayer, Told<Fidelity>> fidelity,
        Reading<Server> prometheus,
        Reading<Intervals> intervals,
        Reading<Server> alertmanager,
        List<String> receivers,
        Reading<Webhook> webhook,
        Reading<Gateway> gateway,
        Reading<Inference> inference,
        Reading<Devices> devices,
        Optional<MockDevices> mockDevices,
        Reading<List<String>> testTenants,
        Reading<Ownership> ownership,
        Reading<Alerts> alerts,
        SortedMap<String, Reading<String>> names) {

    /**
     * The cluster itself.
     *
     * @param kubeconfig how it is reached
     * @param context which one of the file
     * @param version what the API server says
     */
    public record Cluster(Path kubeconfig, String context, String version) {
        /** Whether the API server says of itself that it is none. */
        boolean simulated() {
            return version.contains("+simulated");
        }
    }

    /**
     * A server of the alerting chain that answered as one.
     *
     * @param url by which it answered
     * @param version what it says of itself
     * @param namespace where its Service is
     * @param how which Service, and by which way
     */
    public record Server(Told<URI> url, String version, String namespace, String how) {}

    /**
     * Where the harness would hear notifications.
     *
     * @param listen host and port to bind
     * @param url the address that receivers call
     */
    public record Webhook(Told<String> listen, Told<String> url) {}

    /**
     * The way in for AI traffic.
     *
     * @param url up to and including {@code /v1}
     * @param namespace where its Service is; empty if it is none
     * @param how which Service, by which way, and what it answered
     */
    public record Gateway(Told<URI> url, String namespace, String how) {}

    /**
     * The served models.
     *
     * @param served those that answered
     * @param silent workloads that hold accelerators and did not, and why
     */
    public record Inference(List<Served> served, SortedMap<String, String> silent) {
        public Inference {
            served = List.copyOf(served);
        }
    }

    /**
     * A served model.
     *
     * @param workload what serves it
     * @param port on which a replica answers
     * @param model its name in requests
     * @param url of its own Service, for where there is no gateway
     * @param mock whether its image is the project's own model server
     */
    public record Served(WorkloadRef workload, int port, Told<String> model, Told<URI> url, boolean mock) {}

    /**
     * Accelerators.
     *
     * @param classes the device classes
     * @param slices how many ResourceSlices there are
     * @param extended how many nodes offer accelerators as extended resources
     */
    public record Devices(List<String> classes, int slices, int extended) {}

    /**
     * The driver of simulated accelerators.
     *
     * @param namespace of its pods
     * @param labels that each of them carries
     * @param port on which it offers its levers
     */
    public record MockDevices(String namespace, SortedMap<String, String> labels, int port) {}

    /**
     * Who owns what and who hears of it.
     *
     * @param keys those that are in use, best first, and how far they reach
     * @param platformTeams who owns the namespaces of monitoring and gateway
     * @param receivers for each team its receivers and how loud each is
     * @param unassigned receivers that no route gives to a team
     */
    public record Ownership(
            OwnerKeysFound keys,
            NavigableSet<String> platformTeams,
            NavigableMap<String, NavigableMap<String, Told<ReceiverKind>>> receivers,
            NavigableSet<String> unassigned) {}

    /**
     * Owner keys in use.
     *
     * @param uses best first
     * @param namespaces how many namespaces were looked at
     * @param workloads how many Deployments and StatefulSets were looked at
     */
    public record OwnerKeysFound(List<KeyUse> uses, int namespaces, int workloads) {}

    /**
     * How far a key reaches.
     *
     * @param key a label or annotation
     * @param namespaces on how many namespaces
     * @param workloads on how many workloads
     */
    public record KeyUse(String key, int namespaces, int workloads) {}

    /**
     * What the alerting rules say.
     *
     * @param heartbeats alerts that always fire
     * @param labels which labels carry which dimension, best first
     * @param causes of alerts whose rule names one of the closed list
     * @param unknown alerts whose rule names none
     */
    public record Alerts(
            NavigableSet<String> heartbeats,
            Map<Dimension, List<String>> labels,
            SortedMap<String, Cause> causes,
            NavigableSet<String> unknown) {}

    /** The namespaces of the served models, in order, each once. */
    List<String> servingNamespaces() {
        return inference instanceof Reading.Present<Inference>(Inference found)
                ? found.served().stream()
                        .map(each -> each.workload().namespace())
                        .distinct()
                        .toList()
                : List.of();
    }

    /** The test tenants, if any were found. */
    List<String> tenants() {
        return testTenants instanceof Reading.Present<List<String>>(List<String> found) ? found : List.of();
    }

    /** What a reading gave, if it did. */
    static <T> Optional<T> value(Reading<T> reading) {
        return reading instanceof Reading.Present<T>(T value) ? Optional.of(value) : Optional.empty();
    }
}
