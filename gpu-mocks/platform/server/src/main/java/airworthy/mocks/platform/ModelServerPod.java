package airworthy.mocks.platform;

import airworthy.mocks.inference.InferenceOptions;
import airworthy.mocks.inference.Levers;
import airworthy.mocks.inference.ModelServer;
import airworthy.mocks.inference.PodIdentity;
import airworthy.mocks.inference.StartFailure;
import airworthy.mocks.kubernetes.runtime.ContainerExit;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A model server whose engine dies with its device and is started again once the device is back, as a container is that
 * restarts until it can initialise CUDA. Its pod is not ready meanwhile. A container whose model cannot be loaded ends, and so
 * does one whose server ends by itself.
 */
final class ModelServerPod implements RunningPod {

    private static final int LINES_KEPT = 500;

    private final InferenceOptions options;
    private final PodSandbox pod;
    private final PodSandbox.Container container;
    private final UnaryOperator<URI> names;
    private final Levers levers;
    private final BooleanSupplier deviceLost;
    private final Deque<String> lines = new ConcurrentLinkedDeque<>();
    private @Nullable ModelServer server;
    private Optional<ReadinessProbe> readiness = Optional.empty();
    private boolean closed;

    private ModelServerPod(
            InferenceOptions options,
            PodSandbox pod,
            PodSandbox.Container container,
            UnaryOperator<URI> names,
            Levers levers,
            BooleanSupplier deviceLost) {
        this.options = options;
        this.pod = pod;
        this.container = container;
        this.names = names;
        this.levers = levers;
        this.deviceLost = deviceLost;
    }

    /**
     * Starts it.
     *
     * @param names from names of Services to where their pods listen
     * @param levers of the pod, which outlive its containers
     * @throws ContainerExit when its model cannot be loaded
     * @throws IOException when its device is lost or its address cannot be bound
     */
    static ModelServerPod start(
            PodSandbox pod,
            PodSandbox.Container container,
            UnaryOperator<URI> names,
            Levers levers,
            BooleanSupplier deviceLost)
            throws IOException {
        ModelServerPod started = new ModelServerPod(options(container), pod, container, names, levers, deviceLost);
        if (deviceLost.getAsBoolean()) {
            throw new IOException("the device of its claim cannot be prepared: it is lost");
        }
        started.server = started.load();
        started.readiness = started.probe();
        return started;
    }

    /** The first argument may name the class that is run. */
    private static InferenceOptions options(PodSandbox.Container container) throws IOException {
        List<String> args = container.args();
        try {
            return InferenceOptions.parse(args.getFirst().startsWith("-") ? args : args.subList(1, args.size()));
        } catch (IllegalArgumentException e) {
            throw new IOException("container " + container.name() + ": " + e.getMessage(), e);
        }
    }

    private ModelServer load() throws IOException {
        try {
            return options.start(
                    new InetSocketAddress(pod.ip(), container.ports().getFirst()),
                    new PodIdentity(pod.namespace(), pod.name()),
                    container.env(),
                    names,
                    levers,
                    this::keep);
        } catch (StartFailure e) {
            throw new ContainerExit(e.exitCode(), e.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the platform is going down");
        }
    }

    private void keep(String line) {
        lines.add(line + "\n");
        if (lines.size() > LINES_KEPT) {
            lines.poll();
        }
    }

    @Override
    public synchronized Optional<ContainerExit> exited() {
        return Optional.ofNullable(server)
                .map(running -> running.ended().toCompletableFuture())
                .filter(CompletableFuture::isDone)
                .map(ended -> new ContainerExit(ModelServer.EXIT_CODE, ended.join()));
    }

    @Override
    public synchronized boolean ready() {
        if (closed) {
            return false;
        }
        if (deviceLost.getAsBoolean()) {
            end();
        } else if (server == null) {
            try {
                server = load();
                readiness = probe();
            } catch (IOException e) {
                return false; // its port is still in use, or its model does not come; asked again soon
            }
        }
        return server != null && readiness.map(ReadinessProbe::ask).orElse(true);
    }

    /** The probe of a container that was started just now; without one a container is ready as soon as it runs. */
    private Optional<ReadinessProbe> probe() {
        return container.readiness().map(declared -> new ReadinessProbe(declared, pod.ip()));
    }

    @Override
    public synchronized String log() {
        return server == null
                ? "the device of " + options.model() + " is lost: the engine has ended\n"
                : "serving " + options.model() + " at " + server.uri() + "\n" + String.join("", lines);
    }

    @Override
    public synchronized void close() {
        closed = true;
        end();
    }

    private void end() {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
