package airworthy.format;

import airworthy.model.Event;
import airworthy.model.Suite;
import java.util.List;

/**
 * A suite, and the very texts that it was read from, for the journal.
 *
 * @param suite the scenarios
 * @param files the text of each scenario, in the order of the suite
 */
public record SuiteFiles(Suite suite, List<Event.Embedded> files) {
    public SuiteFiles {
        files = List.copyOf(files);
        if (files.size() != suite.scenarios().size()) {
            throw new IllegalArgumentException("each scenario has one text");
        }
    }
}
