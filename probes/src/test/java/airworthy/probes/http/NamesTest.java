package airworthy.probes.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    private final Names names = new Names(Map.of(
            "runbooks.monitoring", "127.33.0.1:8090",
            "prometheus", "127.33.0.2",
            "prometheus:9091", "127.33.0.3:19091"));

    @ParameterizedTest
    @CsvSource({
        "http://runbooks.monitoring/a/b?c=d, http://127.33.0.1:8090/a/b?c=d",
        "http://runbooks.monitoring:80/a,    http://127.33.0.1:8090/a",
        "http://prometheus:9090/x,           http://127.33.0.2:9090/x",
        "http://prometheus:9091/x,           http://127.33.0.3:19091/x",
        "http://elsewhere:9090/x,            http://elsewhere:9090/x",
        "mailto:sre@example.com,             mailto:sre@example.com"
    })
    void rewritesOnlyWhatIsListed(URI asked, URI reached) {
        assertThat(names.reachable(asked)).isEqualTo(reached);
    }
}
