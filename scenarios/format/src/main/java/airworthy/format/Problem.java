package airworthy.format;

import java.util.Comparator;

/**
 * One thing that is wrong with a file, for the person who wrote it.
 *
 * @param file as the user gave it
 * @param line from 1; 0 if no place in the file is to blame
 * @param column from 1; 0 if no place in the file is to blame
 * @param path the way to the value, for example {@code expect.detect.within}; empty for the file as a whole
 * @param found what is there; never a secret
 * @param expected what ought to be there
 */
public record Problem(String file, int line, int column, String path, String found, String expected) {
    static final Comparator<Problem> BY_PLACE =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    static Problem at(String file, Position position, String path, String found, String expected) {
        return new Problem(file, position.line(), position.column(), path, found, expected);
    }

    /** {@code file:line:column: path: found X, expected Y}, which editors and terminals know how to open. */
    @Override
    public String toString() {
        return file
                + (line > 0 ? ":" + line + ":" + column : "")
                + (path.isEmpty() ? "" : ": " + path)
                + ": found " + found + ", expected " + expected;
    }
}
