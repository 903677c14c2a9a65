package airworthy.cli;

import airworthy.assembly.CannotAssessException;
import airworthy.assembly.Installation;
import airworthy.assembly.SeededConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code airworthy platform}. */
@Command(
        name = "platform",
        mixinStandardHelpOptions = true,
        description = {
            "The simulated platform, in a process of its own.",
            "  airworthy platform up                  serves it until stopped; prints kubeconfig, URLs, platform.yaml",
            "  airworthy platform rules --time-scale N  writes its alerting files with every duration divided by N",
            "  airworthy platform up --defect ID      the same with a seeded defect, for example"
                    + " SRV-4/routing-ignores-latency",
            "Everything else after the verb goes to it; `airworthy platform up --help` lists it."
        })
final class PlatformCommand implements Callable<Integer> {
    private static final String DEFECT = "--defect";

    @Parameters(paramLabel = "VERB", arity = "1..*", description = "up or rules, and what they take")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private List<String> arguments;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<Installation> installation = Installation.named();
        Optional<String> problem = installation.isPresent()
                ? installation.get().problem()
                : Optional.of("found no installation; start by the project's launcher");
        if (problem.isPresent()) {
            spec.commandLine().getErr().println("platform: " + problem.get());
            return ExitCode.BAD_INPUT.code();
        }
        List<String> command = new ArrayList<>(arguments);
        Optional<String> defect = takeDefect(command);
        if (defect.isEmpty()) {
            return run(installation.get(), command);
        }
        try (SeededConfig config = SeededConfig.of(installation.get(), defect.get())) {
            command.addAll(List.of("--config", config.folder().toString()));
            return run(installation.get(), command);
        } catch (CannotAssessException e) {
            e.problems().forEach(spec.commandLine().getErr()::println);
            return ExitCode.BAD_INPUT.code();
        }
    }

    /**
     * The platform's input is a pipe of ours that stays empty: it serves until this process ends, however it ends, and is
     * never left behind.
     */
    private static int run(Installation installation, List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(installation.platformCommand(command))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    /** Defects belong to the catalogue, which the platform does not know: the option is ours and goes no further. */
    private static Optional<String> takeDefect(List<String> command) {
        int at = command.indexOf(DEFECT);
        if (at < 0 || at + 1 >= command.size()) {
            return Optional.empty();
        }
        command.remove(at);
        return Optional.of(command.remove(at));
    }
}
