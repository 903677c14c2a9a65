package airworthy.probes.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What looks like which part, and by which ways it is reached. */
class SearchTest {
    private static final String SERVICE = """
        kind: Service
        metadata: { name: NAME, namespace: m, labels: { LABEL: VALUE } }
        spec: { selector: { a: b }, ports: [{ name: other, port: 8080 }, { name: web, port: PORT }] }
        """;

    private static ClusterObjects service(String name, String label, String value, int port) {
        return Objects.of(SERVICE.replace("NAME", name)
                .replace("LABEL", label)
                .replace("VALUE", value)
                .replace("PORT", Integer.toString(port)));
    }

    private static List<String> found(ServiceSearch search, ClusterObjects objects) {
        return search.in(objects.all(Listed.SERVICES)).stream()
                .map(each -> each.told() + " " + each.why())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "prometheus,               app.kubernetes.io/name, prometheus,   9090, m/prometheus:9090 by its label",
        "k8s,                      app.kubernetes.io/name, prometheus,   9090, m/k8s:9090 by its label",
        "kps-prometheus,           x,                      y,            9090, m/kps-prometheus:9090 by its name",
        "thing,                    x,                      y,            9090, m/thing:9090 by its port",
    })
    void prometheusIsKnownByLabelNameOrPort(String name, String label, String value, int port, String expected) {
        assertThat(found(ServiceSearch.PROMETHEUS, service(name, label, value, port)))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "prometheus-node-exporter, app, prometheus-node-exporter, 9100",
        "kps-prometheus-operator,  app, operator,                 9090",
        "alertmanager,             app, alertmanager,             9093",
        "chat,                     app, chat,                     8000",
    })
    void whatOnlySoundsLikePrometheusIsNotAsked(String name, String label, String value, int port) {
        assertThat(found(ServiceSearch.PROMETHEUS, service(name, label, value, port)))
                .isEmpty();
    }

    @Test
    void theLikeliestIsAskedFirst() {
        ClusterObjects objects = Objects.of("""
            kind: Service
            metadata: { name: a, namespace: m }
            spec: { ports: [{ port: 9093 }] }
            ---
            kind: Service
            metadata: { name: b-alertmanager, namespace: m }
            spec: { ports: [{ port: 80 }] }
            ---
            kind: Service
            metadata: { name: c, namespace: m, labels: { app: alertmanager } }
            spec: { ports: [{ port: 9093 }, { port: 8080 }] }
            """);

        assertThat(found(ServiceSearch.ALERTMANAGER, objects))
                .containsExactly("m/c:9093 by its label", "m/b-alertmanager:80 by its name", "m/a:9093 by its port");
    }

    @Test
    void waysLeadFromTheOutsideInAndTheProxyIsLast() {
        ClusterObjects objects = Objects.of("""
            kind: Service
            metadata: { name: p, namespace: m }
            spec: { selector: { a: b }, ports: [{ name: web, port: 9090, nodePort: 30090 }] }
            status: { loadBalancer: { ingress: [{ ip: 203.0.113.7 }, { hostname: lb.example.com }] } }
            ---
            kind: Node
            metadata: { name: n1 }
            status: { addresses: [{ type: Hostname, address: n1 }, { type: InternalIP, address: 10.0.0.1 }] }
            ---
            kind: Node
            metadata: { name: n2 }
            status: { addresses: [{ type: InternalIP, address: "fd00::2" }, { type: ExternalIP, address: 203.0.113.9 }] }
            """);

        assertThat(ways(objects))
                .containsExactly(
                        "http://203.0.113.7:9090",
                        "http://lb.example.com:9090",
                        "http://203.0.113.9:30090",
                        "http://10.0.0.1:30090",
                        "http://p.m:9090",
                        "https://api:6443/api/v1/namespaces/m/services/p:9090/proxy");
    }

    @Test
    void endpointsWrittenByHandAreMetAndThoseOfPodsAreNot() {
        String slice = """
            kind: EndpointSlice
            metadata: { name: p-1, namespace: m, labels: { kubernetes.io/service-name: p } }
            endpoints: [{ addresses: ["127.9.0.1"] }]
            ports: [{ name: web, port: 19090 }]
            ---
            kind: Service
            metadata: { name: p, namespace: m }
            """;

        assertThat(ways(Objects.of(slice + "spec: { ports: [{ name: web, port: 9090 }] }")))
                .contains("http://127.9.0.1:19090");
        assertThat(ways(Objects.of(slice + "spec: { selector: { a: b }, ports: [{ name: web, port: 9090 }] }")))
                .doesNotContain("http://127.9.0.1:19090");
    }

    private static List<String> ways(ClusterObjects objects) {
        var service = objects.all(Listed.SERVICES).getFirst();
        return Objects.ways(objects).to(service, service.at("/spec/ports/0")).stream()
                .map(way -> way.url().toString())
                .toList();
    }

    @Test
    void theProxyIsToldToSpeakTlsWhereTheServiceDoes() {
        assertThat(ways(Objects.of("""
            kind: Service
            metadata: { name: p, namespace: m }
            spec: { selector: { a: b }, ports: [{ name: https, port: 9090 }] }
            """))).endsWith("https://api:6443/api/v1/namespaces/m/services/https:p:9090/proxy");
    }

    @Test
    void aGatewayBeforeAnInferencePoolIsTriedBeforeServicesOfThatName() {
        ClusterObjects objects = Objects.of("""
            kind: Gateway
            metadata: { name: ai, namespace: edge }
            spec: { listeners: [{ port: 80, protocol: HTTP }] }
            status: { addresses: [{ value: 203.0.113.8 }] }
            ---
            kind: Gateway
            metadata: { name: web, namespace: edge }
            spec: { listeners: [{ port: 80, protocol: HTTP }] }
            status: { addresses: [{ value: 203.0.113.9 }] }
            ---
            kind: HTTPRoute
            metadata: { name: r, namespace: team }
            spec:
              parentRefs: [{ name: ai, namespace: edge }]
              rules: [{ backendRefs: [{ kind: InferencePool, name: pool }] }]
            ---
            kind: HTTPRoute
            metadata: { name: s, namespace: edge }
            spec:
              parentRefs: [{ name: web }]
              rules: [{ backendRefs: [{ name: shop }] }]
            ---
            kind: Service
            metadata: { name: litellm, namespace: team }
            spec: { selector: { a: b }, ports: [{ port: 4000 }] }
            """);

        assertThat(new GatewaySearch(objects, Objects.ways(objects)).doors())
                .extracting(door -> door.way().url().toString())
                .containsExactly(
                        "http://203.0.113.8:80",
                        "http://litellm.team:4000",
                        "https://api:6443/api/v1/namespaces/team/services/litellm:4000/proxy");
    }

    @Test
    void servingWorkloadsAreKnownByAcceleratorsImagesPoolsAndScraping() {
        ClusterObjects objects = Objects.of(pod("claims", "resourceClaims: [{ name: gpu }]", "img")
                + pod("extended", "x: y", "img, resources: { limits: { nvidia.com/gpu: 1 } }")
                + pod("image", "x: y", "'vllm/vllm-openai:v1'")
                + pod("pooled", "x: y", "img")
                + pod("plain", "x: y", "img")
                + """
                kind: InferencePool
                metadata: { name: p, namespace: t }
                spec: { selector: { matchLabels: { app: pooled } }, targetPorts: [{ number: 8200 }] }
                """);

        assertThat(new ServingSearch(objects).candidates())
                .extracting(each -> each.ref() + " " + each.ports() + " " + each.accelerated())
                .containsExactly(
                        "t/deployment/claims [8000] true",
                        "t/deployment/extended [8000] true",
                        "t/deployment/image [8000] false",
                        "t/deployment/pooled [8200, 8000] false");
    }

    @Test
    void aPodThatOnlyAsksToBeScrapedIsAskedOnlyThere() {
        ClusterObjects objects = Objects.of("""
            kind: Pod
            metadata:
              name: exporter
              namespace: t
              annotations: { prometheus.io/scrape: "true", prometheus.io/port: "9400" }
            spec: { containers: [{ image: x, ports: [{ containerPort: 9400 }, { containerPort: 9401 }] }] }
            """);

        assertThat(new ServingSearch(objects).candidates())
                .extracting(ServingSearch.Candidate::ports)
                .containsExactly(List.of(9400));
    }

    @Test
    void aGatewayThatIsScrapedIsNoModelServer() {
        ClusterObjects objects = Objects.of("""
            kind: Pod
            metadata: { name: g, namespace: t, labels: { a: g }, annotations: { prometheus.io/scrape: "true" } }
            spec: { containers: [{ image: x }] }
            ---
            kind: Service
            metadata: { name: litellm, namespace: t }
            spec: { selector: { a: g }, ports: [{ port: 4000 }] }
            """);

        assertThat(new ServingSearch(objects).candidates()).isEmpty();
    }

    private static String pod(String name, String spec, String image) {
        return """
            kind: ReplicaSet
            metadata:
              { name: NAME-1, namespace: t, ownerReferences: [{ kind: Deployment, name: NAME, controller: true }] }
            ---
            kind: Pod
            metadata:
              name: NAME-1-a
              namespace: t
              labels: { app: NAME }
              ownerReferences: [{ kind: ReplicaSet, name: NAME-1, controller: true }]
            spec: { SPEC, containers: [{ image: IMAGE, ports: [{ containerPort: 8000 }] }] }
            ---
            """.replace("NAME", name).replace("SPEC", spec).replace("IMAGE", image);
    }
}
