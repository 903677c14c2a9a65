package airworthy.runner;

import airworthy.load.LoadProfile;
import airworthy.load.LoadProfiles;
import airworthy.model.Change;
import airworthy.model.Contrast;
import airworthy.model.LoadPlan;
import airworthy.model.PlatformProfile;
import airworthy.model.Scenario;
import airworthy.model.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How many tokens the load of a scenario asks for: a bound that consent is held against before anything is sent. */
final class TokenPlan {
    private TokenPlan() {}

    /** The fewest tokens that one request of a load profile uses; one where the profile cannot be read. */
    static int least(String profile) {
        try {
            return LoadProfiles.named(profile).leastTokens();
        } catch (IOException e) {
            return 1; // the plan is refused by most(), which tells why
        }
    }

    /**
     * The most that everything sent from the warm-up to the tail, or to the contrast behind it, may ask for.
     *
     * @throws IOException if a load profile cannot be read
     */
    static long most(Scenario scenario, Target target, List<Change> changes, Preparation.Reads reads)
            throws IOException {
        Pace pace = new Pace(reads.profile().timeScale());
        double tokens = 0;
        Optional<LoadPlan> load = scenario.load();
        if (load.isPresent() && target.inference().isPresent()) {
            LoadProfile profile = LoadProfiles.named(load.get().profile());
            double perSecond = pace.perSecond(load.get(), scenario.phases());
            tokens += perSecond
                    * streams(target.inference().get(), reads.profile())
                    * seconds(lasting(scenario, perSecond, pace, reads))
                    * profile.mostTokens();
        }
        for (Change change : changes) {
            if (change instanceof Change.SendLoad more) {
                tokens += more.perSecond()
                        * seconds(pace.scaled(scenario.phases().hold()))
                        * LoadProfiles.named(more.profile()).mostTokens();
            }
        }
        return (long) Math.ceil(tokens);
    }

    /** One at the target; half of one at each bystander, and as much with the key of the model's usual tenant. */
    private static double streams(String inference, PlatformProfile profile) {
        return 1.5
                + profile.inference().stream()
                                .filter(served -> served.name().equals(inference))
                                .mapToLong(served ->
                                        profile.bystandersOf(served.workload()).size())
                                .sum()
                        / 2.0;
    }

    private static Duration lasting(Scenario scenario, double perSecond, Pace pace, Preparation.Reads reads) {
        Duration intervals = Duration.ofNanos(reads.survey().intervalsNs().values().stream()
                .mapToLong(Long::longValue)
                .sum());
        Duration healing = pace.scaled(scenario.phases().heal()).plus(intervals);
        Duration seen = pace.leastObservation(scenario, perSecond);
        return pace.scaled(Pace.WARM_UP)
                .plus(pace.scaled(scenario.phases().baseline()).multipliedBy(3).dividedBy(2))
                .plus(pace.scaled(scenario.phases().hold()))
                .plus(pace.scaled(scenario.contrast().map(Contrast::hold).orElse(Duration.ZERO)))
                .plus(healing.compareTo(seen) > 0 ? healing : seen);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
