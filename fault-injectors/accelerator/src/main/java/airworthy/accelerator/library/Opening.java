package airworthy.accelerator.library;

import java.util.List;
import java.util.Optional;

/**
 * What came of opening a driver's library.
 *
 * @param <T> the library's functions
 */
public sealed interface Opening<T> {

    /** One line for people. */
    String told();

    /** It is open. */
    record Opened<T>(T api, String library) implements Opening<T> {
        @Override
        public String told() {
            return library + ": open";
        }
    }

    /** None can be loaded: no driver is installed here, or none was given to this container. */
    record NoLibrary<T>(List<String> tried) implements Opening<T> {
        public NoLibrary {
            tried = List.copyOf(tried);
        }

        @Override
        public String told() {
            return "found none of " + tried
                    + ", expected the NVIDIA driver's library: install the driver, or give the container"
                    + " an accelerator, by a claim or by the NVIDIA container runtime; or name the library by its path";
        }
    }

    /** It is of a version that lacks what is needed. */
    record TooOld<T>(String library, List<String> missing) implements Opening<T> {
        public TooOld {
            missing = List.copyOf(missing);
        }

        @Override
        public String told() {
            return library + " lacks " + missing + ": it is too old; install a newer driver";
        }
    }

    /**
     * The library and the kernel module that is loaded are of versions that do not go together.
     *
     * @param failure the call that said so
     * @param library the library's version, where it tells
     * @param module the kernel module's version, where the kernel tells
     */
    record Mismatch<T>(NativeException failure, Optional<String> library, Optional<String> module)
            implements Opening<T> {
        @Override
        public String told() {
            return failure.told() + ": the library's version is " + library.orElse("not told")
                    + ", the kernel module's is " + module.orElse("not told")
                    + "; load the module of the library's version (a reboot does), or install the module's library again";
        }
    }

    /** The library is there, and the kernel module is not loaded, or there is no device. */
    record NoDevice<T>(NativeException failure) implements Opening<T> {
        @Override
        public String told() {
            return failure.told() + ": expected a device and the kernel module that drives it";
        }
    }

    /** Anything else. */
    record Failed<T>(NativeException failure) implements Opening<T> {
        @Override
        public String told() {
            return failure.told();
        }
    }
}
