package airworthy.accelerator.library;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A shared library that is loaded, and which of the functions asked of it it lacks. Loaded for as long as the process runs: a
 * driver's library starts threads of its own and is not meant to be unloaded. Not thread-safe while functions are looked up.
 */
public final class SharedLibrary {
    private static final Linker LINKER = Linker.nativeLinker();

    private final String name;
    private final SymbolLookup symbols;
    private final List<String> missing = new ArrayList<>();

    private SharedLibrary(String name, SymbolLookup symbols) {
        this.name = name;
        this.symbols = symbols;
    }

    /**
     * Opens the first that can be loaded: its functions are looked up, and it is initialised.
     *
     * @param names file names, for the system's own search, or paths
     * @param bind looks its functions up
     * @param initialise initialises it; tells what stood in the way, if anything did
     * @param <T> its functions
     */
    public static <T> Opening<T> open(
            List<String> names, Function<SharedLibrary, T> bind, Function<T, Optional<Opening<T>>> initialise) {
        Optional<SharedLibrary> loaded = load(names);
        if (loaded.isEmpty()) {
            return new Opening.NoLibrary<>(names);
        }
        SharedLibrary library = loaded.get();
        T api = bind.apply(library);
        return library.missing.isEmpty()
                ? initialise.apply(api).orElseGet(() -> new Opening.Opened<>(api, library.name))
                : new Opening.TooOld<>(library.name, library.missing);
    }

    /**
     * Loads the first that can be.
     *
     * @param names file names, for the system's own search, or paths
     * @return the library, or empty where none of them can be loaded
     */
    @SuppressWarnings("restricted") // loading a driver's library is what this is for
    public static Optional<SharedLibrary> load(List<String> names) {
        for (String name : names) {
            try {
                return Optional.of(new SharedLibrary(name, SymbolLookup.libraryLookup(name, Arena.global())));
            } catch (IllegalArgumentException _) {
                // not there, or not for this machine: the next may be
            }
        }
        return Optional.empty();
    }

    /**
     * Looks up a function that returns a status. One that is not there is noted as missing, and may not be called.
     *
     * @param parameters what it takes
     */
    public NativeFunction function(String function, MemoryLayout... parameters) {
        return optional(function, parameters).orElseGet(() -> {
            missing.add(function);
            return new NativeFunction(function, unavailable(function));
        });
    }

    /** Looks up a function that returns a status and that older versions of the library do not have. */
    public Optional<NativeFunction> optional(String function, MemoryLayout... parameters) {
        return handle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters))
                .map(handle -> new NativeFunction(function, handle));
    }

    /** Looks up a function of any other kind. */
    @SuppressWarnings("restricted") // the descriptors are those of the library's header
    public Optional<MethodHandle> handle(String function, FunctionDescriptor descriptor) {
        return symbols.find(function).map(address -> LINKER.downcallHandle(address, descriptor));
    }

    private static MethodHandle unavailable(String function) {
        return MethodHandles.throwException(int.class, IllegalStateException.class)
                .bindTo(new IllegalStateException("called though it is missing: " + function));
    }
}
