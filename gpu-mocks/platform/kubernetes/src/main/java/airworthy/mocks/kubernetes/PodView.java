package airworthy.mocks.kubernetes;

import java.util.List;
import java.util.Map;

/** A running pod as service discovery wants it. {@code ports} are its containers' declared ports. */
public record PodView(
        String namespace,
        String name,
        String node,
        String ip,
        boolean ready,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Integer> ports) {}
