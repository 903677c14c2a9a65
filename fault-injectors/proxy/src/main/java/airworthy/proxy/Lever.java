package airworthy.proxy;

import airworthy.levers.Range;
import java.util.Optional;

/** What the admin API can set. */
enum Lever implements airworthy.levers.Lever {
    TOKEN_DELAY_FACTOR("tokenDelayFactor", 1, 1, 10_000, "how many times as long the gaps between events become"),
    TOKEN_GAP_MS("tokenGapMs", 0, 0, 600_000, "the gap that is multiplied; 0 is the one measured"),
    FIRST_TOKEN_DELAY_MS("firstTokenDelayMs", 0, 0, 600_000, "how much later the first event comes"),
    HANG_AFTER_EVENTS("hangAfterEvents", 0, 0, 1_000_000, "nothing comes after so many events; 0 is off"),
    CUT_AFTER_EVENTS("cutAfterEvents", 0, 0, 1_000_000, "the connection ends after so many events; 0 is off"),
    CUT_BY_RESET("cutByReset", 0, 0, 1, "1: it ends by a TCP reset; 0: it is closed before its last chunk"),
    ERROR_STATUS("errorStatus", 0, 0, 599, "requests are answered by this status, 500, 503 or 429; 0 is off"),
    ERROR_SHARE("errorShare", 1, 0, 1, "the share of requests that errorStatus answers"),
    IN_BAND_ERROR_AFTER_EVENTS("inBandErrorAfterEvents", 0, 0, 1_000_000, "an error comes as an event; 0 is off"),
    WRONG_ANSWER("wrongAnswer", 0, 0, 1, "1: the words of answers are others, of the same length"),
    DOWNLOAD_KEEP_PERCENT("downloadKeepPercent", 100, 0, 100, "how much of an artefact still comes"),
    DOWNLOAD_FLIPPED_BITS("downloadFlippedBits", 0, 0, 1_000_000, "so many bits of an artefact are others"),
    DOWNLOAD_FLIP_TENSORS_ONLY("downloadFlipTensorsOnly", 0, 0, 1, "1: they lie behind the head of a tensor file"),
    DOWNLOAD_MISSING("downloadMissing", 0, 0, 1, "1: an artefact is not there"),
    DOWNLOAD_OTHER_DIGEST("downloadOtherDigest", 0, 0, 1, "1: the digest that the store tells is another"),
    DOWNLOAD_BYTES_PER_SECOND("downloadBytesPerSecond", 0, 0, 1e12, "how fast an artefact comes; 0 is as it comes"),
    DOWNLOAD_TIMES_AS_LONG("downloadTimesAsLong", 1, 1, 10_000, "how many times as long an artefact takes");

    private final String key;
    private final double rest;
    private final double least;
    private final double most;
    private final String effect;

    Lever(String key, double rest, double least, double most, String effect) {
        this.key = key;
        this.rest = rest;
        this.least = least;
        this.most = most;
        this.effect = effect;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public double rest() {
        return rest;
    }

    @Override
    public Optional<String> refusal(double value) {
        Range range = new Range(least, most, effect);
        return this == ERROR_STATUS && !isErrorStatus(value) ? range.told(key, value) : range.refusal(key, value);
    }

    private static boolean isErrorStatus(double value) {
        return value == 0 || value == 429 || value == 500 || value == 503;
    }
}
