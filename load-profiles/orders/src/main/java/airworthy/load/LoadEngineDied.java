package airworthy.load;

import java.io.IOException;
import java.util.List;

/** The load JVM ended before it was told to. */
public final class LoadEngineDied extends IOException {

    private final List<String> lastWords;

    /**
     * @param how how it ended
     * @param lastWords the last lines of its standard error
     */
    public LoadEngineDied(String how, List<String> lastWords) {
        super("the load JVM %s before it was told to end; its last lines were:%n%s"
                .formatted(how, lastWords.isEmpty() ? "(none)" : String.join(System.lineSeparator(), lastWords)));
        this.lastWords = List.copyOf(lastWords);
    }

    /** Returns the last lines of its standard error. */
    public List<String> lastWords() {
        return lastWords;
    }
}
