package airworthy.mocks.k3s;

import airworthy.mocks.platform.ConfigDirectory;
import airworthy.mocks.platform.ParentPipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code airworthy platform up --on k3s}. */
@Command(
        name = "airworthy platform up --on k3s",
        description = {
            "Starts a real Kubernetes node in a container and the AI platform on it: real Prometheus and Alertmanager,"
                    + " fake accelerators. Writes kubeconfig, platform.yaml and keys into the state folder.",
            "Serves until standard input closes, or until SIGINT or SIGTERM; then the node is removed."
        },
        mixinStandardHelpOptions = true)
public final class K3sMain implements Callable<Integer> {
    private static final int BAD_INPUT = 2;

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
            description = "Divides scrape, rule and notification durations, never streams; at most 30; default:"
                    + " ${DEFAULT-VALUE}.",
            defaultValue = "20")
    private int timeScale;

    @Option(
            names = "--node-image",
            paramLabel = "IMAGE",
            description = "Image of the node: rancher/k3s, or one that keeps its contract; default: ${DEFAULT-VALUE}.",
            defaultValue = "${env:AIRWORTHY_K3S_IMAGE:-rancher/k3s:v1.36.3-k3s1}")
    private String nodeImage = "";

    @Option(
            names = "--pod-images",
            paramLabel = "TAR",
            description = "The archive of images that pods run; made by gpu-mocks/testbed/pod-images if not named.")
    private @Nullable Path podImages;

    @Option(names = "--testbed", paramLabel = "DIR", hidden = true, description = "Where the testbed's scripts are.")
    private Path testbed = Path.of("gpu-mocks", "testbed");

    @Option(
            names = "--app",
            paramLabel = "DIR",
            hidden = true,
            description = "The installation that images of our pods are made of.")
    private Path app = Path.of("target", "app");

    @Option(
            names = "--gateway-programs",
            paramLabel = "DIR",
            hidden = true,
            description = "Where the program is that makes the image of a gateway that is not ours.")
    private @Nullable Path gateway;

    @Option(
            names = "--until-stdin-closes",
            description =
                    "On SIGINT and SIGTERM serve on until standard input closes, so that a parent can heal first.")
    private boolean untilStdinCloses;

    @Spec
    private @Nullable CommandSpec spec;

    private K3sMain() {}

    /** Serves, and ends the JVM: 0 done, 2 something that the user can mend. */
    public static void main(String... args) {
        // The installation names its own folders first, and the user may name others.
        System.exit(new CommandLine(new K3sMain())
                .setOverwrittenOptionsAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        PrintWriter err = line.getErr();
        ConfigDirectory folder = config == null ? ConfigDirectory.installed() : new ConfigDirectory(config);
        Consumer<String> progress = step -> {
            err.println(step);
            err.flush();
        };
        try {
            List<Path> images = new ArrayList<>();
            images.add(podImages == null ? PodImages.make(testbed, app, progress) : podImages);
            if (gateway != null) {
                images.add(PodImages.ofGateway(gateway, app, progress));
            }
            try (K3sPlatform platform =
                    K3sPlatform.start(new K3sOptions(folder, nodeImage, images, state, timeScale), progress)) {
                announce(line.getOut(), platform);
                new ParentPipe().await(untilStdinCloses, platform::close);
                return 0;
            }
        } catch (CannotStartException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return BAD_INPUT;
        }
    }

    private static void announce(PrintWriter out, K3sPlatform platform) {
        platform.addresses().forEach((name, address) -> out.printf("%-13s %s%n", name, address));
        out.printf("%-13s %s%n", "kubeconfig", platform.state().resolve("kubeconfig"));
        out.printf("%-13s %s%n", "profile", platform.state().resolve("platform.yaml"));
        out.printf("READY %s%n", platform.state());
        out.flush();
    }
}
