package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.mocks.platform.gateway.GatewayConfig;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScaledGatewayTest {

    @Test
    void tokensAndWindowAreDividedAlikeSoTheirRateStays() throws IOException {
        String text = new ConfigDirectory(RunningPlatform.CONFIG).text("gateway.yaml");
        GatewayConfig plain = GatewayConfig.read("gateway.yaml", text);
        GatewayConfig scaled = GatewayConfig.read("gateway.yaml", new ScaledGateway(60).text(text));

        assertThat(plain.budgets()).isNotEmpty();
        assertThat(scaled.budgets()).hasSameSizeAs(plain.budgets()).allSatisfy(budget -> {
            assertThat(budget.per()).isEqualTo(Duration.ofSeconds(2));
            assertThat(budget.tokens()).isEqualTo(160_000 / 60);
        });
        assertThat(scaled.balancing()).as("stream times never scale").isEqualTo(plain.balancing());
        assertThat(scaled.tenants()).isEqualTo(plain.tenants());
    }

    @Test
    void inProductionNothingIsTouched() throws IOException {
        String text = new ConfigDirectory(RunningPlatform.CONFIG).text("gateway.yaml");

        assertThat(new ScaledGateway(1).text(text)).isEqualTo(text);
    }
}
