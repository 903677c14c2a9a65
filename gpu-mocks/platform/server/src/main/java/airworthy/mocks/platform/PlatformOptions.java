package airworthy.mocks.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a platform is started.
 *
 * @param timeScale divides scrape, rule and notification durations; streams are never scaled
 * @param seed of names that the cluster generates
 * @param images of somebody else's making, which run as processes of their own
 * @param podsWithin how long to wait for one pod more to get ready; those that do not are how this platform is
 */
record PlatformOptions(
        ConfigDirectory config,
        Path state,
        AddressBlock block,
        int timeScale,
        long seed,
        List<ImageFiles> images,
        Duration podsWithin) {

    PlatformOptions {
        images = List.copyOf(images);
        if (timeScale < 1) {
            throw new IllegalArgumentException("--time-scale: found " + timeScale + ", expected at least 1");
        }
    }
}
