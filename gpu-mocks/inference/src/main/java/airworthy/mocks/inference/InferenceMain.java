package airworthy.mocks.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A model server as the process of a pod. */
@Command(
        name = "mock-inference",
        description = "Serves one model over OpenAI's API until it is told to end.",
        mixinStandardHelpOptions = true)
public final class InferenceMain implements Callable<Integer> {

    /** What is written here stands in the container's status, where people look first. */
    private static final Path TERMINATION_LOG = Path.of("/dev/termination-log");

    @Mixin
    private InferenceOptions options = new InferenceOptions();

    @Option(
            names = "--pod-namespace",
            defaultValue = "${env:POD_NAMESPACE}",
            description = "Told to clients in x-inference-namespace; default: $POD_NAMESPACE.")
    private String namespace = "";

    @Option(
            names = "--pod-name",
            defaultValue = "${env:POD_NAME}",
            description = "Told to clients in x-inference-pod; default: $POD_NAME.")
    private String pod = "";

    private InferenceMain() {}

    /** Runs until SIGTERM. */
    public static void main(String... args) {
        System.exit(new CommandLine(new InferenceMain()).execute(args));
    }

    /** What the container was given, as CUDA programs learn it. */
    private static String accelerator() {
        return Optional.ofNullable(System.getenv("NVIDIA_VISIBLE_DEVICES"))
                .map(" on "::concat)
                .orElse("");
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ModelServer server =
                options.startAlone(new PodIdentity(namespace, pod), System.getenv(), InferenceMain::tell)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            tell("serving " + options.model() + " at " + server.uri() + accelerator());
            // until SIGTERM, unless it ends by itself
            String last = server.ended().toCompletableFuture().join();
            return ended(last, ModelServer.EXIT_CODE);
        } catch (StartFailure e) {
            return ended(e.text(), e.exitCode());
        }
    }

    private static void tell(String line) {
        System.out.println(line);
    }

    private static int ended(String words, int code) throws IOException {
        System.err.println(words);
        if (Files.isWritable(TERMINATION_LOG)) {
            Files.writeString(TERMINATION_LOG, words);
        }
        return code;
    }
}
