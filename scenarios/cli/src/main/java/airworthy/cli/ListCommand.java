package airworthy.cli;

import airworthy.assembly.CannotAssessException;
import airworthy.format.SuiteFiles;
import airworthy.model.Scenario;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code airworthy list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the scenarios of a suite, and what each asks.")
final class ListCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SUITE",
            arity = "0..1",
            description = "a folder of scenarios or one scenario file; the suite that ships if not given")
    private @Nullable Path suite;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            SuiteFiles files = SuiteOption.read(suite);
            out.printf(
                    Locale.ROOT,
                    "suite %s: %d of %d scenarios%n%n",
                    files.suite().name(),
                    files.suite().scenarios().size(),
                    files.suite().planned());
            for (Scenario scenario : files.suite().scenarios()) {
                out.printf(
                        Locale.ROOT,
                        "%-7s %-9s %-14s %s%n%-32s asks: %s%n",
                        scenario.id(),
                        scenario.severity().id(),
                        scenario.capability().id(),
                        scenario.title(),
                        "",
                        scenario.asks().stream().map(question -> question.id()).collect(Collectors.joining(", ")));
            }
            out.flush();
            return ExitCode.READY.code();
        } catch (CannotAssessException e) {
            e.problems().forEach(spec.commandLine().getErr()::println);
            return ExitCode.BAD_INPUT.code();
        }
    }
}
