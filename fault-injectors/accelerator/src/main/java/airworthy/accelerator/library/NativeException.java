package airworthy.accelerator.library;

import java.io.Serial;

/** A call into a library that did not succeed: which call, and the library's own code, name and words for it. */
public final class NativeException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final String told;
    private final String call;
    private final int code;
    private final String name;

    /**
     * @param call the function, with its arguments where they matter
     * @param code what it returned
     * @param name the library's name for that, for example {@code CUDA_ERROR_OUT_OF_MEMORY}
     * @param words the library's description
     */
    public NativeException(String call, int code, String name, String words) {
        String told = call + ": " + name + " (" + code + "), " + words;
        super(told, null, false, false);
        this.told = told;
        this.call = call;
        this.code = code;
        this.name = name;
    }

    /** Returns one line for people, as the message is. */
    public String told() {
        return told;
    }

    /** Returns the function that was called. */
    public String call() {
        return call;
    }

    /** Returns what it returned; never 0. */
    public int code() {
        return code;
    }

    /** Returns the library's name for the code. */
    public String name() {
        return name;
    }
}
