package airworthy.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The proxy as the process of a pod. */
@Command(
        name = "airworthy-traffic-proxy",
        description = "Passes HTTP/1.1 on to a model server, and disturbs the harness's requests as its levers say.",
        mixinStandardHelpOptions = true)
public final class ProxyMain implements Callable<Integer> {

    /** Nodes still send new connections for a moment after a Service points elsewhere; nothing here can see when the last did. */
    private static final Duration SETTLE = Duration.ofSeconds(3);

    /** With the time to settle, below the grace period that the pod is given. */
    private static final Duration DRAIN = Duration.ofSeconds(12);

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:8000",
            converter = Address.class,
            description = "Where clients connect; default: ${DEFAULT-VALUE}.")
    private InetSocketAddress listen = new InetSocketAddress(8000);

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:8001",
            converter = Address.class,
            description = "Where levers are set; default: ${DEFAULT-VALUE}.")
    private InetSocketAddress admin = new InetSocketAddress(8001);

    @Option(
            names = "--upstream",
            paramLabel = "HOST:PORT",
            required = true,
            split = ",",
            converter = Address.class,
            description = "The model servers; connections go to them in turn.")
    private List<InetSocketAddress> upstreams = List.of();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Option(
            names = "--expires",
            paramLabel = "INSTANT",
            required = true,
            converter = Expiry.class,
            description = "After this nothing is disturbed any more, for example 2026-11-21T16:00:00Z.")
    private Instant expires = Instant.EPOCH;

    private ProxyMain() {}

    /** Runs until SIGTERM, then lets the answers under way come to their end. */
    public static void main(String... args) {
        System.exit(new CommandLine(new ProxyMain()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ProxySettings settings =
                new ProxySettings(resolved(listen), resolved(admin), upstreams, whose.chosen(), new Lease(expires));
        Proxy proxy = Proxy.start(settings, InstantSource.system(), System.out::println);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(proxy)));
        System.out.println("passing port " + proxy.port() + " on to "
                + upstreams.stream()
                        .map(each -> each.getHostString() + ":" + each.getPort())
                        .toList()
                + "; levers at port "
                + proxy.adminPort() + " until " + expires);
        new CountDownLatch(1).await();
        return 0;
    }

    private static InetSocketAddress resolved(InetSocketAddress address) {
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    private static void end(Proxy proxy) {
        try (proxy) {
            proxy.release();
            Thread.sleep(SETTLE);
            if (!proxy.drain(DRAIN)) {
                System.out.println("answers were still under way after " + DRAIN.toSeconds() + " s, and were cut");
            }
        } catch (IOException e) {
            System.out.println("ended without waiting: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whose requests may be disturbed; one of the two has to be said. */
    private static final class Whose {
        @Option(
                names = "--marker",
                paramLabel = "\"NAME: VALUE\"",
                required = true,
                converter = Marker.class,
                description = "Only requests with this header are disturbed.")
        private Chosen marked = new Chosen.LiveTraffic();

        @Option(names = "--live-traffic", required = true, description = "Everybody's requests are disturbed.")
        private boolean live;

        Chosen chosen() {
            return live ? new Chosen.LiveTraffic() : marked;
        }
    }

    private static final class Marker implements ITypeConverter<Chosen> {
        @Override
        public Chosen convert(String value) {
            return Chosen.Marked.parse(value)
                    .orElseThrow(() -> new TypeConversionException("found '" + value + "', expected \"NAME: VALUE\""));
        }
    }

    private static final class Address implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String value) {
            int colon = value.lastIndexOf(':');
            try {
                return InetSocketAddress.createUnresolved(
                        value.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", ""),
                        Integer.parseInt(value.substring(colon + 1)));
            } catch (IllegalArgumentException _) {
                throw new TypeConversionException("found '" + value + "', expected HOST:PORT");
            }
        }
    }

    private static final class Expiry implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String value) {
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException _) {
                throw new TypeConversionException(
                        "found '" + value + "', expected an instant such as 2026-11-21T16:00:00Z");
            }
        }
    }
}
