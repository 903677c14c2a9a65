package airworthy.mocks.platform.gateway;

import airworthy.mocks.incluster.ClusterApi;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The gateway as the process of a pod. Its access log is its standard output. */
@Command(
        name = "mock-gateway",
        description = "Routes tenants' requests to model servers until it is told to end.",
        mixinStandardHelpOptions = true)
public final class GatewayMain implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The gateway.yaml.")
    private Path config = Path.of("gateway.yaml");

    @Option(
            names = "--keys",
            paramLabel = "DIR",
            required = true,
            description = "A file for each tenant, with the tenant's key in it.")
    private Path keys = Path.of("keys");

    @Option(names = "--port", defaultValue = "8080", description = "Where to listen; default: ${DEFAULT-VALUE}.")
    private int port;

    private GatewayMain() {}

    /** Runs until SIGTERM. */
    public static void main(String... args) {
        System.exit(new CommandLine(new GatewayMain()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        GatewayConfig read = GatewayConfig.read(config.toString(), Files.readString(config));
        Consumer<String> accessLog = System.out::println;
        CountDownLatch told = new CountDownLatch(1);
        try (ClusterApi api = ClusterApi.inPod();
                PolledEndpoints endpoints = PolledEndpoints.start(api, read.routes());
                Gateway gateway = Gateway.start(
                        new InetSocketAddress(port),
                        read,
                        tenantsByKey(read),
                        endpoints,
                        InstantSource.system(),
                        accessLog)) {
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
            told.await();
        }
        return 0;
    }

    private Map<String, String> tenantsByKey(GatewayConfig read) throws IOException {
        Map<String, String> tenants = new HashMap<>();
        for (String tenant : read.keyNames()) {
            tenants.put(Files.readString(keys.resolve(tenant)).strip(), tenant);
        }
        return tenants;
    }
}
