package airworthy.probes.kubernetes;

import airworthy.probes.Reading;

/** Ends a reading early: something that it needs is absent or unreadable. Never leaves this package. */
final class NotRead extends Exception {
    private final boolean absent;

    private NotRead(boolean absent, String message) {
        super(message, null, false, false);
        this.absent = absent;
    }

    static NotRead absent(String how) {
        return new NotRead(true, how);
    }

    static NotRead unreadable(String why) {
        return new NotRead(false, why);
    }

    boolean absent() {
        return absent;
    }

    String words() {
        return String.valueOf(getMessage());
    }

    /** Carries out an attempt and tells what came of it. */
    static <T> Reading<T> reading(Attempt<T> attempt) throws InterruptedException {
        try {
            return new Reading.Present<>(attempt.read());
        } catch (NotRead e) {
            return e.absent ? new Reading.Absent<>(e.words()) : new Reading.Unreadable<>(e.words());
        }
    }

    /** A reading made of several smaller ones. */
    @FunctionalInterface
    interface Attempt<T> {
        T read() throws NotRead, InterruptedException;
    }
}
