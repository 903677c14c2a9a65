package airworthy.load.measures;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * What was asked, so that it can be asked again.
 *
 * @param version of this program
 * @param begun when the schedule began
 * @param endpoint base URL up to and including {@code /v1}
 * @param model the model that was asked for
 * @param profile the load profile's name or file
 * @param perSecond requests scheduled per second
 * @param duration for how long
 * @param seed of schedule and prompts
 */
public record LoadSettings(
        String version,
        Instant begun,
        URI endpoint,
        String model,
        String profile,
        double perSecond,
        Duration duration,
        long seed) {}
