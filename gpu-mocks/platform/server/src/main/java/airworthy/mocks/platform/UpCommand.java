package airworthy.mocks.platform;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a platform and serves until standard input closes, or until it is told to end. */
@Command(
        name = "up",
        description = {
            "Starts a simulated platform and writes kubeconfig, platform.yaml and keys into the state folder.",
            "Serves until standard input closes, or until SIGINT or SIGTERM."
        },
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Configuration of the platform; default: the installed one.")
    private @Nullable Path config;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where to write; default: ${DEFAULT-VALUE}.",
            defaultValue = "platform-state")
    private Path state = Path.of("platform-state");

    @Option(
            names = "--time-scale",
            paramLabel = "N",
            description = "Divides scrape, rule and notification durations, never streams; default: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int timeScale;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of generated names; default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Option(names = "--block", paramLabel = "B", description = "Addresses 127.B.0.0/16; default: the first free.")
    private @Nullable Integer block;

    @Option(
            names = "--image",
            paramLabel = "NAME=FOLDER,CLASS",
            description = "An image that pods may run as a process of their own: its jars, and its entry point; or"
                    + " NAME=PROGRAM.")
    private List<String> images = List.of();

    @Option(
            names = "--pods-within",
            paramLabel = "SECONDS",
            description =
                    "How long to wait for one pod more to get ready; the first restart of one has to wait for 10 s."
                            + " Default: ${DEFAULT-VALUE}.",
            defaultValue = "12")
    private int podsWithin = 12;

    @Option(
            names = "--until-stdin-closes",
            description =
                    "On SIGINT and SIGTERM serve on until standard input closes, so that a parent can heal first.")
    private boolean untilStdinCloses;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ConfigDirectory folder = config == null ? ConfigDirectory.installed() : new ConfigDirectory(config);
        try (AddressBlock.Reservation addresses =
                        block == null ? AddressBlock.reserveFirstFree() : new AddressBlock(block).reserve();
                SimulatedPlatform platform = SimulatedPlatform.start(new PlatformOptions(
                        folder,
                        state,
                        addresses.block(),
                        timeScale,
                        seed,
                        images.stream().map(ImageFiles::parse).toList(),
                        Duration.ofSeconds(podsWithin)))) {
            announce(platform);
            new ParentPipe().await(untilStdinCloses, platform::close);
        }
        return 0;
    }

    private void announce(SimulatedPlatform platform) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        platform.addresses()
                .forEach((name, address) ->
                        out.printf("%-13s %s%n", name, address.toString().replaceFirst("/$", "")));
        Path folder = platform.state().path();
        out.printf("%-13s %s%n", "kubeconfig", folder.resolve("kubeconfig"));
        out.printf("%-13s %s%n", "profile", folder.resolve("platform.yaml"));
        out.printf("%-13s %s%n", "keys", folder.resolve("keys"));
        out.printf("READY %s%n", folder);
        out.flush();
    }
}
