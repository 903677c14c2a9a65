package airworthy.probes.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.probes.http.UnexpectedAnswerException;
import airworthy.probes.prometheus.ConfigText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who hears of what, by Alertmanager's own configuration in its old and new forms. */
class RoutingTest {

    private static Routing routing(String yaml) throws UnexpectedAnswerException {
        return Routing.of(ConfigText.parse(yaml));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "matchers: ['owner = \"x\"']       ; owner ; [x]",
                "matchers: ['owner=x']             ; owner ; [x]",
                "matchers: ['{owner=\"x\"}']       ; owner ; [x]",
                "matchers: ['owner =~ \"x|y\"']    ; owner ; [x, y]",
                "match: { owner: x }               ; owner ; [x]",
                "match_re: { owner: x|y }          ; owner ; [x, y]",
            })
    void aRouteTakesTheValuesThatItNames(String how, String label, String values) throws UnexpectedAnswerException {
        Routing routing = routing("route: { receiver: r, routes: [{ receiver: s, HOW }] }".replace("HOW", how));

        assertThat(routing.routes()).hasSize(1);
        assertThat(routing.routes().getFirst().receiver()).isEqualTo("s");
        assertThat(routing.routes().getFirst().values()).containsOnlyKeys(label);
        assertThat(routing.routes().getFirst().values().get(label)).hasToString(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"owner != \"x\"", "owner !~ \"x\"", "owner =~ \"x.*\"", "owner =~ \".+\""})
    void whatExcludesOrLeavesOpenNamesNobody(String matcher) throws UnexpectedAnswerException {
        Routing routing = routing(
                "route: { receiver: r, routes: [{ receiver: s, matchers: ['MATCHER'] }] }".replace("MATCHER", matcher));

        assertThat(routing.routes().getFirst().values()).isEmpty();
    }

    @Test
    void routesBelowHaveWhatTheirParentsAsk() throws UnexpectedAnswerException {
        Routing routing = routing("""
            route:
              receiver: all
              routes:
                - match: { team: ml }
                  receiver: ml
                  routes: [{ match: { severity: page } }]
            """);

        assertThat(routing.fallback()).contains("all");
        assertThat(routing.routes().getLast().receiver()).isEqualTo("ml");
        assertThat(routing.routes().getLast().values())
                .isEqualTo(Map.of("team", List.of("ml"), "severity", List.of("page")));
    }

    @Test
    void receiversTellWithWhatTheyTell() throws UnexpectedAnswerException {
        Routing routing = routing("""
            route: { receiver: a }
            receivers:
              - { name: a, slack_configs: [{ channel: "#x" }], pagerduty_configs: [{ routing_key: <secret> }] }
              - { name: b, webhook_configs: [{ url: "http://hook/" }] }
              - { name: "null" }
            """);

        assertThat(routing.receivers())
                .containsExactly(
                        new Routing.Receiver("a", List.of("slack", "pagerduty"), List.of()),
                        new Routing.Receiver("b", List.of("webhook"), List.of("http://hook/")),
                        new Routing.Receiver("null", List.of(), List.of()));
    }
}
