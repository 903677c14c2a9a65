package airworthy.accelerator.library;

import java.lang.invoke.MethodHandle;

/**
 * A function of a library that returns a status: 0 is success, in NVML as in CUDA. Thread-safe as far as the library is.
 *
 * @param name its name
 * @param handle calls it
 */
public record NativeFunction(String name, MethodHandle handle) {

    /**
     * Calls it. Slower than an exact call by far less than any of these functions takes.
     *
     * @param arguments one for each parameter: a {@code MemorySegment}, an {@code Integer} or a {@code Long}
     * @return the status
     */
    public int call(Object... arguments) {
        try {
            return (int) handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native function threw: " + name, e);
        }
    }
}
