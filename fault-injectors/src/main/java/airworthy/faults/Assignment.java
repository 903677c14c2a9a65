package airworthy.faults;

import airworthy.model.Fault;
import airworthy.model.Target;
import java.util.Optional;

/**
 * What a fault is planned for.
 *
 * @param fault what is to happen
 * @param target what it is to happen to
 * @param load what is sent to the target meanwhile, if anything is
 * @param mark marks what we make as ours, without telling what it is for
 */
public record Assignment(Fault fault, Target target, Optional<UsualLoad> load, RunMark mark) {

    /**
     * The load under which a scenario runs, as it will be in this run.
     *
     * @param stream the name of the target's stream
     * @param profile the load profile
     * @param perSecond requests scheduled per second
     * @param leastTokens the fewest tokens that one request and its answer use
     */
    public record UsualLoad(String stream, String profile, double perSecond, int leastTokens) {

        /** Load whose tokens nobody counts. */
        public UsualLoad(String stream, String profile, double perSecond) {
            this(stream, profile, perSecond, 1);
        }
    }
}
