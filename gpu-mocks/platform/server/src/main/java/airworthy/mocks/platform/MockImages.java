package airworthy.mocks.platform;

import airworthy.mocks.inference.ModelServer;
import airworthy.mocks.inference.ModelServerSettings;
import airworthy.mocks.inference.PodIdentity;
import airworthy.mocks.kubernetes.runtime.PodRuntime;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Runs the images that do something here; every other image runs and does nothing. */
final class MockImages implements PodRuntime {

    private final Supplier<String> accessLog;

    /** {@code accessLog} is what the gateway has written up to now. */
    MockImages(Supplier<String> accessLog) {
        this.accessLog = accessLog;
    }

    @Override
    public RunningPod start(PodSandbox pod) throws IOException {
        for (PodSandbox.Container container : pod.containers()) {
            switch (container.image().replaceFirst(":[^/]*$", "")) {
                case "airworthy/mock-inference" -> {
                    return modelServer(pod, container);
                }
                case "airworthy/mock-gateway" -> {
                    return new GatewayPod(accessLog);
                }
                default -> {
                    // A side container does not say what the pod is.
                }
            }
        }
        return RunningPod.idle();
    }

    private static RunningPod modelServer(PodSandbox pod, PodSandbox.Container container) throws IOException {
        int flag = container.args().indexOf("--model");
        if (flag < 0 || flag + 1 >= container.args().size() || container.ports().isEmpty()) {
            throw new IOException(
                    "container %s of pod %s/%s: found args %s and ports %s, expected --model NAME and a port"
                            .formatted(
                                    container.name(),
                                    pod.namespace(),
                                    pod.name(),
                                    container.args(),
                                    container.ports()));
        }
        String model = container.args().get(flag + 1);
        InetSocketAddress address =
                new InetSocketAddress(pod.ip(), container.ports().getFirst());
        ModelServer server =
                ModelServer.start(ModelServerSettings.of(address, model, new PodIdentity(pod.namespace(), pod.name())));
        return new ModelServerPod(server, model);
    }

    private record ModelServerPod(ModelServer server, String model) implements RunningPod {

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public String log() {
            return "serving " + model + " at " + server.uri() + "\n";
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private record GatewayPod(Supplier<String> accessLog) implements RunningPod {

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public String log() {
            return accessLog.get();
        }

        @Override
        public void close() {
            // The gateway listens on the platform's own address and ends with the platform.
        }
    }
}
