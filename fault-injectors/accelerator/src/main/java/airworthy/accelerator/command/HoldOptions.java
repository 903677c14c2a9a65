package airworthy.accelerator.command;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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

    @Option(
            names = "--status",
            paramLabel = "HOST:PORT",
            description = "Where to tell how it stands: /status as JSON, /ready once the fault is made; default: nowhere.")
    private @Nullable String status;

    LibraryOptions libraries() {
        return libraries;
    }

    @Nullable String device() {
        return device;
    }

    Span most() {
        return Objects.requireNonNull(most);
    }

    /** Where to tell; null for nowhere. */
    @Nullable InetSocketAddress status() {
        return status == null ? null : address(status);
    }

    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    text.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", ""),
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException _) {
            throw new TypeConversionException("found '" + text + "', expected HOST:PORT");
        }
    }
}
