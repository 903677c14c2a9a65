package airworthy.cli;

import airworthy.format.Problem;
import airworthy.format.ProfileReader;
import airworthy.format.Read;
import airworthy.format.SchemaCheck;
import airworthy.format.SuiteReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code airworthy validate}. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Reads scenarios and profiles and tells everything that is wrong with them, at once.")
final class ValidateCommand implements Callable<Integer> {
    @Option(names = "--platform", paramLabel = "FILE", description = "a platform's profile")
    private @Nullable Path platform;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "folders of scenarios, or scenario files")
    private List<Path> suites = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        SchemaCheck schemas = new SchemaCheck();
        List<Read<?>> reads = new ArrayList<>();
        if (platform != null) {
            reads.add(new ProfileReader(schemas, Path.of(System.getProperty("user.home"))).read(platform));
        }
        suites.forEach(suite -> reads.add(new SuiteReader(schemas).read(suite)));
        List<Problem> problems =
                reads.stream().flatMap(read -> read.problems().stream()).toList();
        problems.forEach(spec.commandLine().getErr()::println);
        if (reads.isEmpty()) {
            spec.commandLine().getErr().println("validate: name a folder, a file, or --platform FILE");
            return ExitCode.BAD_INPUT.code();
        }
        if (problems.isEmpty()) {
            spec.commandLine().getOut().println("valid: " + reads.size() + " read");
        }
        return problems.isEmpty() ? ExitCode.READY.code() : ExitCode.BAD_INPUT.code();
    }
}
