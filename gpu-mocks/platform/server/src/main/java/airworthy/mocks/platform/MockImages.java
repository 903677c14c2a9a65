package airworthy.mocks.platform;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.inference.Levers;
import airworthy.mocks.inference.ModelStore;
import airworthy.mocks.inference.StoreMain;
import airworthy.mocks.kubernetes.runtime.PodRuntime;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs the images that do something here; every other image runs and does nothing. */
final class MockImages implements PodRuntime {

    /** One image holds all that models need; the first argument tells which of it is run. */
    private static final String STORE = StoreMain.class.getName();

    private final Supplier<String> accessLog;
    private final GpuNodes gpus;
    private final DriverPod.Cluster cluster;
    private final ServiceAddresses services;
    private final Map<String, ImageFiles> others;

    /** Of model servers, by the pod's uid: what a lever stands for is around a container, and not in it. */
    private final Map<String, Levers> levers = new ConcurrentHashMap<>();

    /**
     * @param accessLog what the gateway has written up to now
     * @param gpus the hardware that pods run on
     * @param cluster where drivers publish
     * @param services where pods meet each other
     * @param others images that run as processes of their own
     */
    MockImages(
            Supplier<String> accessLog,
            GpuNodes gpus,
            DriverPod.Cluster cluster,
            ServiceAddresses services,
            List<ImageFiles> others) {
        this.accessLog = accessLog;
        this.gpus = gpus;
        this.cluster = cluster;
        this.services = services;
        this.others = others.stream().collect(Collectors.toMap(ImageFiles::image, Function.identity()));
    }

    @Override
    public RunningPod start(PodSandbox pod) throws IOException {
        Optional<String> unprepared = gpus.unprepared(pod.devices());
        if (unprepared.isPresent()) {
            throw new IOException("the devices of its claims cannot be prepared: " + unprepared.get());
        }
        for (PodSandbox.Container container : pod.containers()) {
            String image = container.image().replaceFirst(":[^/]*$", "");
            ImageFiles files = others.get(image);
            if (files != null) {
                return ImagePod.start(files, pod, container, services);
            }
            switch (image) {
                case "airworthy/mock-inference" -> {
                    return container.args().contains(STORE) ? modelStore(pod, container) : modelServer(pod, container);
                }
                case "airworthy/mock-devices" -> {
                    return driver(pod, container);
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

    private RunningPod driver(PodSandbox pod, PodSandbox.Container container) throws IOException {
        Accelerators accelerators = gpus.of(pod.node())
                .orElseThrow(() -> new IOException(
                        "pod %s/%s: found no accelerators of node %s in devices.yaml, expected some for a driver"
                                .formatted(pod.namespace(), pod.name(), pod.node())));
        return DriverPod.start(pod, container, accelerators, cluster);
    }

    private RunningPod modelServer(PodSandbox pod, PodSandbox.Container container) throws IOException {
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
        return ModelServerPod.start(
                pod,
                container,
                named -> services.reached(named, pod.namespace()),
                levers.computeIfAbsent(pod.uid(), _ -> new Levers()),
                () -> gpus.lost(pod.devices()));
    }

    private static RunningPod modelStore(PodSandbox pod, PodSandbox.Container container) throws IOException {
        List<String> args = container.args().stream()
                .filter(argument -> !argument.equals(STORE))
                .toList();
        return new StorePod(StoreMain.start(pod.ip(), args));
    }

    private record StorePod(ModelStore store) implements RunningPod {

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public String log() {
            return "holding models at " + store.uri() + "\n";
        }

        @Override
        public void close() {
            store.close();
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
