package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which device is used. */
final class DeviceOptions {
    @Mixin
    private LibraryOptions libraries = new LibraryOptions();

    @Option(
            names = "--device",
            paramLabel = "UUID",
            description = "Which, by its UUID or the beginning of it; default: the only one.")
    private @Nullable String device;

    /** Opens it. */
    Accelerator open() throws NoAcceleratorException, NativeException {
        return libraries.accelerator(device);
    }
}
