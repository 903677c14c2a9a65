package airworthy.cli;

import airworthy.assembly.Assembly;
import airworthy.assembly.CannotAssessException;
import airworthy.assembly.PlannedScenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code airworthy plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Prints what an assessment would hit, change, send and take; only reads.")
final class PlanCommand implements Callable<Integer> {
    @Option(names = "--platform", required = true, paramLabel = "FILE", description = "the platform's profile")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private Path platform;

    @Option(names = "--seed", defaultValue = "1", description = "as for assess (default: ${DEFAULT-VALUE})")
    private long seed;

    @Parameters(
            paramLabel = "SUITE",
            arity = "0..1",
            description = "a folder of scenarios or one scenario file; the suite that ships if not given")
    private @Nullable Path suite;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            List<PlannedScenario> all = Assembly.plan(platform, SuiteOption.read(suite), seed);
            for (PlannedScenario planned : all) {
                planned.lines().forEach(out::println);
                out.println();
            }
            PlannedScenario.together(all).forEach(out::println);
            out.flush();
            return ExitCode.READY.code();
        } catch (CannotAssessException e) {
            e.problems().forEach(spec.commandLine().getErr()::println);
            return ExitCode.BAD_INPUT.code();
        }
    }
}
