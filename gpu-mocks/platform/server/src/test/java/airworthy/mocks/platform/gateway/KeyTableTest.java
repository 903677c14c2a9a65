package airworthy.mocks.platform.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyTableTest {
    private Instant now = Instant.parse("2026-01-31T11:59:59Z");
    private final KeyTable keys = new KeyTable(
            GatewayConfig.read("gateway.yaml", GatewayConfigTest.YAML + """
                formerKeys:
                  old: { tenant: team-a, revoked: true }
                  trial: { tenant: team-a, expires: "2026-01-31T12:00:00Z" }
                """),
            Map.of("key-a", "team-a", "key-old", "old", "key-trial", "trial"),
            () -> now);

    KeyTableTest() throws IOException {}

    @Test
    void aKeyIsGoodOrHasAReasonNotToBe() {
        assertThat(keys.find("Bearer key-a")).isEqualTo(new KeyTable.Found.Tenant("team-a"));
        assertThat(keys.find(null)).isEqualTo(new KeyTable.Found.Nobody("missing"));
        assertThat(keys.find("key-a")).isEqualTo(new KeyTable.Found.Nobody("malformed"));
        assertThat(keys.find("Bearer stolen")).isEqualTo(new KeyTable.Found.Nobody("unknown"));
        assertThat(keys.find("Bearer key-old")).isEqualTo(new KeyTable.Found.Nobody("revoked"));
    }

    @Test
    void aKeyEndsAtItsVeryInstant() {
        assertThat(keys.find("Bearer key-trial")).isEqualTo(new KeyTable.Found.Tenant("team-a"));

        now = now.plusSeconds(1);
        assertThat(keys.find("Bearer key-trial")).isEqualTo(new KeyTable.Found.Nobody("expired"));
    }
}
