package airworthy.accelerator.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands have in common that hold a device. */
final class HoldOptions {
    @Mixin
    private LibraryOptions libraries = new LibraryOptions();

    @Option(
            names = "--device",
            paramLabel = "UUID",
            description = "Which, by its UUID or the beginning of it; default: the only one.")
    private @Nullable String device;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            required = true,
            description = "How long at the most, for example 5m; a day is the most.")
    private @Nullable Span most;

    LibraryOptions libraries() {
        return libraries;
    }

    @Nullable
    String device() {
        return device;
    }

    Span most() {
        return Objects.requireNonNull(most);
    }
}
