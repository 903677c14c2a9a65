package airworthy.cli;

import java.io.Console;

/** What standard output is connected to. */
final class Terminals {
    private Terminals() {}

    /** Whether a person sees the output as it is printed. */
    static boolean interactive() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    /** Whether colour is wanted: on a terminal, unless NO_COLOR says otherwise (no-color.org). */
    static boolean colour() {
        return interactive() && System.getenv("NO_COLOR") == null;
    }
}
