package airworthy.cli;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static airworthy.model.Severity.CRITICAL;
import static airworthy.model.Severity.HIGH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import airworthy.model.Grade;
import airworthy.model.Scorecard;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExitCodeTest {
    static List<Arguments> cards() {
        return List.of(
                arguments("ready", Cards.scored(true, Grade.A, CRITICAL, MET), 0),
                arguments("the gate itself is passed", Cards.scored(true, Grade.B, CRITICAL, MET), 0),
                arguments("unknown is no failure", Cards.scored(true, Grade.A, CRITICAL, UNKNOWN), 0),
                arguments("a lesser miss is the score's business", Cards.scored(true, Grade.B, HIGH, NOT_MET), 0),
                arguments("below the gate", Cards.scored(true, Grade.C, HIGH, MET), 1),
                arguments("far below the gate", Cards.scored(true, Grade.F, HIGH, MET), 1),
                arguments("a critical miss outweighs the grade", Cards.scored(true, Grade.A, CRITICAL, NOT_MET), 1),
                arguments("inconclusive", Cards.inconclusive(true, CRITICAL, MET), 3),
                arguments("inconclusive with a lesser miss", Cards.inconclusive(true, HIGH, NOT_MET), 3),
                arguments(
                        "a critical miss is told however little is known",
                        Cards.inconclusive(true, CRITICAL, NOT_MET),
                        1),
                arguments("a control run that raised nothing", Cards.control(true, CRITICAL, MET), 0),
                arguments("a control run that raised something", Cards.control(true, HIGH, NOT_MET), 1),
                arguments("a control run that could not tell", Cards.control(true, HIGH, UNKNOWN), 3),
                arguments("a control run that was not restored", Cards.control(false, HIGH, MET), 4),
                arguments("not restored outweighs a good grade", Cards.scored(false, Grade.A, CRITICAL, MET), 4),
                arguments("not restored outweighs a critical miss", Cards.scored(false, Grade.F, CRITICAL, NOT_MET), 4),
                arguments("not restored outweighs inconclusive", Cards.inconclusive(false, HIGH, MET), 4));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("cards")
    void aCardComesTo(String name, Scorecard card, int code) {
        assertThat(ExitCode.of(card).code()).as(name).isEqualTo(code);
    }

    @Test
    void noTwoMeaningsShareACode() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code)).doesNotHaveDuplicates();
    }
}
