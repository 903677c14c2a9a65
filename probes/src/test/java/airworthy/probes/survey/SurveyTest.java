package airworthy.probes.survey;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event.PartFound;
import airworthy.model.Event.Surveyed;
import airworthy.model.Need;
import airworthy.model.PlatformLayer;
import airworthy.model.Presence;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.stub.Callers;
import airworthy.probes.stub.StubServer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SurveyTest {
    private final StubServer server = new StubServer();
    private final HttpCaller caller = Callers.patient();
    private final Survey survey = new Survey(new HttpReads(caller));
    private final ProfileBuilder profile = new ProfileBuilder(server.base());
    private final PartsBuilder parts = new PartsBuilder();

    @AfterEach
    void close() {
        caller.close();
        server.close();
    }

    @Test
    void findsEachPartOfAWholePlatform() throws Exception {
        alerting("3.5.0", "0.28.1");
        gateway();

        Surveyed surveyed = survey.look(profile.build(), parts.build());

        assertThat(surveyed.parts()).hasSize(Need.values().length);
        assertThat(surveyed.parts().values()).extracting(PartFound::presence).containsOnly(Presence.PRESENT);
        assertThat(surveyed.kubernetesVersion()).contains("v1.34.1");
        assertThat(surveyed.simulated()).isEmpty();
        assertThat(surveyed.receivers()).containsExactly("pager");
        assertThat(surveyed.intervalsNs())
                .containsExactly(
                        entry("evaluation", 1_000_000_000L),
                        entry("evaluation/slow", 5_000_000_000L),
                        entry("group-interval", 3_000_000_000L),
                        entry("group-wait", 2_000_000_000L),
                        entry("scrape", 500_000_000L));
    }

    @Test
    void believesLayersThatSayTheyAreSimulated() throws Exception {
        alerting("3.5.0", "0.28.1+simulated");
        parts.version = new Reading.Present<>("v1.34.1+simulated");

        Surveyed surveyed = survey.look(profile.build(), parts.build());

        assertThat(surveyed.simulated()).isEqualTo(Set.of(PlatformLayer.KUBERNETES, PlatformLayer.ALERTING));
    }

    @Test
    void takesTheOwnersWordForWhatIsDeclaredAbsent() throws Exception {
        alerting("3.5.0", "0.28.1");
        gateway();
        profile.declaredAbsent = Set.of(Need.GATEWAY, Need.PROMETHEUS, Need.DEVICES);

        Surveyed surveyed = survey.look(profile.build(), parts.build());

        for (Need need : profile.declaredAbsent) {
            assertThat(surveyed.parts())
                    .containsEntry(need, new PartFound(Presence.ABSENT, "declared absent in the profile"));
        }
        assertThat(surveyed.intervalsNs()).doesNotContainKey("scrape");
    }

    @Test
    void whatTheProfileDoesNotNameAndTheClusterDoesNotShowIsAbsent() throws Exception {
        profile.bare = true;

        Surveyed surveyed = survey.look(profile.build(), parts.build());

        for (Need need : Set.of(Need.GATEWAY, Need.PROMETHEUS, Need.ALERTMANAGER)) {
            assertThat(part(surveyed, need).presence()).as(need.id()).isEqualTo(Presence.ABSENT);
            assertThat(part(surveyed, need).detail()).contains("looked for in vain: Services named so among 7");
        }
        assertThat(part(surveyed, Need.INFERENCE).presence()).isEqualTo(Presence.UNREADABLE);
        assertThat(part(surveyed, Need.TENANTS).presence()).isEqualTo(Presence.UNREADABLE);
    }

    @Test
    void knowsNothingOfWhatTheProfileDoesNotNameAndTheClusterShowsOrHides() throws Exception {
        profile.bare = true;

        parts.part = new Reading.Present<>("Service monitoring/alertmanager at http://a:9093");
        PartFound shown = part(survey.look(profile.build(), parts.build()), Need.ALERTMANAGER);
        parts.part = new Reading.Unreadable<>("list services: answered 403");
        PartFound hidden = part(survey.look(profile.build(), parts.build()), Need.ALERTMANAGER);

        assertThat(shown.presence()).isEqualTo(Presence.UNREADABLE);
        assertThat(shown.detail()).contains("Service monitoring/alertmanager at http://a:9093 answers as one; name it");
        assertThat(hidden.presence()).isEqualTo(Presence.UNREADABLE);
        assertThat(hidden.detail()).contains("could not be looked for: list services: answered 403");
    }

    @Test
    void knowsNothingOfAnythingInAClusterThatCannotBeRead() throws Exception {
        parts.version = new Reading.Unreadable<>("GET /version: connection refused");

        Surveyed surveyed = survey.look(profile.build(), parts.build());

        for (Need need : Set.of(Need.KUBERNETES, Need.INFERENCE, Need.OWNERSHIP, Need.DEVICES, Need.TENANTS)) {
            assertThat(surveyed.parts())
                    .containsEntry(need, new PartFound(Presence.UNREADABLE, "GET /version: connection refused"));
        }
        assertThat(surveyed.kubernetesVersion()).isEmpty();
        assertThat(parts.asked).as("what more was asked of it").isEmpty();
    }

    @Test
    void knowsNothingOfAGatewayThatRefusesItsKey() throws Exception {
        gateway();
        parts.secret = new Reading.Present<>("expired");

        PartFound found = part(survey.look(profile.build(), parts.build()), Need.GATEWAY);

        assertThat(found.presence()).isEqualTo(Presence.UNREADABLE);
        assertThat(found.detail()).contains("401").doesNotContain("\"expired\"");
    }

    @Test
    void knowsNothingOfAGatewayWhoseKeyIsMissingOrThatIsNotThere() throws Exception {
        parts.secret = new Reading.Absent<>("environment variable TEAM_A_KEY is not set");
        PartFound keyless = part(survey.look(profile.build(), parts.build()), Need.GATEWAY);
        parts.secret = new Reading.Present<>("s3cret");
        PartFound elsewhere = part(survey.look(profile.build(), parts.build()), Need.GATEWAY);
        profile.base = StubServer.refusing();
        PartFound refused = part(survey.look(profile.build(), parts.build()), Need.GATEWAY);

        assertThat(keyless)
                .isEqualTo(new PartFound(
                        Presence.UNREADABLE,
                        "the gateway's key of team-a cannot be read: environment variable TEAM_A_KEY is not set"));
        assertThat(elsewhere.presence()).isEqualTo(Presence.UNREADABLE);
        assertThat(elsewhere.detail()).contains("404", "/v1");
        assertThat(refused.presence()).isEqualTo(Presence.UNREADABLE);
        assertThat(refused.detail()).contains("connection refused");
    }

    @Test
    void missesReplicasOwnersDevicesAndTenantsThatAreNotThere() throws Exception {
        parts.ready = new Reading.Present<>(0);
        parts.owners = new Reading.Present<>(Map.of());
        parts.slices = new Reading.Present<>(0);
        parts.namespace = new Reading.Absent<>("namespace tenant-x is not there");

        Surveyed surveyed = survey.look(profile.build(), parts.build());

        assertThat(surveyed.parts())
                .containsEntry(
                        Need.INFERENCE, new PartFound(Presence.ABSENT, "team-a/deployment/chat has 0 ready replicas"))
                .containsEntry(
                        Need.OWNERSHIP,
                        new PartFound(Presence.ABSENT, "team-a/deployment/chat carries none of the keys owner"))
                .containsEntry(Need.DEVICES, new PartFound(Presence.ABSENT, "the API server lists no ResourceSlice"))
                .containsEntry(Need.TENANTS, new PartFound(Presence.ABSENT, "namespace tenant-x is not there"));
    }

    @Test
    void callsNothingAbsentThatItWasNotAllowedToSee() throws Exception {
        parts.ready = new Reading.Unreadable<>("forbidden");
        parts.owners = new Reading.Unreadable<>("forbidden");
        parts.slices = new Reading.Unreadable<>("forbidden");
        parts.namespace = new Reading.Unreadable<>("forbidden");

        Surveyed surveyed = survey.look(profile.build(), parts.build());

        for (Need need : Set.of(Need.INFERENCE, Need.OWNERSHIP, Need.DEVICES, Need.TENANTS)) {
            assertThat(surveyed.parts()).containsEntry(need, new PartFound(Presence.UNREADABLE, "forbidden"));
        }
    }

    private static PartFound part(Surveyed surveyed, Need need) {
        return Objects.requireNonNull(surveyed.parts().get(need));
    }

    private void alerting(String prometheusVersion, String alertmanagerVersion) {
        prometheus("/status/buildinfo", "{\"version\":\"" + prometheusVersion + "\"}");
        prometheus("/status/config", "{\"yaml\":\"global: {scrape_interval: 500ms, evaluation_interval: 1s}\"}");
        prometheus("/rules", "{\"groups\":[{\"name\":\"quick\",\"interval\":1},{\"name\":\"slow\",\"interval\":5}]}");
        server.json(
                "/api/v2/status",
                "{\"versionInfo\":{\"version\":\"" + alertmanagerVersion
                        + "\"},\"config\":{\"original\":\"route: {group_wait: 2s, group_interval: 3s}\"}}");
        server.json("/api/v2/receivers", "[{\"name\":\"pager\"}]");
    }

    private void prometheus(String path, String data) {
        server.json("/api/v1" + path, "{\"status\":\"success\",\"data\":" + data + "}");
    }

    private void gateway() {
        server.handle("/v1/models", exchange -> {
            boolean known = "Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            StubServer.reply(exchange, known ? 200 : 401, known ? "{\"data\":[]}" : "unknown key");
        });
    }
}
