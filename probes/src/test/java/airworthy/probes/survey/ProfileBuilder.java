package airworthy.probes.survey;

import airworthy.model.Need;
import airworthy.model.PlatformProfile;
import airworthy.model.PlatformProfile.Alertmanager;
import airworthy.model.PlatformProfile.Alerts;
import airworthy.model.PlatformProfile.Cluster;
import airworthy.model.PlatformProfile.Consent;
import airworthy.model.PlatformProfile.Gateway;
import airworthy.model.PlatformProfile.HarnessImages;
import airworthy.model.PlatformProfile.Inference;
import airworthy.model.PlatformProfile.Mocks;
import airworthy.model.PlatformProfile.Ownership;
import airworthy.model.PlatformProfile.ReceiverKind;
import airworthy.model.Slo;
import airworthy.model.WorkloadRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A profile of a whole platform at one address, and what a test changes of it. */
final class ProfileBuilder {
    URI base;
    /** Whether the profile names a cluster and nothing else. */
    boolean bare;

    Set<Need> declaredAbsent = Set.of();

    ProfileBuilder(URI base) {
        this.base = base;
    }

    PlatformProfile build() {
        return new PlatformProfile(
                "test",
                "test",
                Map.of(),
                Optional.of(new Cluster(Path.of("kubeconfig"), Optional.empty())),
                new Consent(Set.of(), 0, 0, false, false, false, false),
                named(base),
                named(new Alertmanager(base, Optional.empty())),
                named(new Gateway(
                        URI.create(base + "/v1"),
                        Map.of("team-b", "env:TEAM_B_KEY", "team-a", "env:TEAM_A_KEY"),
                        Optional.empty())),
                bare ? List.of() : List.of(chat()),
                List.of(),
                bare ? List.of() : List.of("tenant-x"),
                new Ownership(List.of("owner"), Map.of(), Map.of("ml", Map.of("pager", ReceiverKind.PAGE))),
                new Alerts(Set.of(), Map.of(), Map.of()),
                Map.of(),
                Mocks.none(),
                HarnessImages.usual(),
                declaredAbsent,
                1);
    }

    private <T> Optional<T> named(T part) {
        return bare ? Optional.empty() : Optional.of(part);
    }

    private Inference chat() {
        return new Inference(
                "chat",
                WorkloadRef.parse("team-a/deployment/chat"),
                base,
                "chat",
                Optional.empty(),
                8000,
                new Slo(Duration.ofMillis(200), Duration.ofMillis(20)));
    }
}
