package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds memory. */
@Command(
        name = "hold-memory",
        description = {
            "Holds a device's memory, so that others find no more than is left.",
            "For example: hold-memory --leave-free 256MiB --for 5m"
        },
        mixinStandardHelpOptions = true)
final class HoldMemoryCommand implements Callable<Integer> {
    @Mixin
    private HoldOptions options = new HoldOptions();

    @Option(
            names = "--leave-free",
            paramLabel = "SIZE",
            required = true,
            description = "What is left for others, for example 256MiB.")
    private @Nullable Bytes leaveFree;

    @Option(
            names = "--most",
            paramLabel = "SIZE",
            description = "The most that is held, whatever is free; default: no bound but what is to be left.")
    private Bytes most = new Bytes(Long.MAX_VALUE);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws NoAcceleratorException, NativeException, InterruptedException {
        long left = Objects.requireNonNull(leaveFree).count();
        return Holding.run(
                options,
                Objects.requireNonNull(spec).commandLine().getOut(),
                accelerator -> new MemoryFault(accelerator, left, most.count()));
    }
}
