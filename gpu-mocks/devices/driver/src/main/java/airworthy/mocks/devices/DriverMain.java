package airworthy.mocks.devices;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The driver's process. Ends with 1 when it cannot start or the kubelet refuses it, with 2 on a wrong command line. */
@Command(
        name = "fake-gpu-driver",
        sortOptions = false,
        description = "A DRA driver of accelerators that are not there.")
public final class DriverMain {

    private final PrintStream out;

    @Mixin
    private final DriverOptions options = new DriverOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private DriverMain(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) {
        System.exit(run(System.out, args));
    }

    /** Runs until the driver cannot go on, and returns the exit status. */
    static int run(PrintStream out, String... args) {
        DriverMain main = new DriverMain(out);
        CommandLine command = new CommandLine(main);
        try {
            command.parseArgs(args);
            if (command.isUsageHelpRequested()) {
                command.usage(out);
                return 0;
            }
            return main.drive();
        } catch (ParameterException e) {
            main.log(String.valueOf(e.getMessage()));
            return 2;
        }
    }

    private int drive() {
        if (!options.apiOnly && options.nodes.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--node: found %s, expected one name; several go with --api-only".formatted(options.nodes));
        }
        try (Driver driver = Driver.start(options, this::log)) {
            Runtime.getRuntime().addShutdownHook(new Thread(driver::close, "close"));
            log(driver.awaitEnd());
        } catch (IOException e) {
            log("cannot start: " + e.getMessage());
        }
        return 1;
    }

    private void log(String line) {
        out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
    }
}
