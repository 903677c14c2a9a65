package airworthy.mocks.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
            names = "--until-stdin-closes",
            description =
                    "On SIGINT and SIGTERM serve on until standard input closes, so that a parent can heal first.")
    private boolean untilStdinCloses;

    @Spec
    private @Nullable CommandSpec spec;

    private final CountDownLatch inputClosed = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException {
        ConfigDirectory folder = config == null ? ConfigDirectory.installed() : new ConfigDirectory(config);
        try (AddressBlock.Reservation addresses =
                        block == null ? AddressBlock.reserveFirstFree() : new AddressBlock(block).reserve();
                SimulatedPlatform platform = SimulatedPlatform.start(
                        new PlatformOptions(folder, state, addresses.block(), timeScale, seed))) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::awaitParent));
            announce(platform);
            awaitEndOfInput();
        } finally {
            inputClosed.countDown();
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

    private static void awaitEndOfInput() throws IOException {
        InputStream in = System.in;
        byte[] ignored = new byte[1024];
        while (in.read(ignored) >= 0) {
            // What is typed says nothing; the end of input is the signal.
        }
    }

    /** Threads go on while a shutdown hook waits, so the platform goes on serving. */
    private void awaitParent() {
        if (untilStdinCloses) {
            try {
                inputClosed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
