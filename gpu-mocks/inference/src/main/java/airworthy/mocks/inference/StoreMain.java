package airworthy.mocks.inference;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A model store as the process of a pod. */
@Command(
        name = "mock-model-store",
        description = "Serves model files until it is told to end.",
        mixinStandardHelpOptions = true)
public final class StoreMain implements Callable<Integer> {

    @Option(
            names = "--hold",
            paramLabel = "MODEL@REVISION",
            required = true,
            split = ",",
            description = "What it holds; what the files hold follows from their names and the seed.")
    private List<String> held = List.of();

    @Option(names = "--port", defaultValue = "8081", description = "Where to listen; default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--seed", defaultValue = "1", description = "Of what files hold; default: ${DEFAULT-VALUE}.")
    private long seed;

    private StoreMain() {}

    /** Runs until SIGTERM. */
    public static void main(String... args) {
        System.exit(new CommandLine(new StoreMain()).execute(args));
    }

    /**
     * Serves what such arguments say, at an address of the caller's.
     *
     * @throws IOException when they are not understood, or the address cannot be bound
     */
    public static ModelStore start(String host, List<String> args) throws IOException {
        try {
            StoreMain options = CommandLine.populateCommand(new StoreMain(), args.toArray(String[]::new));
            return options.start(new InetSocketAddress(host, options.port));
        } catch (CommandLine.ParameterException e) {
            throw new IOException("model store: " + e.getMessage(), e);
        }
    }

    private ModelStore start(InetSocketAddress bind) throws IOException {
        return ModelStore.start(bind, held, seed);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        try (ModelStore store = start(new InetSocketAddress(port))) {
            Runtime.getRuntime().addShutdownHook(new Thread(store::close));
            System.out.println("holding " + held + " at " + store.uri());
            told.await();
        }
        return 0;
    }
}
