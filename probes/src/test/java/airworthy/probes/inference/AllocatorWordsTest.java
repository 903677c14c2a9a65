package airworthy.probes.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocatorWordsTest {
    private static final String LINE =
            "ERROR torch.OutOfMemoryError: CUDA out of memory. Tried to allocate %s. GPU 0 has a total capacity of"
                    + " 79.65 GiB of which 32.00 MiB is free. Including non-PyTorch memory, this process has 79.62 GiB"
                    + " memory in use. Of the allocated memory 48.07 GiB is allocated by PyTorch, with 106.00 MiB"
                    + " allocated in private pools (e.g., CUDA Graphs), and %s is reserved by PyTorch but unallocated.";

    @ParameterizedTest
    @CsvSource({
        "128.00 MiB, 31.03 GiB, true",
        "128.00 MiB, 128.00 MiB, true",
        "128.00 MiB, 64.00 MiB, false",
        "1.16 GiB, 18.97 MiB, false",
        "512.00 KiB, 512 bytes, false"
    })
    void whatIsFreeIsHeldAgainstWhatWasAsked(String tried, String unallocated, boolean inPieces) {
        assertThat(AllocatorWords.last(LINE.formatted(tried, unallocated)))
                .hasValueSatisfying(words -> assertThat(words.inPieces()).isEqualTo(inPieces));
    }

    @Test
    void theLastFailureCounts() {
        String log = "serving chat\n" + LINE.formatted("1.00 GiB", "2.00 GiB") + "\n"
                + LINE.formatted("128.00 MiB", "64.00 MiB") + "\n" + "GET /health 503\n";

        assertThat(AllocatorWords.last(log)).hasValueSatisfying(words -> {
            assertThat(words.triedBytes()).isEqualTo(128L << 20);
            assertThat(words.unallocatedBytes()).isEqualTo(64L << 20);
        });
    }

    @Test
    void aLogWithoutAFailureTellsNothing() {
        assertThat(AllocatorWords.last("serving chat\n")).isEmpty();
    }
}
