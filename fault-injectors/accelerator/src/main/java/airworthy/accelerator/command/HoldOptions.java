package airworthy.accelerator.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands have in common that hold a device. */
final class HoldOptions {
    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            required = true,
            description = "How long at the most, for example 5m; a day is the most.")
    private @Nullable Span most;

    DeviceOptions device() {
        return device;
    }

    Span most() {
        return Objects.requireNonNull(most);
    }
}
