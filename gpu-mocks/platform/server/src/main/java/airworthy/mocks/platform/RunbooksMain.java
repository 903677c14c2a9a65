package airworthy.mocks.platform;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The pages that alerts point to, as the process of a pod. */
@Command(
        name = "runbooks",
        description = "Serves a folder of Markdown pages until it is told to end.",
        mixinStandardHelpOptions = true)
public final class RunbooksMain implements Callable<Integer> {

    @Option(names = "--folder", paramLabel = "DIR", required = true, description = "Where PAGE.md files are.")
    private Path folder = Path.of(".");

    @Option(names = "--port", defaultValue = "8090", description = "Where to listen; default: ${DEFAULT-VALUE}.")
    private int port;

    private RunbooksMain() {}

    /** Runs until SIGTERM. */
    public static void main(String... args) {
        System.exit(new CommandLine(new RunbooksMain()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        try (TextServer server = TextServer.start(
                "runbooks", new InetSocketAddress(port), Runbooks.CONTENT_TYPE, new Runbooks(folder))) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            told.await();
        }
        return 0;
    }
}
