package airworthy.assembly;

import airworthy.model.Change;
import airworthy.model.PlatformProfile;
import airworthy.model.Scenario;
import airworthy.runner.Preparation;
import java.util.ArrayList;
import java.util.List;

/**
 * What one scenario would do.
 *
 * @param scenario which
 * @param preparation what came of planning it
 * @param profile of the platform
 */
public record PlannedScenario(Scenario scenario, Preparation preparation, PlatformProfile profile) {

    /** For people: what is hit, read, changed, taken and sent, and how long it lasts. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(scenario.id() + "  " + scenario.title());
        if (scenario.audit()) {
            lines.add("  looks only; changes nothing");
            return lines;
        }
        switch (preparation) {
            case Preparation.Blocked(String why) -> lines.add("  cannot run: " + why);
            case Preparation.Ready ready -> {
                lines.add("  hits      " + ready.target().description());
                lines.add("  by        " + ready.planned().mechanism() + ", touching "
                        + ready.planned().touches().stream()
                                .map(layer -> layer.id())
                                .sorted()
                                .toList());
                for (Change change : ready.planned().changes()) {
                    lines.add("  will      " + change.describe());
                }
                lines.add("  holds     at most " + ready.planned().devices() + " accelerators of the harness's own");
                scenario.load()
                        .ifPresent(load -> lines.add("  sends     load profile " + load.profile() + " at "
                                + load.perSecond() + "/s or more, half of it to each bystander"));
                lines.add("  lasts     at most "
                        + scenario.phases()
                                .baseline()
                                .multipliedBy(2)
                                .plus(scenario.phases().hold())
                                .plus(scenario.phases().heal())
                                .dividedBy(profile.timeScale())
                                .toSeconds()
                        + " s and the platform's own intervals");
                lines.add("  may page  "
                        + (profile.consent().livePaging()
                                ? "receivers of the alert, really"
                                : "nobody: routes are read, not heard"));
            }
        }
        return lines;
    }
}
