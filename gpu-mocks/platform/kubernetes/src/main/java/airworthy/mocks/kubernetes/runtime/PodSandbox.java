package airworthy.mocks.kubernetes.runtime;

import java.util.List;
import java.util.Map;

/** What a runtime is told of the pod that it is to start. The ip is an address of this machine, free to bind. */
public record PodSandbox(
        String namespace,
        String name,
        String uid,
        String node,
        String ip,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Container> containers,
        List<AllocatedDevice> devices) {

    public PodSandbox {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        containers = List.copyOf(containers);
        devices = List.copyOf(devices);
    }

    /** One container as the pod's template declares it; {@code args} are the command's arguments. */
    public record Container(
            String name, String image, List<String> args, Map<String, String> env, List<Integer> ports) {
        public Container {
            args = List.copyOf(args);
            env = Map.copyOf(env);
            ports = List.copyOf(ports);
        }
    }

    /** A device that one of the pod's claims holds. */
    public record AllocatedDevice(String claim, String request, String driver, String pool, String device) {}
}
