package airworthy.format;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Share;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormsTest {
    private static final List<String> NO_DURATIONS = List.of("", "5", "m5", "-5s", "5 s", "1.5s", "5s1m", "5d", "ms");

    @ParameterizedTest
    @CsvSource({
        "2m, 120000",
        "90s, 90000",
        "250ms, 250",
        "1h30m, 5400000",
        "1m5ms, 60005",
        "0s, 0",
        "1h1m1s1ms, 3661001"
    })
    void aDurationIsRead(String text, long millis) {
        assertThat(DurationText.parse(text)).contains(Duration.ofMillis(millis));
        assertThat(schema("duration").matcher(text).find()).isTrue();
    }

    @Test
    void whatIsNoDurationIsNotRead() {
        assertThat(NO_DURATIONS).allSatisfy(text -> {
            assertThat(DurationText.parse(text)).isEmpty();
            assertThat(schema("duration").matcher(text).find()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "120000, 2m",
        "90000, 1m30s",
        "250, 250ms",
        "0, 0s",
        "5400001, 1h30m1ms",
        "90000000, 25h",
        "-1500, -1s500ms"
    })
    void aDurationIsWrittenInTheShortestWay(long millis, String text) {
        assertThat(DurationText.print(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5%", "99.5%", "0%", "100%", "0.01%"})
    void aShareIsReadAndWrittenAlike(String text) {
        assertThat(ShareText.parse(text).map(Share::toString)).contains(text);
        assertThat(schema("share").matcher(text).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "%", "-5%", "101%", "100.1%", "5 %", "1e1%"})
    void whatIsNoShareIsNotRead(String text) {
        assertThat(ShareText.parse(text)).isEmpty();
        assertThat(schema("share").matcher(text).find()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"5/s, 5", "0.5/s, 0.5"})
    void aRateIsReadAndWrittenAlike(String text, double perSecond) {
        assertThat(RateText.parse(text)).contains(perSecond);
        assertThat(RateText.print(perSecond)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5/m", "-1/s", "0/s", "0.0/s", "/s"})
    void whatIsNoRateIsNotRead(String text) {
        assertThat(RateText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"expct, expect", "Expect, expect", "recieve, receive", "detetc, detect"})
    void aMistypedWordIsGuessed(String typed, String meant) {
        assertThat(Nearest.to(typed, List.of("expect", "receive", "detect", "load")))
                .contains(meant);
    }

    @Test
    void aWordThatIsLikeNoneIsNotGuessed() {
        assertThat(Nearest.to("banana", List.of("expect", "load"))).isEmpty();
    }

    private static Pattern schema(String definition) {
        JsonNode pattern = SchemaSource.at(SchemaCheck.SCENARIO, "/$defs/" + definition + "/pattern");
        return Pattern.compile(pattern.textValue());
    }
}
