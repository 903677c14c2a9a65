package airworthy.assembly;

import airworthy.model.Change;
import airworthy.model.Contrast;
import airworthy.model.PlatformProfile;
import airworthy.model.Scenario;
import airworthy.runner.Preparation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
                for (Change change : ready.changes()) {
                    lines.add("  will      " + change.describe());
                }
                lines.add("  keeps     at most " + ready.planned().devices() + " accelerators from others");
                scenario.load()
                        .ifPresent(load -> lines.add("  sends     load profile " + load.profile() + " at "
                                + load.perSecond() + "/s or more, half of it to each bystander"));
                if (ready.tokens() > 0) {
                    lines.add(String.format(
                            Locale.ROOT,
                            "  spends    at most %,d tokens; allow.maxTokens is %,d for the whole run",
                            ready.tokens(),
                            profile.consent().maxTokens()));
                }
                lines.add("  lasts     at most "
                        + scenario.phases()
                                .baseline()
                                .multipliedBy(2)
                                .plus(scenario.phases().hold())
                                .plus(scenario.phases().heal())
                                .plus(scenario.contrast().map(Contrast::hold).orElse(Duration.ZERO))
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

    /** For people: what these may spend together, where they send anything. Consent is for all of them. */
    public static List<String> together(List<PlannedScenario> planned) {
        long tokens = planned.stream()
                .mapToLong(each -> each.preparation() instanceof Preparation.Ready ready ? ready.tokens() : 0)
                .sum();
        if (tokens == 0) {
            return List.of();
        }
        long allowed = planned.getFirst().profile().consent().maxTokens();
        return List.of(String.format(
                Locale.ROOT,
                "together  at most %,d tokens; allow.maxTokens is %,d%s",
                tokens,
                allowed,
                tokens > allowed ? ": what would go beyond it will not be run" : ""));
    }
}
