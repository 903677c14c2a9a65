package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MockImagesTest {

    private final MockImages images = new MockImages(() -> "a request\n");

    @Test
    void runsUnknownImagesAsIdle() throws IOException {
        try (RunningPod pod = images.start(pod("registry:5000/team/app:1.2", List.of(), List.of()))) {
            assertThat(pod.ready()).isTrue();
            assertThat(pod.log()).isEmpty();
        }
    }

    @Test
    void givesTheGatewaysPodItsAccessLog() throws IOException {
        try (RunningPod pod = images.start(pod("airworthy/mock-gateway:0.1", List.of(), List.of(8080)))) {
            assertThat(pod.log()).isEqualTo("a request\n");
        }
    }

    @Test
    void saysWhatAModelServerLacks() {
        assertThatThrownBy(() -> images.start(pod("airworthy/mock-inference", List.of("--modell", "chat"), List.of(1))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found args [--modell, chat]")
                .hasMessageContaining("expected --model NAME");
    }

    private static PodSandbox pod(String image, List<String> args, List<Integer> ports) {
        PodSandbox.Container container = new PodSandbox.Container("main", image, args, Map.of(), ports);
        return new PodSandbox(
                "team", "pod", "uid", "node", "127.0.0.1", Map.of(), Map.of(), List.of(container), List.of());
    }
}
