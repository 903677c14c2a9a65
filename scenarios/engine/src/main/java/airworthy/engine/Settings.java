package airworthy.engine;

import airworthy.assembly.Installation;
import airworthy.assembly.Order;
import airworthy.format.SuiteFiles;
import java.nio.file.Path;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;

/**
 * What the configuration parameters say.
 *
 * @param parameters of the request
 */
record Settings(ConfigurationParameters parameters) {
    static final String PLATFORM = "airworthy.platform";
    static final String RUNS = "airworthy.runs";
    static final String SEED = "airworthy.seed";
    static final String TIME_SCALE = "airworthy.time-scale";
    static final String PLATFORM_CONFIG = "airworthy.platform-config";
    static final String PARALLEL = "airworthy.parallel.";

    /** How many scenarios may run at a time; locks hold back what would disturb each other. */
    private static final int SIDE_BY_SIDE = 4;

    private static final int EMBEDDED_TIME_SCALE = 30;

    Order order(SuiteFiles suite) {
        return new Order(
                parameters.get(PLATFORM).map(Path::of),
                parameters.get(PLATFORM_CONFIG).map(Path::of),
                suite,
                parameters.get(RUNS).map(Path::of).orElse(Path.of("runs")),
                parameters.get(SEED, Long::valueOf).orElse(1L),
                parameters.get(TIME_SCALE, Integer::valueOf).orElse(EMBEDDED_TIME_SCALE),
                new Installation(parameters.get(Installation.HOME).map(Path::of).orElse(Path.of("target", "app"))));
    }

    static ParallelExecutionConfiguration parallelism(ConfigurationParameters prefixed) {
        int threads = prefixed.get("threads", Integer::valueOf).orElse(SIDE_BY_SIDE);
        return new FixedThreads(threads);
    }

    /** A bound that holds: no thread is added for one that blocks. */
    private record FixedThreads(int threads) implements ParallelExecutionConfiguration {
        @Override
        public int getParallelism() {
            return threads;
        }

        @Override
        public int getMinimumRunnable() {
            return 0;
        }

        @Override
        public int getMaxPoolSize() {
            return threads;
        }

        @Override
        public int getCorePoolSize() {
            return threads;
        }

        @Override
        public int getKeepAliveSeconds() {
            return 10;
        }
    }
}
