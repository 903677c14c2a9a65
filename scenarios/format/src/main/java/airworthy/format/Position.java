package airworthy.format;

import java.util.Comparator;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1
 */
record Position(int line, int column) implements Comparable<Position> {
    /** The beginning of a file; also the place of what concerns a file as a whole. */
    static final Position START = new Position(1, 1);

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    /** The place of the character at an offset. */
    static Position in(String text, int offset) {
        String before = text.substring(0, offset);
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        return new Position(line, offset - before.lastIndexOf('\n'));
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
