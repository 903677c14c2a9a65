package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Fault;
import airworthy.model.Fault.CorruptDownload.Where;
import airworthy.model.Fault.SlowDownload.Pace;
import airworthy.probes.artefact.Download;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is seen of a cut one is in {@link DownloadWatchTest}. */
class DownloadsSeenTest {
    private static final Fault.Download TENSORS = new Fault.CorruptDownload(Where.TENSOR_DATA, 1);
    private static final Fault.Download SLOW = new Fault.SlowDownload(new Pace.TimesAsLong(5));
    private static final Download CONFIG = sent("/m/config.json", 7, false, 0);
    private static final Download WEIGHTS = sent("/m/w", 100, false, 0);
    private static final Download FLIPPED = sent("/m/w", 100, true, 1);

    @Test
    void flippedTensorsHoldBesideFilesThatHaveNone() {
        DownloadsSeen.Landing landing = seen(TENSORS, CONFIG, FLIPPED);

        assertThat(landing.holds()).isTrue();
        assertThat(landing.how()).contains("sent the 100 bytes of /m/w", "with bits turned over (1 bits)", "1 times");
    }

    @Test
    void whatHasNoTensorsIsNotHit() {
        DownloadsSeen.Landing landing = seen(TENSORS, CONFIG);

        assertThat(landing.holds()).isFalse();
        assertThat(landing.how()).contains("/m/config.json was sent whole", "none has tensors behind a head");
    }

    @Test
    void oneThatCameUnhurtAnotherTimeIsTheEndOfIt() {
        assertThat(seen(TENSORS, FLIPPED, WEIGHTS).holds()).isFalse();
    }

    @Test
    void anotherDigestHoldsOfTheSameBytes() {
        assertThat(seen(new Fault.WrongDigest(), sent("/m/w", 100, true, 0)).holds())
                .isTrue();
        assertThat(seen(new Fault.WrongDigest(), WEIGHTS).how()).contains("the store told no digest of any");
    }

    @Test
    void aMissingOneHoldsWhenItWasSaidNotToBeThere() {
        Download refused = new Download("/m/w", OptionalLong.of(100), 0, true, 0, 0, true);

        assertThat(seen(new Fault.MissingDownload(), refused).holds()).isTrue();
        assertThat(seen(new Fault.MissingDownload(), refused, WEIGHTS).holds()).isFalse();
    }

    @Test
    void aSlowOneHoldsWhileItIsUnderWay() {
        Download underWay = new Download("/m/w", OptionalLong.of(100), 10, true, 0, 1500, false);

        assertThat(seen(SLOW, underWay).holds()).isTrue();
        assertThat(seen(SLOW, underWay).how()).contains("10 bytes of /m/w", "held them back for 1.5 s, and is at it");
    }

    @Test
    void aSlowOneThatNobodyHeldBackIsNone() {
        assertThat(seen(SLOW, sent("/m/w", 100, true, 0)).holds()).isFalse();
        assertThat(seen(SLOW, WEIGHTS).how()).contains("as fast as the store gave it");
    }

    private static DownloadsSeen.Landing seen(Fault.Download fault, Download... fetched) {
        return new DownloadsSeen(List.of(fetched)).of(fault);
    }

    private static Download sent(String path, long bytes, boolean disturbed, long flipped) {
        return new Download(path, OptionalLong.of(bytes), bytes, disturbed, flipped, 0, true);
    }
}
