package airworthy.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Shows how an assessment goes on. Thread-safe. */
sealed interface ProgressView permits PlainProgress, LiveProgress {

    /** The view that fits where the output goes. */
    static ProgressView of(PrintWriter out) {
        if (!Terminals.interactive()) {
            return new PlainProgress(out, System::nanoTime);
        }
        LiveProgress live = new LiveProgress(out, System::nanoTime);
        Thread.ofVirtual().name("airworthy-progress").start(live::drawEverySecond);
        return live;
    }

    /** These scenarios are about to run. */
    void begin(List<String> scenarios);

    /** Something is done before the first scenario begins. */
    void preparing(String step);

    /** A scenario that has not begun takes so many seconds, about. */
    void expected(String scenario, double seconds);

    /** A scenario entered a phase. */
    void phase(String scenario, String phase);

    /** A scenario was judged. */
    void judged(String scenario, Map<String, String> answers);

    /** All is over. */
    void end();
}
