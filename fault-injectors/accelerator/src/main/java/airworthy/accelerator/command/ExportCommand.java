package airworthy.accelerator.command;

import airworthy.accelerator.exporter.Exporter;
import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.nvml.Nvml;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Exports figures. */
@Command(
        name = "export",
        description = {
            "Serves devices' figures at /metrics under dcgm-exporter's names, read by NVML each time that it is scraped.",
            "For machines where no DCGM runs; where it does, use that."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private LibraryOptions libraries = new LibraryOptions();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:9400",
            converter = Address.class,
            description = "Where to be scraped; default: ${DEFAULT-VALUE}, dcgm-exporter's.")
    private InetSocketAddress listen = new InetSocketAddress(0);

    @Option(names = "--hostname", paramLabel = "NAME", description = "For the label; default: the machine's own.")
    private @Nullable String hostname;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws NoAcceleratorException, NativeException, IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        String host = hostname == null ? InetAddress.getLocalHost().getHostName() : hostname;
        CountDownLatch told = new CountDownLatch(1);
        try (Nvml nvml = libraries.nvml();
                Exporter exporter = Exporter.start(nvml, listen, host, line -> {
                    out.println(line);
                    out.flush();
                })) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(told::countDown));
            out.println("exporting at port " + exporter.port());
            out.flush();
            told.await();
        }
        return 0;
    }
}
