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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a discovery may have found: a whole platform, and what a test takes away from it. */
final class FoundPlatform {
    String version = "v1.36.3";
    Reading<Findings.Server> prometheus = server("http://10.0.0.1:30090");
    Reading<Findings.Server> alertmanager = server("https://api:6443/api/v1/namespaces/m/services/am:9093/proxy");
    Reading<Findings.Webhook> webhook = new Reading.Present<>(new Findings.Webhook(
            Told.guessed("10.0.0.9:9911", "an endpoint"), Told.seen("http://airworthy.sys:9911/")));
    Reading<Findings.Gateway> gateway = new Reading.Present<>(
            new Findings.Gateway(Told.seen(URI.create("http://10.0.0.1:30080/v1")), "gw", "Service gw/gateway:8080"));
    Reading<Findings.Inference> inference =
            inference(served("team-a/deployment/chat", "chat"), served("team-b/statefulset/sum", "sum"));
    Reading<Findings.Devices> devices = new Reading.Present<>(new Findings.Devices(List.of("gpu.nvidia.com"), 2, 0));
    Optional<Findings.MockDevices> mockDevices = Optional.empty();
    Reading<List<String>> tenants = new Reading.Present<>(List.of("tenant-x"));
    Reading<Findings.Ownership> ownership = new Reading.Present<>(new Findings.Ownership(
            new Findings.OwnerKeysFound(List.of(new Findings.KeyUse("owner", 3, 2)), 4, 2),
            new TreeSet<>(List.of("infra")),
            new TreeMap<>(Map.of(
                    "ml", new TreeMap<>(Map.of("ml-pager", Told.guessed(ReceiverKind.PAGE, "by its name"))))),
            new TreeSet<>(List.of("lost"))));
    Reading<Findings.Alerts> alerts = new Reading.Present<>(new Findings.Alerts(
            new TreeSet<>(List.of("Watchdog")),
            Map.of(Dimension.REPLICA, List.of("pod")),
            new TreeMap<>(Map.of("Slow", Cause.SERVING_LATENCY)),
            new TreeSet<>(List.of("KubePodCrashLooping"))));
    Reading<Intervals> intervals =
            new Reading.Present<>(new Intervals(Duration.ofSeconds(15), Duration.ofSeconds(10), new TreeMap<>()));

    SortedMap<String, Reading<String>> names =
            new TreeMap<>(Map.of("runbooks.monitoring", new Reading.Present<>("10.0.0.1:30890")));

    static Reading<Findings.Server> server(String url) {
        return new Reading.Present<>(new Findings.Server(Told.seen(URI.create(url)), "3.1.0", "m", "Service m/x"));
    }

    static Reading<Findings.Inference> inference(Findings.Served... served) {
        return new Reading.Present<>(new Findings.Inference(List.of(served), new TreeMap<>()));
    }

    static Findings.Served served(String workload, String model) {
        return new Findings.Served(
                WorkloadRef.parse(workload),
                8000,
                Told.seen(model),
                Told.guessed(URI.create("http://own:8000/v1"), "nothing answered"),
                false);
    }

    /** Every part came to this. */
    static FoundPlatform allOf(Reading<?> outcome) {
        FoundPlatform found = new FoundPlatform();
        found.prometheus = as(outcome);
        found.alertmanager = as(outcome);
        found.webhook = as(outcome);
        found.gateway = as(outcome);
        found.inference = as(outcome);
        found.devices = as(outcome);
        found.tenants = as(outcome);
        found.ownership = as(outcome);
        found.alerts = as(outcome);
        found.intervals = as(outcome);
        return found;
    }

    private static <T> Reading<T> as(Reading<?> outcome) {
        return switch (outcome) {
            case Reading.Absent<?>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<?>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<?> _ -> throw new IllegalArgumentException("present of what?");
        };
    }

    Findings findings() {
        Findings.Cluster cluster = new Findings.Cluster(Path.of("/home/me/.kube/config"), "staging-ai", version);
        return new Findings(
                cluster,
                Map.of(PlatformLayer.KUBERNETES, Told.seen(Fidelity.MEASURED)),
                prometheus,
                intervals,
                alertmanager,
                List.of("ml-pager", "lost"),
                webhook,
                gateway,
                inference,
                devices,
                mockDevices,
                tenants,
                ownership,
                alerts,
                names);
    }
}
