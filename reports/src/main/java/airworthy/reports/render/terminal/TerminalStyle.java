package airworthy.reports.render.terminal;

import airworthy.model.Outcome;

/**
 * How text may be dressed. Every mark is a word, so that nothing is lost without colour.
 *
 * @param colour whether ANSI colours are understood
 */
public record TerminalStyle(boolean colour) {
    private static final String PLAIN = "\u001b[0m";

    String bold(String text) {
        return dressed("1", text);
    }

    String warning(String text) {
        return dressed("1;33", text);
    }

    String of(Outcome outcome, String text) {
        return switch (outcome) {
            case MET -> dressed("32", text);
            case NOT_MET -> dressed("1;31", text);
            case UNKNOWN -> dressed("33", text);
            case NOT_APPLICABLE -> dressed("2", text);
        };
    }

    private String dressed(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + PLAIN : text;
    }
}
