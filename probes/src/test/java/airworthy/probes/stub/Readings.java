package airworthy.probes.stub;

import airworthy.probes.Reading;

/** Opens readings, or fails telling what was there instead. */
public final class Readings {
    private Readings() {}

    public static <T> T present(Reading<T> reading) {
        if (reading instanceof Reading.Present<T>(T value)) {
            return value;
        }
        throw new AssertionError("expected a present reading, found " + reading);
    }

    public static String absent(Reading<?> reading) {
        if (reading instanceof Reading.Absent<?>(String how)) {
            return how;
        }
        throw new AssertionError("expected an absent reading, found " + reading);
    }

    public static String unreadable(Reading<?> reading) {
        if (reading instanceof Reading.Unreadable<?>(String why)) {
            return why;
        }
        throw new AssertionError("expected an unreadable reading, found " + reading);
    }
}
