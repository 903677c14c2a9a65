package airworthy.cli;

import java.io.Console;
import java.util.Optional;

/** What standard output is connected to. */
final class Terminals {
    private Terminals() {}

    /** Whether a person sees the output as it is printed. */
    static boolean interactive() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                && !"dumb".equals(System.getenv("TERM"));
    }

    /** Whether colour is wanted: on a terminal, unless NO_COLOR says otherwise (no-color.org). */
    static boolean colour() {
        return interactive() && System.getenv("NO_COLOR") == null;
    }
}
