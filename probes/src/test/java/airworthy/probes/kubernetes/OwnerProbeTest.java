package airworthy.probes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event;
import airworthy.model.PlatformProfile;
import airworthy.model.ScenarioId;
import airworthy.model.Slo;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OwnerProbeTest {
    private static final ScenarioId SCENARIO = new ScenarioId("OWN-1");
    private static final String CLUSTER = """
        {apiVersion: v1, kind: Namespace, metadata: {name: team-a, labels: {team: infra}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: team-b}}
        ---
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: chat, namespace: team-a, uid: d1, labels: {owner: ml}}}
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata:
          name: chat-1
          namespace: team-a
          uid: r1
          ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: chat, uid: d1, controller: true}]
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: chat-1-a
          namespace: team-a
          annotations: {owner: ml-oncall}
          ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: chat-1, uid: r1, controller: true}]
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: lonely, namespace: team-b}}
        ---
        %s
        ---
        %s
        ---
        %s
        """;
    private static final String CHAT = claim("chat-claim", "team-a", "gpu-0", "chat-1-a", "{}");
    private static final String LONELY = claim("lonely-claim", "team-b", "gpu-1", "lonely", "{}");
    private static final String OURS = claim("burst", "team-b", "gpu-2", "burst", "{airworthy/run: abc}");

    @Test
    void everyPlaceOnTheWayTellsItsOwnOwner() throws Exception {
        assertThat(owners(CHAT, LONELY, OURS))
                .containsExactly(
                        new Event.OwnersFound(
                                SCENARIO,
                                WorkloadRef.parse("team-a/deployment/chat"),
                                new TreeMap<>(Map.of(
                                        "pod annotation owner", "ml-oncall",
                                        "deployment label owner", "ml",
                                        "namespace label team", "infra"))),
                        new Event.OwnersFound(SCENARIO, WorkloadRef.parse("team-b/pod/lonely"), new TreeMap<>()));
    }

    @Test
    void aDeviceIsFollowedToTheNearestOwner() throws Exception {
        assertThat(devices(CHAT, LONELY, OURS))
                .containsExactly(
                        new Event.DeviceTraced(
                                SCENARIO,
                                "gpu.example.com/node-1/gpu-0",
                                List.of(
                                        "claim team-a/chat-claim",
                                        "pod team-a/chat-1-a",
                                        "deployment team-a/chat",
                                        "namespace team-a",
                                        "owner ml-oncall (pod annotation owner)"),
                                Optional.empty()),
                        new Event.DeviceTraced(
                                SCENARIO,
                                "gpu.example.com/node-1/gpu-1",
                                List.of(
                                        "claim team-b/lonely-claim",
                                        "pod team-b/lonely",
                                        "no controller",
                                        "namespace team-b"),
                                Optional.of(
                                        "owner: none of the keys [owner, team] is on pod, controller or namespace")));
    }

    @Test
    void theFirstLinkThatLeadsNowhereIsNamed() throws Exception {
        String gone = claim("orphan", "team-b", "gpu-3", "vanished", "{}");
        String unused = gone.replaceAll("reservedFor.*", "reservedFor: []")
                .replace("gpu-3", "gpu-4")
                .replace("orphan", "unused");

        assertThat(devices(gone, unused, OURS))
                .extracting(traced -> traced.broken().orElseThrow())
                .containsExactly(
                        "pod team-b/vanished, which the claim is reserved for, is not there",
                        "claim team-b/unused is reserved for no pod");
    }

    @Test
    void podsOfOneWorkloadThatDisagreeAreBothTold() throws Exception {
        String second = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: chat-1-b
              namespace: team-a
              annotations: {owner: others}
              ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: chat-1, uid: r1, controller: true}]
            """;

        assertThat(owners(CHAT, claim("b", "team-a", "gpu-5", "chat-1-b", "{}"), second))
                .singleElement()
                .satisfies(found -> assertThat(found.owners().values()).contains("ml-oncall", "others"));
    }

    @Test
    void claimsThatMayNotBeListedMakeTheAnswerUnreadable() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER.formatted(CHAT, LONELY, OURS))) {
            api.answer("/apis/resource.k8s.io/v1/resourceclaims", 403, "{\"kind\": \"Status\", \"message\": \"no\"}");

            assertThat(new OwnerProbe(api.connection()).devices(SCENARIO, profile()))
                    .isInstanceOf(Reading.Unreadable.class);
        }
    }

    private static List<Event.OwnersFound> owners(String... objects) throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER.formatted((Object[]) objects))) {
            return present(new OwnerProbe(api.connection()).owners(SCENARIO, profile()));
        }
    }

    private static List<Event.DeviceTraced> devices(String... objects) throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER.formatted((Object[]) objects))) {
            return present(new OwnerProbe(api.connection()).devices(SCENARIO, profile()));
        }
    }

    private static <T> T present(Reading<T> reading) {
        return switch (reading) {
            case Reading.Present<T>(T value) -> value;
            case Reading.Absent<T>(String how) -> throw new AssertionError(how);
            case Reading.Unreadable<T>(String why) -> throw new AssertionError(why);
        };
    }

    private static String claim(String name, String namespace, String device, String pod, String labels) {
        return """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: %s, namespace: %s, labels: %s}
            status:
              allocation: {devices: {results: [{driver: gpu.example.com, pool: node-1, device: %s}]}}
              reservedFor: [{resource: pods, name: %s}]
            """.formatted(name, namespace, labels, device, pod);
    }

    private static PlatformProfile profile() {
        return new PlatformProfile(
                "test",
                "test",
                Map.of(),
                Optional.empty(),
                new PlatformProfile.Consent(Set.of(), 0, 0, false, false, false, false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new PlatformProfile.Inference(
                        "chat",
                        WorkloadRef.parse("team-a/deployment/chat"),
                        URI.create("http://chat/v1"),
                        "m",
                        Optional.empty(),
                        8000,
                        new Slo(Duration.ofSeconds(1), Duration.ofSeconds(1)))),
                List.of(),
                List.of(),
                new PlatformProfile.Ownership(List.of("owner", "team"), Map.of(), Map.of()),
                new PlatformProfile.Alerts(Set.of(), Map.of(), Map.of()),
                Map.of(),
                PlatformProfile.Mocks.none(),
                PlatformProfile.HarnessImages.usual(),
                Set.of(),
                1);
    }
}
