package airworthy.mocks.platform;

import java.nio.file.Path;

/**
 * How a platform is started.
 *
 * @param timeScale divides scrape, rule and notification durations; streams are never scaled
 * @param seed of names that the cluster generates
 */
record PlatformOptions(ConfigDirectory config, Path state, AddressBlock block, int timeScale, long seed) {

    PlatformOptions {
        if (timeScale < 1) {
            throw new IllegalArgumentException("--time-scale: found " + timeScale + ", expected at least 1");
        }
    }
}
