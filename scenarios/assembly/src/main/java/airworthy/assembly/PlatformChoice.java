package airworthy.assembly;

import java.nio.file.Path;
import java.util.Optional;

/** Which platform is assessed. */
public sealed interface PlatformChoice {

    /**
     * One that stands already.
     *
     * @param profile its platform.yaml
     */
    record Named(Path profile) implements PlatformChoice {}

    /**
     * The simulated one, in a process of its own for as long as the run lasts.
     *
     * @param timeScale its scrape and rule intervals are divided by it
     * @param seed of whatever it draws by chance
     * @param config its configuration, or empty for the one that ships
     */
    record Simulated(int timeScale, long seed, Optional<Path> config) implements PlatformChoice {}

    /**
     * A real cluster of one node in a container, with real Prometheus and Alertmanager, for as long as the run lasts.
     *
     * @param timeScale its scrape and rule intervals are divided by it
     * @param config the platform's configuration, or empty for the one that ships
     */
    record K3s(int timeScale, Optional<Path> config) implements PlatformChoice {}
}
