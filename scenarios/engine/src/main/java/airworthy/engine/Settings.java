package airworthy.engine;

import airworthy.assembly.Installation;
import airworthy.assembly.Order;
import airworthy.assembly.PlatformChoice;
import airworthy.format.SuiteFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;

/**
 * What the configuration parameters say.
 *
 * @param parameters of the request
 */
record Settings(ConfigurationParameters parameters) {
    static final String PLATFORM = "airworthy.platform";
    static final String TARGET = "airworthy.target";
    static final String RUNS = "airworthy.runs";
    static final String SEED = "airworthy.seed";
    static final String CONTROL = "airworthy.control";
    static final String TIME_SCALE = "airworthy.time-scale";
    static final String PLATFORM_CONFIG = "airworthy.platform-config";
    static final String PARALLEL = "airworthy.parallel.";

    private static final String SIMULATED = "simulated";
    private static final String K3S = "k3s";

    /** How many scenarios may run at a time; locks hold back what would disturb each other. */
    private static final int SIDE_BY_SIDE = 4;

    private static final int SIMULATED_TIME_SCALE = 30;

    /** Nobody compresses what a kubelet takes to start a container, and node, load and harness share the machine. */
    private static final int K3S_TIME_SCALE = 20;

    Order order(SuiteFiles suite) {
        return new Order(
                platform(),
                suite,
                parameters.get(RUNS).map(Path::of).orElse(Path.of("runs")),
                seed(),
                parameters.getBoolean(CONTROL).orElse(false) ? Order.Kind.CONTROL : Order.Kind.ASSESSMENT,
                new Installation(parameters.get(Installation.HOME).map(Path::of).orElse(Path.of("target", "app"))));
    }

    private PlatformChoice platform() {
        Optional<Path> named = parameters.get(PLATFORM).map(Path::of);
        if (named.isPresent()) {
            return new PlatformChoice.Named(named.get());
        }
        Optional<Path> config = parameters.get(PLATFORM_CONFIG).map(Path::of);
        Optional<Integer> timeScale = parameters.get(TIME_SCALE, Integer::valueOf);
        String target = parameters.get(TARGET).orElse(SIMULATED);
        return switch (target) {
            case SIMULATED -> new PlatformChoice.Simulated(timeScale.orElse(SIMULATED_TIME_SCALE), seed(), config);
            case K3S -> new PlatformChoice.K3s(timeScale.orElse(K3S_TIME_SCALE), config);
            default ->
                throw new IllegalArgumentException(
                        TARGET + ": found " + target + ", expected " + SIMULATED + " or " + K3S);
        };
    }

    private long seed() {
        return parameters.get(SEED, Long::valueOf).orElse(1L);
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
