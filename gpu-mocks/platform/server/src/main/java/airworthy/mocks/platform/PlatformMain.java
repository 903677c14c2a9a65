package airworthy.mocks.platform;

import airworthy.mocks.monitoring.ConfigException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code airworthy platform}. */
@Command(
        name = "airworthy platform",
        description = "A simulated AI platform, met by kubectl, curl and Airworthy through public interfaces only.",
        subcommands = {UpCommand.class, RulesCommand.class},
        mixinStandardHelpOptions = true)
public final class PlatformMain {

    private static final int BAD_INPUT = 2;
    private static final int OUR_BUG = 70;

    private PlatformMain() {}

    /** Runs a command and ends the JVM with its exit code: 0 done, 2 bad input, 70 a bug of ours. */
    public static void main(String... args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        CommandLine line = new CommandLine(new PlatformMain());
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            if (problem instanceof IOException
                    || problem instanceof ConfigException
                    || problem instanceof IllegalArgumentException) {
                command.getErr().println(problem.getMessage());
                return BAD_INPUT;
            }
            problem.printStackTrace(command.getErr());
            return OUR_BUG;
        });
        return line.execute(args);
    }
}
