package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceNamesTest {

    private final ServiceNames names = new ServiceNames(new TreeMap<>(Map.of("runbooks.monitoring", "127.32.0.1")));

    @ParameterizedTest
    @CsvSource({
        "http://runbooks.monitoring:8090/page, http://127.32.0.1:8090/page",
        "http://runbooks.monitoring.svc:8090/, http://127.32.0.1:8090/",
        "http://runbooks.monitoring.svc.cluster.local:8090/, http://127.32.0.1:8090/",
        "http://127.32.1.2:8000/metrics, http://127.32.1.2:8000/metrics",
        "http://elsewhere.example:80/, http://elsewhere.example:80/"
    })
    void resolvesServicesAndLeavesTheRest(URI named, URI expected) {
        assertThat(names.apply(named)).isEqualTo(expected);
    }
}
