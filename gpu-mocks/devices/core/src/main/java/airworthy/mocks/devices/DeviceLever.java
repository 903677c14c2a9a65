package airworthy.mocks.devices;

import java.util.Arrays;
import java.util.Optional;

/** What can be changed in a GPU's behaviour. */
public enum DeviceLever {
    /** 1 takes the GPU off the bus, 0 puts it back. */
    LOST("lost", "0 or 1; 1 takes the device off the bus"),
    /** An XID's code lets the GPU raise it, once; 0 takes the cause away. */
    XID("xid", "an XID from 1 to 999, which is raised once, or 0"),
    /** Bytes of its memory that somebody took. */
    MEMORY_TAKEN("memoryTaken", "whole bytes from 0 to the device's memory");

    private static final int MOST_XID = 999;

    private final String key;
    private final String expected;

    DeviceLever(String key, String expected) {
        this.key = key;
        this.expected = expected;
    }

    static Optional<DeviceLever> named(String key) {
        return Arrays.stream(values()).filter(lever -> lever.key.equals(key)).findFirst();
    }

    /** Returns the name that the admin API uses behind the device's name. */
    public String key() {
        return key;
    }

    /** Returns why {@code value} cannot be set on a GPU, or empty when it can. */
    Optional<String> refusal(double value, Gpu gpu) {
        double most = switch (this) {
            case LOST -> 1;
            case XID -> MOST_XID;
            case MEMORY_TAKEN -> gpu.memoryBytes();
        };
        return value >= 0 && value <= most && value == Math.rint(value)
                ? Optional.empty()
                : Optional.of("%s.%s: found %s, expected %s".formatted(gpu.name(), key, value, expected));
    }
}
