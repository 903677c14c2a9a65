package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceAddressesTest {

    private final ServiceAddresses services = (namespace, service) -> switch (namespace + "/" + service) {
        case "models/store" -> List.of(new InetSocketAddress("127.32.1.1", 8081));
        case "team-a/chat" ->
            List.of(new InetSocketAddress("127.32.1.2", 8000), new InetSocketAddress("127.32.1.3", 8000));
        default -> List.of();
    };

    @ParameterizedTest
    @CsvSource({
        "http://store.models:80/a, http://127.32.1.1:8081/a",
        "http://store.models.svc:80, http://127.32.1.1:8081",
        "http://store.models.svc.cluster.local:80/a, http://127.32.1.1:8081/a",
        "http://chat:8000/v1, http://127.32.1.2:8000/v1",
        "http://store:80/, http://store:80/",
        "http://127.0.0.1:80/, http://127.0.0.1:80/"
    })
    void aServiceIsReachedUnderItsNameAndAnythingElseAsItIs(URI named, URI reached) {
        assertThat(services.reached(named, "team-a")).isEqualTo(reached);
    }

    @ParameterizedTest
    @CsvSource({
        "http://nobody.models:80, true",
        "http://nobody.models.svc:80/a, true",
        "http://store:80/, false",
        "http://a.b.example:80/, false",
        "http://127.0.0.1:80/, false"
    })
    void aNameWithANamespaceMayBeThatOfAServiceThatIsNotThereYet(URI named, boolean may) {
        assertThat(ServiceAddresses.mayName(named)).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store.models:80 | 127.32.1.1:8081",
                "chat:8000 | 127.32.1.2:8000,127.32.1.3:8000",
                "nobody.models:80 | nobody.models:80",
                "--upstream | --upstream",
                "2026-11-21T16:00:00Z | 2026-11-21T16:00:00Z",
                "x-airworthy-run: 7f3a | x-airworthy-run: 7f3a"
            })
    void anArgumentThatNamesAServiceGetsAllItsPods(String argument, String reached) {
        assertThat(services.reached(argument, "team-a")).isEqualTo(reached);
    }
}
