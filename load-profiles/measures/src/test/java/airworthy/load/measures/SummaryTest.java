package airworthy.load.measures;

import static airworthy.load.measures.Requests.answered;
import static airworthy.load.measures.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import airworthy.model.RequestOutcome;
import airworthy.model.Slo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final LoadSummary summary = MeasuresTest.summary(measures());

    private static Measures measures() {
        Measures measures = new Measures(new Slo(Duration.ofMillis(450), Duration.ofMillis(40)));
        for (int i = 0; i < 1000; i++) {
            measures.add(answered());
        }
        measures.add(request(RequestOutcome.HTTP_429, 1000, 1002, 1003, -1));
        return measures;
    }

    @Test
    void theFileNamesEachFigureWithItsUnitAndLeavesOutNone() throws IOException {
        JsonNode json = new ObjectMapper().readTree(SummaryJson.write(summary));

        assertThat(json.path("formatVersion").asInt()).isEqualTo(1);
        assertThat(json.at("/ttftMs/p99").asDouble()).isCloseTo(40, within(0.1));
        assertThat(json.at("/ttftMs/p999").isNull()).isTrue();
        assertThat(json.at("/ttftFromIntendedMs/max").asDouble()).isCloseTo(42, within(0.1));
        assertThat(json.at("/gapMs/n").asLong()).isEqualTo(2000);
        assertThat(json.at("/requests/outcomes/http-429").asLong()).isEqualTo(1);
        assertThat(json.at("/goodput/ofScheduled").asDouble()).isCloseTo(1000 / 1001.0, within(1e-9));
        assertThat(json.at("/trust/verdict").asText()).isEqualTo("trusted");
        assertThat(json.at("/settings/seed").asLong()).isEqualTo(1);
        assertThat(json.at("/senders/0").toString())
                .isEqualTo("{\"where\":\"this machine\",\"clockAheadMs\":1.0E-5,\"clockErrorMs\":5.0E-6,"
                        + "\"clockDriftMs\":3.0,\"clockDriftErrorMs\":1.000005}");
    }

    @Test
    void theTerminalHasARowForEachMeasureThatWasMade() {
        assertThat(SummaryText.lines(summary))
                .anyMatch(line -> line.startsWith("1,001 requests scheduled at 20/s, 1,000 answered whole"))
                .anyMatch(line -> line.matches("first token +40\\.0. +40\\.0. +40\\.0. +- +40\\.0. +1,000"))
                .noneMatch(line -> line.startsWith("open gap"))
                .contains("1 sender: clock known within 0.00 ms, drift at most 3.00 ms, known within 1.00 ms")
                .contains("client: TRUSTED");
        assertThat(SummaryText.lines(summary)).allMatch(line -> line.length() <= 100);
    }
}
