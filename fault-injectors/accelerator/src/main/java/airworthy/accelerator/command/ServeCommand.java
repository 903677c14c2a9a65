package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;
import airworthy.levers.AdminServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Waits to be told what to make. */
@Command(
        name = "serve",
        description = {
            "Uses a device and makes what its levers say, until it is told to end; nothing at first.",
            "GET and PUT /admin/levers/NAME set them ({\"value\": ..., \"expect\": ...}), GET /admin/device tells what NVML says,",
            "GET /admin/ready answers 200 while the device does. After its expiry all levers are at rest and stay there."
        },
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:9411",
            converter = Address.class,
            description = "Where levers are set; default: ${DEFAULT-VALUE}.")
    private InetSocketAddress admin = new InetSocketAddress(0);

    @Option(
            names = "--expires",
            paramLabel = "INSTANT",
            required = true,
            converter = Expiry.class,
            description = "After this nothing is held any more, for example 2026-11-21T16:00:00Z.")
    private Instant expires = Instant.EPOCH;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws NoAcceleratorException, NativeException, IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Bound bound = Bound.of(Duration.between(Instant.now(), expires));
        try (Accelerator accelerator = device.open();
                Levers levers = new Levers(accelerator, bound);
                AdminServer server = new AdminServer(admin, new AdminPages(accelerator, levers))) {
            server.start();
            out.println("on " + accelerator.told() + "; levers at port " + server.port() + " until " + expires);
            out.flush();
            bound.awaitEnd();
        } finally {
            bound.given();
        }
        out.println("given back");
        out.flush();
        return 0;
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
