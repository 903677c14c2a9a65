package airworthy.probes.discovery;

import airworthy.probes.Reading;

/** Puts readings together. */
final class Readings {
    private Readings() {}

    /** Reads on from what was found. */
    interface Next<T, R> {
        Reading<R> read(T found) throws InterruptedException;
    }

    /** What comes of reading on; what was not there has nothing further to be read. */
    static <T, R> Reading<R> then(Reading<T> reading, Next<? super T, R> next) throws InterruptedException {
        return switch (reading) {
            case Reading.Present<T>(T found) -> next.read(found);
            case Reading.Absent<T>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<T>(String why) -> new Reading.Unreadable<>(why);
        };
    }

    /** A refusal by the API server's proxy, with what would mend it. */
    static String withGrant(String why, Way way) {
        return !way.direct() && why.contains("answered 403")
                ? why + "; grant get on services/proxy to the user of this kubeconfig"
                : why;
    }
}
