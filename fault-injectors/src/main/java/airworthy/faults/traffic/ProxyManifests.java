package airworthy.faults.traffic;

import airworthy.faults.RunMark;
import airworthy.faults.proxy.OurObject;
import airworthy.faults.proxy.ProxyPod;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import airworthy.model.RunHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy's pod and the Service by which it reaches the model servers, named so that nothing tells what they are for.
 *
 * @param namespace of the Service that is hit
 * @param service that Service
 * @param image what the pod runs
 * @param liveTraffic whether users' requests are disturbed too
 * @param mark ours
 */
record ProxyManifests(String namespace, ServedService service, String image, boolean liveTraffic, RunMark mark) {
    private static final int USUAL_PORT = 8000;
    /** More than the proxy itself waits for answers under way, less than undo waits for it to be gone. */
    private static final int GRACE_SECONDS = 18;

    /** Leads on to the model servers as the original Service did. */
    Change.CreateObject upstream() {
        Map<String, Object> port = Map.of("port", service.port(), "targetPort", service.target(), "protocol", "TCP");
        return new OurObject(
                        new ObjectRef("v1", "Service", Optional.of(namespace), base() + "-upstream"),
                        Map.of("selector", service.selector(), "ports", List.of(port)),
                        mark)
                .creation();
    }

    Change.CreateObject pod() {
        return new ProxyPod(
                        podRef(),
                        image,
                        base(),
                        port(),
                        adminPort(),
                        base() + "-upstream:" + service.port(),
                        liveTraffic
                                ? List.of("--live-traffic")
                                : List.of("--marker", RunHeader.NAME + ": " + mark.label()),
                        GRACE_SECONDS,
                        mark)
                .creation();
    }

    /** Points the Service at the proxy. */
    Change.SetFieldOnceReady selectorSwitch() {
        ObjectRef hit = new ObjectRef("v1", "Service", Optional.of(namespace), service.name());
        return new Change.SetFieldOnceReady(
                new Change.SetField(
                        hit,
                        "/spec/selector",
                        OurObject.json(Map.of(ProxyPod.PART, base())),
                        OurObject.json(service.selector())),
                podRef());
    }

    ObjectRef podRef() {
        return new ObjectRef("v1", "Pod", Optional.of(namespace), base() + "-proxy");
    }

    int adminPort() {
        return listen() == USUAL_PORT + 1 ? USUAL_PORT + 2 : USUAL_PORT + 1;
    }

    private int listen() {
        return service.target().isTextual() ? USUAL_PORT : service.target().asInt();
    }

    private String base() {
        return "airworthy-" + mark.label() + "-"
                + Integer.toHexString(service.name().hashCode());
    }

    /** A Service that names its target port finds the proxy's by the same name. */
    private Map<String, Object> port() {
        return service.target().isTextual()
                ? Map.of("containerPort", listen(), "name", service.target().asText())
                : Map.of("containerPort", listen());
    }
}
