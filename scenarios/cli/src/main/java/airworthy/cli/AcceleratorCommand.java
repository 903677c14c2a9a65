package airworthy.cli;

import airworthy.assembly.Installation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code airworthy accelerator}. */
@Command(
        name = "accelerator",
        mixinStandardHelpOptions = true,
        description = {
            "Faults on an NVIDIA accelerator of this machine, and its figures, in a process of their own.",
            "  airworthy accelerator devices          what there is, and what keeps it away",
            "  airworthy accelerator hold-memory --leave-free 1GiB --for 5m",
            "  airworthy accelerator burn --duty 90%% --for 5m    a noisy neighbour",
            "  airworthy accelerator measure-holes    what holes in its memory do",
            "  airworthy accelerator export           its figures at /metrics, as DCGM's",
            "Everything else after the verb goes to it; `airworthy accelerator burn --help` lists it."
        })
final class AcceleratorCommand implements Callable<Integer> {
    @Parameters(paramLabel = "VERB", arity = "1..*", description = "what to do, and what it takes")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private List<String> arguments;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<Installation> installation = Installed.find(spec);
        if (installation.isEmpty()) {
            return ExitCode.BAD_INPUT.code();
        }
        Process process = new ProcessBuilder(installation.get().acceleratorCommand(arguments))
                .inheritIO()
                .start();
        // whoever ends this ends that: it gives the device back
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(process)));
        return process.waitFor();
    }

    private static void end(Process process) {
        process.destroy();
        process.onExit().join();
    }
}
