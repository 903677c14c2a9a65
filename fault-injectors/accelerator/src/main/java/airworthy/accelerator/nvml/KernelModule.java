package airworthy.accelerator.nvml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernel module of the driver, as the kernel tells of it.
 *
 * @param told a file that begins {@code NVRM version: NVIDIA UNIX x86_64 Kernel Module  570.133.20  ...}
 */
public record KernelModule(Path told) {
    private static final Path USUAL = Path.of("/proc/driver/nvidia/version");
    private static final Pattern VERSION = Pattern.compile("NVRM version:.*?\\s(\\d+(?:\\.\\d+)+)\\s");

    /** The one that is loaded here. */
    public KernelModule() {
        this(USUAL);
    }

    /** Returns its version; empty where none is loaded, or the kernel does not tell. */
    public Optional<String> version() {
        try {
            Matcher found = VERSION.matcher(Files.readString(told));
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
