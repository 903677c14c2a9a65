package airworthy.accelerator.library;

import java.lang.foreign.MemorySegment;

/** Text that a library owns. */
public final class NativeText {
    private NativeText() {}

    /**
     * Reads it.
     *
     * @param pointer to its first byte; ended by a zero, as the library promises
     */
    @SuppressWarnings("restricted") // a pointer of C has no length: the zero ends it
    public static String at(MemorySegment pointer) {
        return pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
