package airworthy.load.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatRequestsTest {

    @Test
    void aRequestIsKnownAsOursByTheRunAndByNothingElse() {
        HttpHeaders headers = headers(Optional.of("7f3a"));

        assertThat(headers.get("x-airworthy-run")).isEqualTo("7f3a");
        assertThat(headers.toString()).doesNotContain("SRV-4");
    }

    @Test
    void withoutALabelARequestCarriesNone() {
        assertThat(headers(Optional.empty()).contains("x-airworthy-run")).isFalse();
    }

    private static HttpHeaders headers(Optional<String> runLabel) {
        Duration limit = Duration.ofSeconds(1);
        StreamOrder order = new StreamOrder(
                "SRV-4/chat",
                URI.create("http://127.0.0.1:1/v1"),
                "m",
                Optional.empty(),
                runLabel,
                Optional.empty(),
                1,
                1,
                "chat",
                new Timeouts(limit, limit, limit),
                1);
        return new ChatRequests(order).request("a prompt", 8).getHeaders();
    }
}
