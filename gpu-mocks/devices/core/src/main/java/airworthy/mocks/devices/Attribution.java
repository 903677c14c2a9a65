package airworthy.mocks.devices;

import java.util.Optional;

/** Tells who uses a device now. Asked at each scrape, by several threads. */
@FunctionalInterface
public interface Attribution {

    /** Returns the device's holder, or empty when nobody holds it or nobody can tell. */
    Optional<Holder> holder(String device);

    /** Nothing is known about anybody. */
    static Attribution none() {
        return device -> Optional.empty();
    }
}
