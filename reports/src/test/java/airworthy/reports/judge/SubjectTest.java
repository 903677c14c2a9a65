package airworthy.reports.judge;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Alert;
import airworthy.model.Dimension;
import airworthy.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubjectTest {
    private static final Map<Dimension, List<String>> LABELS =
            Map.of(Dimension.NODE, List.of("node"), Dimension.DEVICE, List.of("device"));
    private static final Target GPU_3 = new Target(
            "gpu-1/gpu-3",
            Map.of(Dimension.NODE, "gpu-1", Dimension.DEVICE, "gpu-3"),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    @Test
    void aDeviceIsMeantTogetherWithItsNode() {
        assertThat(subject(Map.of("node", "gpu-1", "device", "gpu-3"))).isEqualTo(Subject.TARGET);
        assertThat(subject(Map.of("device", "gpu-3"))).isEqualTo(Subject.TARGET);
        assertThat(subject(Map.of("node", "gpu-2", "device", "gpu-3")))
                .as("another node's device of the same name")
                .isEqualTo(Subject.UNRELATED);
    }

    @Test
    void theNodeAloneIsEnoughForAPoorAlert() {
        assertThat(subject(Map.of("node", "gpu-1"))).isEqualTo(Subject.TARGET);
    }

    @Test
    void theControllerOfACopyStandsForTheWorkloadThatItIsACopyOf() {
        Map<Dimension, List<String>> labels =
                Map.of(Dimension.WORKLOAD, List.of("workload"), Dimension.NAMESPACE, List.of("namespace"));
        Target hit = ServingRun.target().by(new Target.Twin("chat-x", "chat-x", "aw-1"));

        assertThat(Subject.of(alert("team-a", "chat-x"), hit, labels)).isEqualTo(Subject.TARGET);
        assertThat(Subject.of(alert("team-a", "chat"), hit, labels)).isEqualTo(Subject.TARGET);
        assertThat(Subject.of(alert("team-b", "chat-x"), hit, labels)).isEqualTo(Subject.UNRELATED);
        assertThat(Subject.of(alert("team-a", "chat-y"), hit, labels)).isEqualTo(Subject.UNRELATED);
        assertThat(Subject.of(alert("team-a", "chat-x"), ServingRun.target(), labels))
                .isEqualTo(Subject.UNRELATED);
    }

    private static Alert alert(String namespace, String workload) {
        return ServingRun.alert("Broken", Map.of("namespace", namespace, "workload", workload));
    }

    private static Subject subject(Map<String, String> labels) {
        return Subject.of(ServingRun.alert("AcceleratorLost", labels), GPU_3, LABELS);
    }
}
