package airworthy.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import airworthy.accelerator.cuda.Cuda;
import airworthy.accelerator.cuda.CudaContext;
import airworthy.accelerator.cuda.CudaDevice;
import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.library.NativeFunction;
import airworthy.accelerator.library.Opening;
import airworthy.accelerator.library.SharedLibrary;
import airworthy.accelerator.nvml.KernelModule;
import airworthy.accelerator.nvml.Nvml;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The library that stands in for the driver's, compiled for one test: each has a device of its own, unless processes are told
 * to share one.
 *
 * @param file the library
 */
public record StandIn(Path file) {
    public static final String UUID = "GPU-5a11d00d-0102-0304-0506-0708090a0b0c";
    public static final long MIB = 1L << 20;
    public static final long TOTAL = 16_384 * MIB;
    public static final long RESERVED = 64 * MIB;
    /** What a context of CUDA takes. */
    public static final long CONTEXT = 16 * MIB;

    private static final Path SOURCE = Path.of("../../gpu-mocks/devices/library/standin.c");

    /** The variable that names the file by which processes share a device. */
    public static final String SHARED = "AIRWORTHY_STANDIN";

    /**
     * Compiles it; the test is skipped where there is no compiler.
     *
     * @param flags of the compiler
     */
    public static StandIn in(Path folder, String... flags) throws IOException, InterruptedException {
        Path file = folder.resolve("libstandin.so");
        List<String> command = new ArrayList<>(List.of("cc", "-shared", "-fPIC", "-o", file.toString()));
        command.addAll(List.of(flags));
        command.add(SOURCE.toString());
        Process compiler;
        try {
            compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return abort("no C compiler here, so bindings are not held against a library: " + e.getMessage());
        }
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor()).as(said).isZero();
        return new StandIn(file);
    }

    /** Changes how the device behaves that processes share. Arguments: the library, what, and to which value. */
    public static void main(String... args) {
        StandIn standIn = new StandIn(Path.of(args[0]));
        standIn.set(args[1], Long.parseLong(args[2]));
    }

    /** Changes how the device behaves. */
    public StandIn set(String key, long value) {
        NativeFunction set = SharedLibrary.load(List.of(file.toString()))
                .orElseThrow()
                .function("standin_set", ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
        try (Arena arena = Arena.ofConfined()) {
            assertThat(set.call(arena.allocateFrom(key), value)).isZero();
        }
        return this;
    }

    public Opening<Nvml> openNvml() {
        return Nvml.open(List.of(file.toString()), new KernelModule());
    }

    public Nvml nvml() {
        return ((Opening.Opened<Nvml>) openNvml()).api();
    }

    public Opening<Cuda> openCuda() {
        return Cuda.open(List.of(file.toString()), new KernelModule());
    }

    public Cuda cuda() {
        return ((Opening.Opened<Cuda>) openCuda()).api();
    }

    public CudaDevice device() throws NativeException {
        return cuda().devices().getFirst();
    }

    /** A use of its only device. */
    public CudaContext use() throws NativeException {
        return cuda().use(device());
    }
}
