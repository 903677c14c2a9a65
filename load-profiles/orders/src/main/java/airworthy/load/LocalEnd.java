package airworthy.load;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A load JVM on this machine.
 *
 * @param process whose standard streams are pipes
 */
record LocalEnd(Process process) implements FarEnd {

    @Override
    public String where() {
        return "this machine";
    }

    @Override
    public OutputStream commands() {
        return process.getOutputStream();
    }

    @Override
    public InputStream notices() {
        return process.getInputStream();
    }

    @Override
    public InputStream words() {
        return process.getErrorStream();
    }

    @Override
    public Optional<String> awaitEnd(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of("ended with exit code " + process.exitValue())
                : Optional.empty();
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }
}
