package airworthy.reports.judge;

import airworthy.model.History;
import airworthy.model.PlatformProfile;
import airworthy.model.Scenario;
import java.util.List;

/**
 * All that a judge reads.
 *
 * @param suite the scenarios present, in suite order
 * @param suiteName the suite's name, for the card
 * @param planned how many scenarios the finished suite holds
 * @param profile the profile embedded in the journal
 * @param history what happened
 */
public record JudgeInput(
        List<Scenario> suite, String suiteName, int planned, PlatformProfile profile, History history) {
    public JudgeInput {
        suite = List.copyOf(suite);
    }
}
