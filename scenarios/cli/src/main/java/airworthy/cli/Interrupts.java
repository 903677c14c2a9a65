package airworthy.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.CancellationToken;

/**
 * Turns Ctrl-C and a polite kill into healing: what is changed is put back before the process ends. Nothing depends on
 * it; {@code recover} needs the journal alone.
 */
final class Interrupts implements AutoCloseable {
    /** Longer than any undo step may take; then the journal is all there is, and the exit code says so. */
    private static final long LONGEST_HEAL_SECONDS = 90;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private volatile int code = ExitCode.NOT_RESTORED.code();

    private Interrupts(CancellationToken token, PrintWriter err) {
        hook = new Thread(() -> heal(token, err, this), "airworthy-heal");
    }

    static Interrupts heal(CancellationToken token, PrintWriter err) {
        Interrupts interrupts = new Interrupts(token, err);
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        return interrupts;
    }

    /** The assessment is over; an interrupted one ends with this code. */
    void ended(int exitCode) {
        code = exitCode;
        ended.countDown();
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is already going down, and the hook is what ends it
        }
    }

    private static void heal(CancellationToken token, PrintWriter err, Interrupts interrupts) {
        err.println();
        err.println("airworthy: interrupted; healing first ...");
        err.flush();
        token.cancel();
        try {
            if (!interrupts.ended.await(LONGEST_HEAL_SECONDS, TimeUnit.SECONDS)) {
                err.println("airworthy: not healed in time; run `airworthy recover`.");
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(interrupts.code);
    }
}
