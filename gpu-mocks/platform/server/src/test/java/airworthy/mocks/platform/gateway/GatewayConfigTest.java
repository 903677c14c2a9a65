package airworthy.mocks.platform.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {

    static final String YAML = """
        tenants:
          team-a: { models: [chat] }
          team-b: { models: [summarise] }
        routes:
          - { model: chat, service: team-a/chat }
          - { model: summarise, service: team-b/summarise }
        balancing:
          policy: least-latency
          outliers: { factor: 3, window: 10, consecutive: 3, slowAtLeast: 10ms, probeEvery: 100ms, healthyProbes: 3 }
        """;

    @Test
    void readsDurationsAndPolicy() throws IOException {
        assertThat(GatewayConfig.read("gateway.yaml", YAML).balancing())
                .isEqualTo(new Balancing.LeastLatency(
                        new Balancing.Outliers(3, 10, 3, Duration.ofMillis(10), Duration.ofMillis(100), 3)));
    }

    @Test
    void takesRoundRobinByOneWord() throws IOException {
        String edited = YAML.replace("least-latency", "round-robin");

        assertThat(GatewayConfig.read("gateway.yaml", edited).balancing()).isEqualTo(new Balancing.RoundRobin());
    }

    @Test
    void takesOneServiceOrSeveral() throws IOException {
        String edited = YAML.replace("service: team-a/chat", "service: [team-a/chat-0, team-a/chat-1]");

        assertThat(GatewayConfig.read("gateway.yaml", edited).routes())
                .containsExactly(
                        new GatewayConfig.Route("chat", List.of("team-a/chat-0", "team-a/chat-1")),
                        new GatewayConfig.Route("summarise", List.of("team-b/summarise")));
    }

    @Test
    void namesTheLineOfAnUnknownKey() {
        String edited = YAML.replace("consecutive: 3,", "consecutiv: 3,");

        assertThatThrownBy(() -> GatewayConfig.read("gateway.yaml", edited))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gateway.yaml:9")
                .hasMessageContaining("consecutiv");
    }

    @Test
    void refusesADurationWithoutUnit() {
        String edited = YAML.replace("100ms", "100");

        assertThatThrownBy(() -> GatewayConfig.read("gateway.yaml", edited))
                .hasMessageContaining("expected a duration such as 500ms");
    }
}
