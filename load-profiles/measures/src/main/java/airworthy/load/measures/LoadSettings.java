package airworthy.load.measures;

import airworthy.load.Demand;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * What was asked, so that it can be asked again.
 *
 * @param version of this program
 * @param begun when it began
 * @param source where the requests came from
 */
public record LoadSettings(String version, Instant begun, Source source) {

    /** Where requests come from. */
    public sealed interface Source {
        /** What it demanded, for people. */
        String words();
    }

    /**
     * A load profile's, at an endpoint.
     *
     * @param endpoint base URL up to and including {@code /v1}
     * @param model the model that was asked for
     * @param profile the load profile's name or file
     * @param demand how much was asked
     * @param duration for how long
     * @param seed of schedule and prompts
     */
    public record Profile(URI endpoint, String model, String profile, Demand demand, Duration duration, long seed)
            implements Source {
        @Override
        public String words() {
            return demand.words();
        }
    }

    /**
     * Somebody's own Gatling simulation, which says by itself where it asks, what and when.
     *
     * @param className its class
     */
    public record Simulation(String className) implements Source {
        @Override
        public String words() {
            return "by " + className.substring(className.lastIndexOf('.') + 1);
        }
    }
}
