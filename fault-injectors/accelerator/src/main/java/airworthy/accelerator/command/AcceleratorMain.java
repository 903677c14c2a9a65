package airworthy.accelerator.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Faults on a real accelerator, and its figures, as a program. */
@Command(
        name = "airworthy accelerator",
        description = {
            "Makes faults on an NVIDIA accelerator by using it, and tells its figures.",
            "What is taken is given back when the time is over, on SIGTERM, and by the driver when the process is killed.",
            "No setting of a device is changed, and no error of one is provoked."
        },
        subcommands = {
            DevicesCommand.class,
            HoldMemoryCommand.class,
            BurnCommand.class,
            MeasureHolesCommand.class,
            ServeCommand.class,
            ExportCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It did what it was told, until its time was over or it was asked to end.",
            "1:The device refused, or was lost.",
            "2:It was called wrongly.",
            "3:There is no device that can be used here; the message says what was found."
        })
public final class AcceleratorMain {
    private AcceleratorMain() {}

    /** Runs one command. */
    public static void main(String... args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return new CommandLine(new AcceleratorMain())
                .registerConverter(Span.class, Span::parse)
                .registerConverter(Bytes.class, Bytes::parse)
                .setExecutionExceptionHandler(new Told())
                .execute(args);
    }
}
