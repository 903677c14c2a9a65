package airworthy.mocks.kubernetes.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a runtime is told of the pod that it is to start. The ip is an address of this machine, free to bind; the grace is how
 * long its processes may take to end.
 */
public record PodSandbox(
        String namespace,
        String name,
        String uid,
        String node,
        String ip,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Container> containers,
        List<AllocatedDevice> devices,
        Duration grace) {

    public PodSandbox {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        containers = List.copyOf(containers);
        devices = List.copyOf(devices);
    }

    /**
     * What is asked to learn whether a container is ready: a page that answers well.
     *
     * @param failureThreshold so many bad answers in a row make a ready container unready
     */
    public record Probe(String path, int port, int failureThreshold) {}

    /**
     * One container as the pod's template declares it; {@code args} are the command's arguments. Without a probe it is ready as
     * soon as it runs.
     */
    public record Container(
            String name,
            String image,
            List<String> args,
            Map<String, String> env,
            List<Integer> ports,
            Optional<Probe> readiness) {
        public Container {
            args = List.copyOf(args);
            env = Map.copyOf(env);
            ports = List.copyOf(ports);
        }
    }

    /** A device that one of the pod's claims holds. */
    public record AllocatedDevice(String claim, String request, String driver, String pool, String device) {}
}
