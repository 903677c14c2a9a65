package airworthy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final List<String> TWO = List.of("SRV-4 slow-tokens", "OWN-1 owner-chain");

    private final AtomicLong nanos = new AtomicLong(7_000_000_000L);
    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);

    private void after(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
    }

    @Test
    void plainLinesTellWhenWhatHappened() {
        PlainProgress plain = new PlainProgress(out, nanos::get);
        plain.begin(TWO);
        after(1.25);
        plain.phase("SRV-4 slow-tokens", "hold");
        after(10);
        plain.judged("SRV-4 slow-tokens", Map.of("route", "met", "detect", "not-met"));
        plain.end();

        assertThat(text.toString().lines())
                .containsExactly(
                        "   0.0 s  assessing: SRV-4 slow-tokens, OWN-1 owner-chain",
                        "   1.3 s  SRV-4 slow-tokens: hold",
                        "  11.3 s  SRV-4 slow-tokens: {detect=not-met, route=met}",
                        "  11.3 s  judging");
    }

    @Test
    void plainLinesHoldNoControlCharacters() {
        PlainProgress plain = new PlainProgress(out, nanos::get);
        plain.begin(TWO);
        plain.phase(TWO.getFirst(), "hold");
        plain.end();
        assertThat(text.toString()).doesNotContain("\u001b", "\r");
    }

    /** What stands on the screen once every cursor movement is carried out. */
    private List<String> screen() {
        List<String> lines = new ArrayList<>();
        int row = 0;
        for (String part : text.toString().split("(?<=\n)|(?=\u001b\\[\\d+A)", -1)) {
            String left = part;
            if (left.startsWith("\u001b[") && left.indexOf('A') > 0 && !left.startsWith("\u001b[2K")) {
                row -= Integer.parseInt(left.substring(2, left.indexOf('A')));
                left = left.substring(left.indexOf('A') + 1);
            }
            if (left.isEmpty()) {
                continue;
            }
            assertThat(left).startsWith("\u001b[2K").endsWith("\n");
            String shown = left.substring("\u001b[2K".length()).stripTrailing();
            if (row < lines.size()) {
                lines.set(row, shown);
            } else {
                lines.add(shown);
            }
            row++;
        }
        return lines;
    }

    @Test
    void liveLinesAreDrawnOverThemselvesOnePerScenario() {
        LiveProgress live = new LiveProgress(out, nanos::get);
        live.begin(TWO);
        assertThat(screen()).containsExactly(line(TWO.get(0), "waiting"), line(TWO.get(1), "waiting"));

        after(3);
        live.phase(TWO.get(0), "hold");
        assertThat(screen()).containsExactly(line(TWO.get(0), "hold      since 3 s"), line(TWO.get(1), "waiting"));

        live.judged(TWO.get(1), Map.of("withstand", "met", "attribute", "not-met", "detect", "unknown"));
        live.end();
        assertThat(screen())
                .containsExactly(
                        line(TWO.get(0), "hold      since 3 s"),
                        line(TWO.get(1), "withstand ✓  detect ?  attribute ✗  route -  contain -  recover -"));
    }

    @Test
    void aBarBelowTellsHowFarAllIsAndHowLongItStillTakes() {
        LiveProgress live = new LiveProgress(out, nanos::get);
        live.begin(TWO);
        live.expected(TWO.get(0), 30);
        live.expected(TWO.get(1), 0);
        assertThat(screen().getLast()).isEqualTo("░".repeat(30) + "   0 %");

        live.phase(TWO.get(0), "baseline");
        live.phase(TWO.get(1), "plan");
        live.judged(TWO.get(1), Map.of());
        after(6.75);
        live.phase(TWO.get(0), "hold");
        // 6.75 s and one of 31 s are done, in 6.75 s.
        assertThat(screen().getLast()).isEqualTo("█".repeat(7) + "░".repeat(23) + "  25 %, about 20 s left");

        after(100);
        live.phase(TWO.get(0), "observe");
        assertThat(screen().getLast()).as("still going on").contains(" 97 %");

        live.judged(TWO.get(0), Map.of());
        live.end();
        assertThat(screen().getLast()).isEqualTo("█".repeat(30) + " 100 %");
        assertThat(screen()).hasSize(3);
    }

    private static String line(String scenario, String text) {
        return scenario + " ".repeat(28 - scenario.length()) + " " + text;
    }
}
