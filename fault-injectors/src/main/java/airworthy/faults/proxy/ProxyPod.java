package airworthy.faults.proxy;

import airworthy.faults.RunMark;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pod that runs the harness's proxy: no rights, no root, an expiry of its own.
 *
 * @param ref its name, which tells nobody what it is for
 * @param image what it runs
 * @param part the value of {@link #PART} by which a Service finds it
 * @param port where it listens: {@code containerPort}, and a name if the Service that leads to it names its target port
 * @param adminPort where its levers are
 * @param upstream what stands behind it, as host and port
 * @param whose the arguments that say whose requests are disturbed
 * @param graceSeconds how long it may take to end
 * @param mark ours
 */
public record ProxyPod(
        ObjectRef ref,
        String image,
        String part,
        Map<String, Object> port,
        int adminPort,
        String upstream,
        List<String> whose,
        int graceSeconds,
        RunMark mark) {
    /** By this label Services of ours find pods of ours; no other Service selects it. */
    public static final String PART = "airworthy/part";

    public ProxyPod {
        port = Map.copyOf(port);
        whose = List.copyOf(whose);
    }

    /** The change that makes it. */
    public Change.CreateObject creation() {
        Map<String, String> labels = new TreeMap<>(mark.labels());
        labels.put(PART, part);
        return new OurObject(ref, labels, mark.annotations(), spec(), mark).creation();
    }

    private Map<String, Object> spec() {
        Map<String, Object> spec = new TreeMap<>();
        spec.put("containers", List.of(container()));
        spec.put("terminationGracePeriodSeconds", graceSeconds);
        Unprivileged.pod(spec);
        return spec;
    }

    private Map<String, Object> container() {
        Map<String, Object> container = new TreeMap<>();
        container.put("name", "proxy");
        container.put("image", image);
        container.put("args", args());
        container.put("ports", List.of(port, Map.of("containerPort", adminPort)));
        container.put(
                "readinessProbe",
                Map.of(
                        "httpGet", Map.of("path", "/admin/ready", "port", adminPort),
                        "periodSeconds", 1,
                        "timeoutSeconds", 3));
        container.put(
                "resources",
                Map.of(
                        "requests", Map.of("cpu", "200m", "memory", "256Mi"),
                        "limits", Map.of("cpu", "2", "memory", "512Mi")));
        Unprivileged.container(container);
        return container;
    }

    private List<String> args() {
        List<String> args = new ArrayList<>(List.of(
                "--listen",
                "0.0.0.0:" + port.get("containerPort"),
                "--admin",
                "0.0.0.0:" + adminPort,
                "--upstream",
                upstream,
                "--expires",
                mark.expires().toString()));
        args.addAll(whose);
        return args;
    }
}
