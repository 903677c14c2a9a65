package airworthy.mocks.devices;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the driver is told on its command line. Filled by picocli. */
final class DriverOptions {

    @Option(
            names = "--node",
            required = true,
            defaultValue = "${env:NODE_NAME}",
            split = ",",
            paramLabel = "NAME",
            description = "node whose devices these are; with --api-only one or more. Default: $NODE_NAME")
    List<String> nodes = List.of();

    @Option(
            names = "--config",
            defaultValue = "/etc/airworthy/devices.yaml",
            paramLabel = "FILE",
            description = "inventory of the nodes. Default: ${DEFAULT-VALUE}")
    Path config = Path.of("");

    @Option(
            names = "--stands-for",
            split = ",",
            paramLabel = "NAME",
            description = "further nodes of the inventory whose devices the (first) node has. Default: none")
    List<String> standsFor = List.of();

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "TEXT",
            description = "stands behind the devices' UUIDs. Default: ${DEFAULT-VALUE}")
    String seed = "";

    @Option(
            names = "--levers",
            defaultValue = "0.0.0.0:9401",
            converter = Address.class,
            paramLabel = "HOST:PORT",
            description = "where levers are served. Default: ${DEFAULT-VALUE}")
    InetSocketAddress levers = new InetSocketAddress(0);

    @Option(
            names = "--metrics",
            defaultValue = "0.0.0.0:9400",
            converter = Address.class,
            paramLabel = "HOST:PORT",
            description = "where series are served. Default: ${DEFAULT-VALUE}")
    InetSocketAddress metrics = new InetSocketAddress(0);

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "an API server that asks for no credentials, such as kubectl proxy. Default: the pod's own")
    @Nullable
    URI api;

    @Option(names = "--api-only", description = "publish only: for nodes that have no kubelet, such as kwok's")
    boolean apiOnly;

    @Option(
            names = "--kubelet-root",
            defaultValue = "/var/lib/kubelet",
            paramLabel = "DIR",
            description = "the kubelet's folder. Default: ${DEFAULT-VALUE}")
    Path kubeletRoot = Path.of("");

    @Option(
            names = "--cdi-root",
            defaultValue = "/var/run/cdi",
            paramLabel = "DIR",
            description = "where the container runtime finds CDI specs. Default: ${DEFAULT-VALUE}")
    Path cdiRoot = Path.of("");

    @Option(
            names = "--library",
            paramLabel = "DIR",
            description = "libraries that each container with a device finds, as a driver's are. Default: none")
    @Nullable
    Path library;

    @Option(names = "--help", usageHelp = true, description = "show this")
    boolean help;

    /** Reads {@code host:port}. */
    static final class Address implements ITypeConverter<InetSocketAddress> {

        @Override
        public InetSocketAddress convert(String text) {
            int colon = text.lastIndexOf(':');
            try {
                return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
            } catch (IndexOutOfBoundsException | IllegalArgumentException _) {
                throw new TypeConversionException("found " + text + ", expected HOST:PORT");
            }
        }
    }
}
