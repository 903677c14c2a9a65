package airworthy.reports.judge;

import airworthy.model.Cause;
import airworthy.model.Dimension;
import airworthy.model.Fidelity;
import airworthy.model.Need;
import airworthy.model.PlatformLayer;
import airworthy.model.PlatformProfile;
import airworthy.model.PlatformProfile.Alertmanager;
import airworthy.model.PlatformProfile.Alerts;
import airworthy.model.PlatformProfile.Consent;
import airworthy.model.PlatformProfile.Inference;
import airworthy.model.PlatformProfile.Ownership;
import airworthy.model.PlatformProfile.ReceiverKind;
import airworthy.model.PlatformProfile.RoleHolder;
import airworthy.model.PlatformProfile.Webhook;
import airworthy.model.Role;
import airworthy.model.Slo;
import airworthy.model.WorkloadRef;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Profiles of a platform with one model that is hit, one bystander, and a time scale of 30. */
final class Platforms {
    static final Slo SLO = new Slo(Duration.ofMillis(250), Duration.ofMillis(50));
    static final Ownership OWNERSHIP = new Ownership(
            List.of("owner", "team"),
            Map.of(
                    Role.MODEL_TEAM, new RoleHolder.ByKey("owner"),
                    Role.PLATFORM_TEAM, new RoleHolder.Teams(List.of("infra"))),
            Map.of(
                    "ml", Map.of("ml-page", ReceiverKind.PAGE, "ml-chat", ReceiverKind.FEED),
                    "infra", Map.of("infra-page", ReceiverKind.PAGE, "infra-feed", ReceiverKind.FEED)));

    private static final Map<String, Cause> CAUSES =
            Map.of("SlowTokens", Cause.SERVING_LATENCY, "LowMemory", Cause.ACCELERATOR_MEMORY);

    private Platforms() {}

    static PlatformProfile standard() {
        return of(true, Set.of(), OWNERSHIP, CAUSES);
    }

    static PlatformProfile withCauses(Map<String, Cause> causes) {
        return of(true, Set.of(), OWNERSHIP, causes);
    }

    static PlatformProfile withoutWebhook() {
        return of(false, Set.of(), OWNERSHIP, CAUSES);
    }

    static PlatformProfile declaredAbsent(Need need) {
        return of(true, Set.of(need), OWNERSHIP, CAUSES);
    }

    static PlatformProfile ownedAs(Ownership ownership) {
        return of(true, Set.of(), ownership, CAUSES);
    }

    private static PlatformProfile of(
            boolean webhook, Set<Need> absent, Ownership ownership, Map<String, Cause> causes) {
        URI here = URI.create("http://127.0.0.1:1");
        return new PlatformProfile(
                "staging",
                "staging",
                Map.of(
                        PlatformLayer.KUBERNETES, Fidelity.MEASURED,
                        PlatformLayer.ALERTING, Fidelity.MEASURED,
                        PlatformLayer.SERVING, Fidelity.SIMULATED),
                Optional.empty(),
                new Consent(Set.of("team-a"), 2, 1_000_000, false, false, true, false),
                Optional.of(here),
                Optional.of(new Alertmanager(
                        here,
                        webhook
                                ? Optional.of(new Webhook("127.0.0.1:2", URI.create("http://127.0.0.1:2")))
                                : Optional.empty())),
                Optional.empty(),
                List.of(inference("chat", "team-a/deployment/chat"), inference("sum", "team-b/deployment/sum")),
                List.of(WorkloadRef.parse("team-b/deployment/sum")),
                List.of("team-a", "team-b"),
                ownership,
                new Alerts(
                        Set.of("Watchdog"),
                        Map.of(
                                Dimension.NAMESPACE, List.of("namespace"),
                                Dimension.WORKLOAD, List.of("workload", "pod"),
                                Dimension.REPLICA, List.of("pod"),
                                Dimension.TEAM, List.of("team"),
                                Dimension.NODE, List.of("node"),
                                Dimension.DRIVER_VERSION, List.of("driver_version"),
                                Dimension.LIBRARY_VERSION, List.of("library_version")),
                        causes),
                Map.of(),
                PlatformProfile.Mocks.none(),
                PlatformProfile.HarnessImages.usual(),
                absent,
                30);
    }

    private static Inference inference(String name, String workload) {
        return new Inference(
                name,
                WorkloadRef.parse(workload),
                URI.create("http://127.0.0.1:3/v1"),
                "m",
                Optional.empty(),
                8000,
                SLO);
    }
}
