package airworthy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The admin API has the shape of the mocks' one, so that one actuator serves both. */
class AdminTest {

    @Test
    void aLeverMovesOnlyFromWhereItIsExpected() throws Exception {
        try (Stage stage = Stage.open()) {
            assertThat(stage.admin("GET", "/admin/levers/tokenDelayFactor", "").body())
                    .isEqualTo("{\"value\":1.0}");
            HttpResponse<String> moved =
                    stage.admin("PUT", "/admin/levers/tokenDelayFactor", "{\"value\": 20, \"expect\": 1.0}");
            assertThat(moved.statusCode()).isEqualTo(200);
            assertThat(moved.body()).isEqualTo("{\"value\":20.0}");
            HttpResponse<String> stale =
                    stage.admin("PUT", "/admin/levers/tokenDelayFactor", "{\"value\": 1, \"expect\": 2}");
            assertThat(stale.statusCode()).isEqualTo(409);
            assertThat(stale.body()).isEqualTo("{\"value\":20.0}");
            assertThat(stage.admin("GET", "/admin/levers", "").body()).contains("\"tokenDelayFactor\":20.0");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | tokenDelayFactor | {\"value\": 0.5} | 400 | from 1.0 to 10000.0",
                "PUT | errorStatus | {\"value\": 404} | 400 | 500, 503 or 429",
                "PUT | errorStatus | {\"value\": \"500\"} | 400 | NUMBER",
                "PUT | errorStatus | {\"val | 400 | JSON",
                "GET | speed | '' | 404 | tokenDelayFactor",
                "POST | errorStatus | {\"value\": 500} | 405 | GET or PUT",
            })
    void aWishThatCannotBeMetIsToldWhy(String method, String lever, String body, int status, String why)
            throws Exception {
        try (Stage stage = Stage.open()) {
            HttpResponse<String> answer = stage.admin(method, "/admin/levers/" + lever, body);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).contains(why);
        }
    }
}
