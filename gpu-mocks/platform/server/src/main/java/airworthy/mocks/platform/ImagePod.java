package airworthy.mocks.platform;

import airworthy.mocks.kubernetes.runtime.ContainerExit;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A pod that runs an image of somebody else's as a process of its own, at the pod's address. Instead of a network namespace,
 * {@code 0.0.0.0} in its arguments becomes that address, and instead of DNS the names of Services in its arguments and
 * variables become where their pods listen now. A process that ends is a container that ended. Thread-safe.
 */
final class ImagePod implements RunningPod {

    private static final String ANY = "0.0.0.0:";

    /** A process knows nothing of DNS, so a Service that has no ready pod yet has to be waited for; but it may be none. */
    private static final Duration SERVICES_WITHIN = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LAST_WORDS_WITHIN = Duration.ofSeconds(1);

    private final PodSandbox pod;
    private final Optional<ReadinessProbe> readiness;
    private final Process process;
    private final Thread logKeeper;
    private final StringBuilder log = new StringBuilder();

    private ImagePod(PodSandbox pod, PodSandbox.Container container, Process process) {
        this.pod = pod;
        this.readiness = container.readiness().map(probe -> new ReadinessProbe(probe, pod.ip()));
        this.process = process;
        this.logKeeper = Thread.ofVirtual().name("log of " + pod.name()).unstarted(this::keepLog);
    }

    /**
     * Starts it.
     *
     * @throws IOException when no process can be started
     */
    static ImagePod start(ImageFiles image, PodSandbox pod, PodSandbox.Container container, ServiceAddresses services)
            throws IOException {
        List<String> command = new ArrayList<>(image.command());
        for (String argument : container.args()) {
            command.add(
                    argument.startsWith(ANY)
                            ? pod.ip() + argument.substring(ANY.length() - 1)
                            : services.reached(argument, pod.namespace()));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        container.env().forEach((name, value) -> builder.environment().put(name, reached(value, pod, services)));
        ImagePod started = new ImagePod(pod, container, builder.start());
        started.logKeeper.start();
        return started;
    }

    /** The address of a Service as the process reaches it, once there is a pod behind it; anything else as it is. */
    private static String reached(String value, PodSandbox pod, ServiceAddresses services) {
        if (!value.startsWith("http://")) {
            return value;
        }
        URI named = URI.create(value);
        URI reached = services.reached(named, pod.namespace());
        long begun = System.nanoTime();
        while (reached.equals(named)
                && ServiceAddresses.mayName(named)
                && System.nanoTime() - begun < SERVICES_WITHIN.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL.toNanos());
            reached = services.reached(named, pod.namespace());
        }
        return reached.toString();
    }

    private void keepLog() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(this::write);
        } catch (IOException | UncheckedIOException e) {
            write("the log ends here: " + e.getMessage());
        }
    }

    @Override
    public synchronized boolean ready() {
        return process.isAlive() && readiness.map(ReadinessProbe::ask).orElse(true);
    }

    @Override
    public Optional<ContainerExit> exited() {
        return process.isAlive() ? Optional.empty() : Optional.of(new ContainerExit(process.exitValue(), lastWords()));
    }

    /** The last line that it wrote: there is no file of its own that it could leave them in. */
    private String lastWords() {
        try {
            logKeeper.join(LAST_WORDS_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return log().lines().filter(line -> !line.isBlank()).reduce("", (earlier, later) -> later);
    }

    private void write(String line) {
        synchronized (log) {
            log.append(line).append('\n');
        }
    }

    @Override
    public String log() {
        synchronized (log) {
            return log.toString();
        }
    }

    /** SIGTERM, and after the pod's grace period SIGKILL. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(pod.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
