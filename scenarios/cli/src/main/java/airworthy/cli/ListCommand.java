package airworthy.cli;

import airworthy.assembly.CannotAssessException;
import airworthy.assembly.SeededDefects;
import airworthy.format.Defect;
import airworthy.format.SuiteFiles;
import airworthy.model.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--defects",
            description =
                    "the seeded defects of the catalogue that ships, and which findings each changes, as a Markdown"
                            + " table")
    private boolean defects;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (defects) {
                table(out, SeededDefects.all());
                return ExitCode.READY.code();
            }
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

    private static void table(PrintWriter out, List<Defect> defects) {
        out.println("| defect | what is wrong with the platform | findings that change |");
        out.println("|---|---|---|");
        for (Defect defect : defects) {
            out.printf(
                    Locale.ROOT,
                    "| %s/%s | %s | %s |%n",
                    defect.scenario(),
                    defect.id(),
                    defect.title(),
                    defect.changes().stream().map(ListCommand::told).collect(Collectors.joining("; ")));
        }
        out.flush();
    }

    private static String told(Defect.FindingChange change) {
        return change.check().question().id() + "/" + change.check().id() + " "
                + change.to().id();
    }
}
