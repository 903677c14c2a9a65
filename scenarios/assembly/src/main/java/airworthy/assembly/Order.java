package airworthy.assembly;

import airworthy.format.SuiteFiles;
import java.nio.file.Path;

/**
 * What is to be assessed, and how.
 *
 * @param platform which platform
 * @param suite the suite that the card names
 * @param runs the folder below which the run gets its own
 * @param seed what every choice by chance is drawn from
 * @param kind whether faults are made
 * @param installation where load and platform JVMs are started from
 */
public record Order(
        PlatformChoice platform, SuiteFiles suite, Path runs, long seed, Kind kind, Installation installation) {
    /** Whether faults are made. */
    public enum Kind {
        ASSESSMENT,
        /** All is as in an assessment, and nothing is changed. */
        CONTROL
    }

    public Order {
        runs = runs.toAbsolutePath().normalize();
    }
}
