package airworthy.assembly;

import airworthy.format.SuiteFiles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be assessed, and how.
 *
 * @param profile the platform's profile, or empty for the simulated platform
 * @param platformConfig the simulated platform's configuration, or empty for the one that ships
 * @param suite the suite that the card names
 * @param runs the folder below which the run gets its own
 * @param seed what every choice by chance is drawn from
 * @param timeScale of the simulated platform; a profile states its own
 * @param installation where load and platform JVMs are started from
 */
public record Order(
        Optional<Path> profile,
        Optional<Path> platformConfig,
        SuiteFiles suite,
        Path runs,
        long seed,
        int timeScale,
        Installation installation) {
    public Order {
        runs = runs.toAbsolutePath().normalize();
    }
}
