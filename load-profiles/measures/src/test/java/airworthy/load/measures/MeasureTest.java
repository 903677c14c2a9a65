package airworthy.load.measures;

import static airworthy.load.measures.Requests.answered;
import static airworthy.load.measures.Requests.milliseconds;
import static airworthy.load.measures.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import org.junit.jupiter.api.Test;

/** Each formula of load-profiles/README.md, on streams whose figures can be worked out by hand. */
class MeasureTest {

    @Test
    void whatTheServerTookBeginsAtTheWriteAndWhatTheUserWaitedWhereItWasIntended() {
        assertThat(milliseconds(Measure.HEADERS, answered())).containsExactly(1L);
        assertThat(milliseconds(Measure.FIRST_TOKEN, answered())).containsExactly(40L);
        assertThat(milliseconds(Measure.FIRST_TOKEN_FROM_INTENDED, answered())).containsExactly(42L);
        assertThat(milliseconds(Measure.ANSWER, answered())).containsExactly(89L);
        assertThat(milliseconds(Measure.ANSWER_FROM_INTENDED, answered())).containsExactly(91L);
    }

    @Test
    void gapsAreBetweenEventsAndTimeATokenByTheServersOwnCount() {
        assertThat(milliseconds(Measure.GAP, answered())).containsExactly(8L, 40L);
        assertThat(milliseconds(Measure.LONGEST_STALL, answered())).containsExactly(40L);
        // (1090 - 1042) / (4 - 1), though there were only two gaps
        assertThat(milliseconds(Measure.TOKEN_TIME, answered())).containsExactly(16L);
    }

    @Test
    void withoutTheServersCountNobodyKnowsTheTimeAToken() {
        RequestRecord silent = request(RequestOutcome.OK, 0, 1, 50, -1, 10, 20, 30);
        assertThat(Measure.TOKEN_TIME.of(silent)).isEmpty();
        assertThat(Measure.GAP.of(silent)).hasSize(2);
    }

    @Test
    void anAnswerThatBrokeOffLeavesACensoredGapAndNoWholeAnswer() {
        RequestRecord cut = request(RequestOutcome.CUT, 0, 1, 500, -1, 10, 20);
        assertThat(milliseconds(Measure.OPEN_GAP, cut)).containsExactly(480L);
        assertThat(milliseconds(Measure.GAP, cut)).containsExactly(10L);
        assertThat(Measure.ANSWER.of(cut)).isEmpty();
        assertThat(Measure.OPEN_GAP.of(answered())).isEmpty();
    }

    @Test
    void whatWasNeverSentHasNoTimes() {
        RequestRecord skipped = request(RequestOutcome.SKIPPED_BY_CAP, 0, 0, 0, -1);
        for (Measure measure : Measure.values()) {
            assertThat(measure.of(skipped)).as(measure.id()).isEmpty();
        }
    }
}
