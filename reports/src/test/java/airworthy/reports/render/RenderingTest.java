package airworthy.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Scorecard;
import airworthy.reports.render.allure.AllureResults;
import airworthy.reports.render.html.HtmlCard;
import airworthy.reports.render.json.JsonCard;
import airworthy.reports.render.junit.JunitReport;
import airworthy.reports.render.terminal.TerminalCard;
import airworthy.reports.render.terminal.TerminalStyle;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

class RenderingTest {
    private static final TerminalCard PLAIN = new TerminalCard(new TerminalStyle(false));

    static List<Scorecard> cards() {
        return List.of(Cards.good(), Cards.bad(), Cards.inconclusive());
    }

    @Test
    void theFirstLineSaysHowLongUsersWereHurt() {
        assertThat(PLAIN.render(Cards.good()).lines().findFirst())
                .contains("No user was seen to be hurt before somebody was told");
        assertThat(Headline.of(Cards.bad()))
                .isEqualTo("Users were hurt for 74.3 s (1,412 requests) before anybody was told; nobody was told in "
                        + "1 scenario that hurt users");
        assertThat(Headline.of(Cards.blind()))
                .isEqualTo("It is not known whether users were hurt before anybody was told");
        assertThat(Headline.of(Cards.inconclusive())).isEqualTo("Nobody was told in 1 scenario that hurt users");
    }

    @ParameterizedTest
    @MethodSource("cards")
    void noTerminalLineIsTooLongOrHoldsControlCharacters(Scorecard card) {
        assertThat(PLAIN.render(card).lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(100).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void theTerminalShowsMatrixGradeGapAndRemedy() {
        String text = PLAIN.render(Cards.bad());
        assertThat(text)
                .contains(Headline.SELF_TEST)
                .contains("suite v1-preview, 2 of 49 scenarios")
                .contains("time scale x30")
                .containsPattern("serving +met +NOT MET +- +- +- +- +3\\.9")
                .containsPattern("policy +- +- +- +- +- +- +inconclusive")
                .containsPattern("  SRV-4 +met +NOT MET")
                .contains("Overall 3.9 of 10, grade F (at least 0.0, at most 9.5)")
                .contains("remedy   Eject replicas")
                .contains("NOT RESTORED");
        assertThat(PLAIN.render(Cards.inconclusive())).contains("unknown  lapsed: the fault held and then did not");
    }

    @Test
    void colourIsUsedOnlyWhenAskedFor() {
        String coloured = new TerminalCard(new TerminalStyle(true)).render(Cards.bad());
        assertThat(coloured).contains("\u001b[");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(PLAIN.render(Cards.bad()));
    }

    @Test
    void theJsonCardHasItsKeysInOrderAndItsFiguresRounded() throws IOException {
        String text = new JsonCard().render(Cards.bad());
        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(names(json))
                .containsExactly(
                        "formatVersion",
                        "runId",
                        "seed",
                        "harnessVersion",
                        "suite",
                        "purpose",
                        "hurtBeforeTold",
                        "startedAt",
                        "durationSeconds",
                        "timeScale",
                        "platform",
                        "fidelity",
                        "overall",
                        "capabilities",
                        "scenarios",
                        "restored");
        assertThat(text).endsWith("}\n").contains("\n  \"runId\" : \"r-7\"");
        assertThat(json.at("/purpose").asText()).isEqualTo("self-test");
        assertThat(json.at("/hurtBeforeTold").toString())
                .isEqualTo("{\"worstSeconds\":74.25,\"medianSeconds\":8,\"requests\":1412,\"neverTold\":1}");
        assertThat(json.at("/overall").toString())
                .isEqualTo("{\"score\":3.97,\"atLeast\":0,\"atMost\":9.5,\"grade\":\"F\"}");
        assertThat(text).contains("\"atMost\" : 10,");
        assertThat(names(json.at("/capabilities/1/findings/1")))
                .containsExactly(
                        "scenario", "question", "check", "outcome", "message", "severity", "remedy", "evidence");
        assertThat(json.at("/capabilities/1/findings/1/outcome").asText()).isEqualTo("not-met");
        assertThat(json.at("/capabilities/1/findings/0/remedy").isNull()).isTrue();
        assertThat(names(json.at("/scenarios/0")))
                .containsExactly("id", "state", "injector", "landed", "quiet", "timeline", "routedTo", "load");
        assertThat(json.at("/scenarios/0/timeline/notified").toString())
                .isEqualTo("{\"msSinceOnset\":6512.3,\"errorMs\":0,\"source\":\"webhook\"}");
        assertThat(json.at("/scenarios/0/timeline/resolved").isNull()).isTrue();
        assertThat(json.at("/scenarios/0/load/ttftMs").toString())
                .isEqualTo("{\"n\":1700,\"p50\":40.123,\"p90\":44,\"p99\":null}");
        assertThat(json.at("/scenarios/0/load/outcomes/stall-timeout").asInt()).isEqualTo(10);
    }

    @Test
    void anInconclusiveCardHasNoScoreAndNoGrade() throws IOException {
        JsonNode json = new ObjectMapper().readTree(new JsonCard().render(Cards.inconclusive()));
        assertThat(json.at("/overall/score").isNull()).isTrue();
        assertThat(json.at("/overall/grade").isNull()).isTrue();
        assertThat(json.at("/overall/inconclusive").asText()).startsWith("no score for scheduling");
        assertThat(json.at("/scenarios/0/state").asText()).isEqualTo("invalid");
        assertThat(json.at("/scenarios/0/reason").asText()).startsWith("lapsed");
    }

    @Test
    void thePageEscapesWhatOthersSaidAndNeedsNothingElse() {
        String page = new HtmlCard().render(Cards.bad());
        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;")
                .doesNotContain("<script>alert")
                .doesNotContainPattern("(src|href)=\"(http|//)")
                .doesNotContain("@import")
                .contains(Headline.SELF_TEST)
                .contains("href=\"#SRV-4-detect\"")
                .contains("id=\"SRV-4-detect\"")
                .contains("\u00b1 500")
                .contains("Not restored");
        assertThat(new HtmlCard().render(Cards.good())).doesNotContain(Headline.SELF_TEST);
    }

    @Test
    void aGapIsAFailureAndAnUnknownIsAnError() throws Exception {
        Document bad = xml(new JunitReport().render(Cards.bad()));
        assertThat(bad.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
        assertThat(bad.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        assertThat(bad.getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(bad.getElementsByTagName("error").getLength()).isZero();
        assertThat(bad.getElementsByTagName("failure").item(0).getTextContent())
                .contains("remedy: Eject", "evidence: journal:123");
        Document unknown = xml(new JunitReport().render(Cards.inconclusive()));
        assertThat(unknown.getElementsByTagName("error").getLength()).isEqualTo(2);
        assertThat(unknown.getElementsByTagName("failure").getLength()).isZero();
    }

    @Test
    void allureKeepsAFindingsHistoryOverRuns() throws IOException {
        SortedMap<String, String> files = new AllureResults().render(Cards.bad());
        assertThat(files).hasSize(4);
        List<JsonNode> results = new ArrayList<>();
        for (String text : files.values()) {
            results.add(new ObjectMapper().readTree(text));
        }
        assertThat(results)
                .extracting(result -> result.at("/status").asText())
                .containsExactlyInAnyOrder("passed", "passed", "failed", "failed");
        assertThat(results)
                .extracting(result -> result.at("/historyId").asText())
                .doesNotHaveDuplicates();
        for (JsonNode result : results) {
            assertThat(new AllureResults().render(Cards.inconclusive()).values())
                    .anySatisfy(text ->
                            assertThat(text).contains(result.at("/historyId").asText()));
        }
        assertThat(files.keySet()).allSatisfy(name -> assertThat(name).matches("[0-9a-f-]+-result\\.json"));
    }

    @ParameterizedTest
    @MethodSource("cards")
    void renderingTwiceGivesTheSameBytes(Scorecard card) {
        assertThat(new JsonCard().render(card)).isEqualTo(new JsonCard().render(card));
        assertThat(new HtmlCard().render(card)).isEqualTo(new HtmlCard().render(card));
        assertThat(new JunitReport().render(card)).isEqualTo(new JunitReport().render(card));
        assertThat(new AllureResults().render(card)).isEqualTo(new AllureResults().render(card));
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
