package airworthy.probes.discovery;

import static airworthy.probes.stub.Readings.absent;
import static airworthy.probes.stub.Readings.present;
import static airworthy.probes.stub.Readings.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import airworthy.probes.kubernetes.KubernetesConnection;
import airworthy.probes.stub.StubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a discovery makes of the answers of an API server, its proxy included: nothing else can be reached from here. */
class DiscoveryTest {
    private static final String PROMETHEUS = "/api/v1/namespaces/m/services/prometheus:9090/proxy";
    private static final String ALERTMANAGER = "/api/v1/namespaces/m/services/alertmanager:9093/proxy";
    private static final String GATEWAY = "/api/v1/namespaces/g/services/litellm:4000/proxy";
    private static final String POD = "/api/v1/namespaces/t/pods/chat-1:8000/proxy";
    private static final String REFUSED = "{\"kind\":\"Status\",\"message\":\"me may not\"}";

    private record Answer(int status, String body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<String> methods = ConcurrentHashMap.newKeySet();
    private final StubServer server = new StubServer();

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() {
        server.handle("/", exchange -> {
            methods.add(exchange.getRequestMethod());
            Answer answer = answers.getOrDefault(
                    exchange.getRequestURI().getPath(), new Answer(404, "{\"kind\":\"Status\",\"message\":\"none\"}"));
            StubServer.reply(exchange, answer.status(), answer.body());
        });
        serves("/api/v1", "Namespace", "Node", "Pod", "Service", "ResourceQuota");
        serves("/apis/apps/v1", "Deployment", "StatefulSet", "ReplicaSet");
        serves("/apis/discovery.k8s.io/v1", "EndpointSlice");
        list("/api/v1/services", """
            {"metadata":{"name":"prometheus","namespace":"m"},"spec":{"selector":{"a":"p"},"ports":[{"port":9090}]}},
            {"metadata":{"name":"alertmanager","namespace":"m"},"spec":{"selector":{"a":"a"},"ports":[{"port":9093}]}},
            {"metadata":{"name":"litellm","namespace":"g"},"spec":{"selector":{"a":"g"},"ports":[{"port":4000}]}}\
            """);
        list("/api/v1/pods", """
            {"metadata":{"name":"chat-1","namespace":"t"},"spec":{"resourceClaims":[{"name":"gpu"}],
              "containers":[{"image":"x","ports":[{"containerPort":8000}]}]}}\
            """);
        answer(PROMETHEUS + "/api/v1/status/buildinfo", 200, "{'status':'success','data':{'version':'3.1.0'}}");
        answer(ALERTMANAGER + "/api/v2/receivers", 200, "[{'name':'r'}]");
        answer(
                ALERTMANAGER + "/api/v2/status",
                200,
                "{'versionInfo':{'version':'0.28.1'},'config':{'original':'"
                        + "route: {receiver: r}\\nreceivers: [{name: r, slack_configs: [{channel: c}]}]'}}");
        answer(GATEWAY + "/v1/models", 401, "{'error':'no key'}");
        answer(POD + "/v1/models", 200, "{'data':[{'id':'llama'}]}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void answer(String path, int status, String body) {
        answers.put(path, new Answer(status, body.replace('\'', '"')));
    }

    private void serves(String root, String... kinds) {
        List<String> resources = new ArrayList<>();
        for (String kind : kinds) {
            String plural = kind.toLowerCase(Locale.ROOT) + "s";
            resources.add("{'kind':'%s','name':'%s','namespaced':false}".formatted(kind, plural));
            list(root + "/" + plural, "");
        }
        answer(root, 200, "{'resources':[" + String.join(",", resources) + "]}");
    }

    private void list(String path, String items) {
        answers.put(path, new Answer(200, "{\"items\":[" + items + "]}"));
    }

    private Findings look() throws IOException, InterruptedException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
            current-context: here
            contexts: [{name: here, context: {cluster: here, user: me}}]
            clusters: [{name: here, cluster: {server: "%s"}}]
            users: [{name: me, user: {token: secret}}]
            """.formatted(server.base()));
        try (KubernetesConnection connection =
                        present(KubernetesConnection.open(new PlatformProfile.Cluster(kubeconfig, Optional.empty())));
                HttpCaller caller = new HttpCaller(
                        Names.none(),
                        new Limits(Duration.ofSeconds(30), Duration.ofSeconds(30)),
                        Optional.of(connection.login()))) {
            return new Discovery(connection, new HttpReads(caller))
                    .look(new Findings.Cluster(kubeconfig, connection.context(), "v1.36.3"));
        }
    }

    @Test
    void whatCannotBeMetDirectlyIsMetThroughTheApiServerAndNothingIsChanged() throws Exception {
        Findings found = look();

        assertThat(present(found.prometheus()).url())
                .isEqualTo(Told.seen(server.base().resolve(PROMETHEUS)));
        assertThat(present(found.alertmanager()).version()).isEqualTo("0.28.1");
        assertThat(found.receivers()).containsExactly("r");
        assertThat(absent(found.webhook())).contains("1");
        assertThat(present(found.inference()).served())
                .extracting(served -> served.workload() + " " + served.model().value())
                .containsExactly("t/pod/chat-1 llama");
        assertThat(found.cluster().context()).isEqualTo("here");
        assertThat(methods).containsExactly("GET");
    }

    @Test
    void loadNeverGoesThroughTheApiServer() throws Exception {
        Findings.Gateway gateway = present(look().gateway());

        assertThat(gateway.url().value()).hasToString("http://litellm.g:4000/v1");
        assertThat(gateway.url().guess())
                .hasValueSatisfying(why -> assertThat(why).contains("load does not go that way"));
        assertThat(gateway.how()).contains("refuses without a key (401)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/services", "/api/v1/pods", "/api/v1/namespaces"})
    void whatMayNotBeReadIsUnreadableWithWhatToGrant(String path) throws Exception {
        answer(path, 403, REFUSED);
        Findings found = look();
        List<Reading<?>> hidden = switch (path) {
            case "/api/v1/services" -> List.of(found.prometheus(), found.alertmanager(), found.gateway());
            case "/api/v1/pods" -> List.of(found.inference(), found.testTenants());
            default -> List.of(found.ownership());
        };

        assertThat(hidden).allSatisfy(each -> assertThat(unreadable(each)).contains(path, "403", "grant get and list"));
    }

    @Test
    void aProxyThatRefusesIsToldWithWhatToGrant() throws Exception {
        answer(PROMETHEUS + "/api/v1/status/buildinfo", 403, REFUSED);
        answer(GATEWAY + "/v1/models", 403, REFUSED);
        answer(POD + "/v1/models", 403, REFUSED);
        Findings found = look();

        assertThat(unreadable(found.prometheus())).contains("grant get on services/proxy");
        assertThat(unreadable(found.alerts())).contains("grant get on services/proxy");
        assertThat(unreadable(found.gateway())).contains("grant get on pods/proxy and services/proxy");
        assertThat(unreadable(found.inference())).contains("grant get on pods/proxy and services/proxy");
    }

    @Test
    void whatIsNotThereIsAbsentOnlyWhereItWasLookedFor() throws Exception {
        list("/api/v1/services", "");
        list("/api/v1/pods", "");
        Findings found = look();

        assertThat(absent(found.prometheus())).contains("among 0 Services");
        absent(found.gateway());
        absent(found.inference());
        absent(found.ownership());
    }

    @Test
    void aServerOnThePortThatIsSomethingElseSaysNothingOfPrometheus() throws Exception {
        list("/api/v1/services", """
            {"metadata":{"name":"picker","namespace":"m"},"spec":{"selector":{"a":"p"},"ports":[{"port":9090}]}}\
            """);

        assertThat(absent(look().prometheus())).contains("picker:9090");
    }

    @Test
    void aModelServerWithoutAListOfModelsIsKnownByItsMetrics() throws Exception {
        answer(POD + "/v1/models", 404, "no");
        answers.put(POD + "/metrics", new Answer(200, "vllm:num_requests_running{engine=\"0\",model_name=\"m7\"} 1\n"));

        assertThat(present(look().inference()).served())
                .extracting(served -> served.model().value())
                .containsExactly("m7");
    }

    @Test
    void podsWithAcceleratorsThatServeNothingAreNoModelServers() throws Exception {
        answer(POD + "/v1/models", 404, "no");

        absent(look().inference());
    }
}
