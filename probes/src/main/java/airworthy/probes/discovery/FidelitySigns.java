package airworthy.probes.discovery;

import airworthy.model.Fidelity;
import airworthy.model.PlatformLayer;
import airworthy.probes.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a platform is real. Who says of himself that he is simulated is believed; for the rest the humbler of two guesses
 * is taken. Pure.
 */
final class FidelitySigns {
    private static final String SAYS_SO = "+simulated";
    private static final String OURS = "airworthy/mock-";
    private static final List<String> FAKES =
            List.of("fake-gpu", "fake-device", "nvml-mock", "dra-example-driver", "kwok");

    private FidelitySigns() {}

    static Map<PlatformLayer, Told<Fidelity>> of(
            Findings.Cluster cluster,
            ClusterObjects objects,
            Reading<Findings.Server> prometheus,
            Reading<Findings.Server> alertmanager,
            Reading<Findings.Gateway> gateway,
            Reading<Findings.Inference> inference) {
        Map<PlatformLayer, Told<Fidelity>> fidelity = new EnumMap<>(PlatformLayer.class);
        fidelity.put(PlatformLayer.KUBERNETES, Told.seen(cluster.simulated() ? Fidelity.SIMULATED : Fidelity.MEASURED));
        fidelity.put(PlatformLayer.ACCELERATOR, accelerator(cluster, objects));
        Findings.value(inference)
                .ifPresent(found -> fidelity.put(
                        PlatformLayer.SERVING,
                        found.served().stream().anyMatch(Findings.Served::mock)
                                ? Told.seen(Fidelity.SIMULATED)
                                : Told.guessed(Fidelity.MEASURED, "no pod runs an image of a mock known here")));
        List<String> versions = Stream.of(prometheus, alertmanager)
                .flatMap(each -> Findings.value(each).stream())
                .map(Findings.Server::version)
                .toList();
        if (!versions.isEmpty()) {
            boolean simulated = versions.stream().anyMatch(version -> version.contains(SAYS_SO));
            fidelity.put(PlatformLayer.ALERTING, Told.seen(simulated ? Fidelity.SIMULATED : Fidelity.MEASURED));
        }
        Findings.value(gateway)
                .ifPresent(found -> fidelity.put(
                        PlatformLayer.GATEWAY,
                        objects.podsIn(found.namespace()).stream().anyMatch(pod -> runs(pod, List.of(OURS)))
                                ? Told.guessed(Fidelity.SIMULATED, "a pod beside it runs an image " + OURS + "*")
                                : Told.guessed(
                                        Fidelity.MEASURED, "no pod beside it runs an image of a mock known here")));
        return fidelity;
    }

    private static Told<Fidelity> accelerator(Findings.Cluster cluster, ClusterObjects objects) {
        if (DeviceSigns.mocks(objects).isPresent()) {
            return Told.seen(Fidelity.SIMULATED);
        }
        if (cluster.simulated()) {
            return Told.guessed(Fidelity.SIMULATED, "the API server says that it is simulated");
        }
        Optional<String> fake = objects.all(Listed.PODS).stream()
                .filter(pod ->
                        runs(pod, FAKES) || ClusterObjects.label(pod, "app").contains("fake"))
                .map(ClusterObjects::told)
                .findFirst();
        if (fake.isPresent()) {
            return Told.guessed(Fidelity.SIMULATED, "pod " + fake.get() + " looks like a driver of fake devices");
        }
        Optional<JsonNode> driver = objects.all(Listed.PODS).stream()
                .filter(pod -> runs(pod, List.of("nvcr.io/nvidia/", "nvidia/k8s-device-plugin", "k8s-dra-driver")))
                .findFirst();
        return driver.map(pod -> Told.guessed(
                        Fidelity.MEASURED, "pod " + ClusterObjects.told(pod) + " runs a vendor's driver or exporter"))
                .orElseGet(() -> Told.guessed(Fidelity.SIMULATED, "no pod runs a vendor's driver or exporter"));
    }

    private static boolean runs(JsonNode pod, List<String> images) {
        return ClusterObjects.images(pod).stream()
                .anyMatch(image -> images.stream().anyMatch(image::contains));
    }
}
