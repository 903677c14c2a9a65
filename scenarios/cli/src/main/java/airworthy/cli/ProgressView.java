package airworthy.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Shows how an assessment goes on. Thread-safe. */
sealed interface ProgressView permits PlainProgress, LiveProgress {

    /** The view that fits where the output goes. */
    static ProgressView of(PrintWriter out) {
        return Terminals.interactive()
                ? new LiveProgress(out, System::nanoTime)
                : new PlainProgress(out, System::nanoTime);
    }

    /** These scenarios are about to run. */
    void begin(List<String> scenarios);

    /** A scenario entered a phase. */
    void phase(String scenario, String phase);

    /** A scenario was judged. */
    void judged(String scenario, Map<String, String> answers);

    /** All is over. */
    void end();
}
