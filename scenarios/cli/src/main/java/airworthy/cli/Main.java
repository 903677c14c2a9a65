package airworthy.cli;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code airworthy}. */
@Command(
        name = "airworthy",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "May this cluster fly? Breaks a platform that serves AI the way AI platforms break, under load,",
            "and scores what the platform did about it."
        },
        footer = {
            "",
            "Try:",
            "  airworthy assess                            a self-test on a simulated platform",
            "  airworthy discover --kubeconfig FILE        write platform.yaml from your cluster",
            "  airworthy plan --platform platform.yaml     what an assessment would do, changing nothing",
            "  airworthy assess --platform platform.yaml   an assessment of your cluster",
            "  airworthy load --endpoint URL --model M --rate 20/s    load alone, against any OpenAI-compatible server",
            "  airworthy simulate --class C --class-path PATH         a Gatling simulation of your own",
            "  airworthy accelerator devices               what a GPU of this machine says; faults on it",
            "",
            "Exit codes, highest first: 4 something not restored, 70 our bug, 2 bad input,",
            "1 below the gate, 3 inconclusive, 0 ready."
        },
        subcommands = {
            AssessCommand.class,
            DiscoverCommand.class,
            PlanCommand.class,
            RecoverCommand.class,
            RecheckCommand.class,
            ValidateCommand.class,
            ListCommand.class,
            LoadCommand.class,
            SimulateCommand.class,
            PlatformCommand.class,
            AcceleratorCommand.class
        })
public final class Main implements Runnable {
    /** Commands that hand what follows their verb to a program of its own. */
    private static final Set<String> PASSED_ON = Set.of("platform", "accelerator");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command and tells its exit code. */
    static int run(String... args) {
        return commandLine().execute(args);
    }

    /** All commands; our own bugs print their trace once and are 70. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        // what follows `platform up` is for the platform
        commandLine
                .getSubcommands()
                .forEach((name, subcommand) -> subcommand.setStopAtPositional(PASSED_ON.contains(name)));
        commandLine.setExecutionExceptionHandler((bug, where, parsed) -> {
            bug.printStackTrace(where.getErr());
            where.getErr().println("airworthy: this is a bug of ours; please report it with the lines above.");
            return ExitCode.BUG.code();
        });
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }
}
