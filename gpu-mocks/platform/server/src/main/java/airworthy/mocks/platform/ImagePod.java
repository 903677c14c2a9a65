package airworthy.mocks.platform;

import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A pod that runs an image of somebody else's as a process of its own, at the pod's address. Instead of a network namespace,
 * {@code 0.0.0.0} in its arguments becomes that address, and instead of DNS the names of Services become where their pods
 * listen now. Thread-safe.
 */
final class ImagePod implements RunningPod {

    private static final String ANY = "0.0.0.0:";

    private final PodSandbox pod;
    private final Optional<ReadinessProbe> readiness;
    private final Process process;
    private final StringBuilder log = new StringBuilder();

    private ImagePod(PodSandbox pod, PodSandbox.Container container, Process process) {
        this.pod = pod;
        this.readiness = container.readiness().map(probe -> new ReadinessProbe(probe, pod.ip()));
        this.process = process;
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
        builder.environment().putAll(container.env());
        ImagePod started = new ImagePod(pod, container, builder.start());
        Thread.ofVirtual().name("log of " + pod.name()).start(started::keepLog);
        return started;
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
