package airworthy.accelerator.command;

import airworthy.accelerator.hold.Duty;
import airworthy.accelerator.library.NativeException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Computes. */
@Command(
        name = "burn",
        description = {
            "Computes on all of a device's multiprocessors for a share of the time, as a noisy neighbour does.",
            "For example: burn --duty 90%% --for 5m"
        },
        mixinStandardHelpOptions = true)
final class BurnCommand implements Callable<Integer> {
    @Mixin
    private HoldOptions options = new HoldOptions();

    @Option(names = "--duty", paramLabel = "PERCENT", required = true, description = "Of the time, for example 90%%.")
    private String duty = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws NoAcceleratorException, NativeException, InterruptedException {
        Duty wanted = duty();
        return Holding.run(
                options,
                Objects.requireNonNull(spec).commandLine().getOut(),
                accelerator -> BurnFault.on(accelerator, wanted));
    }

    private Duty duty() {
        try {
            return new Duty(Integer.parseInt(duty.replaceFirst("%$", "")));
        } catch (IllegalArgumentException _) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--duty: found '" + duty + "', expected 1% to 100%");
        }
    }
}
