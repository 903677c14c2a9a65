package airworthy.mocks.platform;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/**
 * Whoever started this process, heard through standard input: its end is the signal to end. A parent that catches a Ctrl-C
 * to heal first has the same signal sent to us; then we go on serving until it closes the pipe.
 */
public final class ParentPipe {

    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Waits until the input ends.
     *
     * @param deaf SIGINT and SIGTERM do not end the process while the input is open
     * @param cleanUp done before the process ends, whichever way it is told to
     */
    public void await(boolean deaf, Runnable cleanUp) throws IOException {
        CountDownLatch cleaned = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            // Threads go on while a shutdown hook waits, so what is served goes on being served.
            if (deaf) {
                awaitQuietly(closed);
            }
            cleanUp.run();
            cleaned.countDown();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            drain(System.in);
        } finally {
            closed.countDown();
            if (removed(hook)) {
                cleanUp.run();
            } else {
                awaitQuietly(cleaned);
            }
        }
    }

    private static boolean removed(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            return false;
        }
    }

    private static void drain(InputStream in) throws IOException {
        byte[] ignored = new byte[1024];
        while (in.read(ignored) >= 0) {
            // What is typed says nothing; the end of input is the signal.
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
