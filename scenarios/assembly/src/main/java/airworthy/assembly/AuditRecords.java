package airworthy.assembly;

import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import airworthy.probes.audit.AuditTrail;
import airworthy.probes.audit.OwnSource;
import airworthy.probes.inference.CanaryProbe;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The gateway's own records of what it was asked. Thread-safe. */
final class AuditRecords {
    /** The label of questions that belong to no run yet. */
    private static final String PLANNING = "planning";

    private final Instruments instruments;
    private final GatewayKeys keys;

    AuditRecords(Instruments instruments, GatewayKeys keys) {
        this.instruments = instruments;
        this.keys = keys;
    }

    /** Where they are, if the profile tells. */
    Optional<AuditTrail> trail() {
        return instruments
                .profile()
                .gateway()
                .flatMap(PlatformProfile.Gateway::audit)
                .map(audit -> new AuditTrail(audit, instruments.cluster(), instruments.reads()));
    }

    /** Where requests with this tenant's key come from, as the gateway sees it. */
    Reading<String> source(String tenant) throws InterruptedException {
        Optional<AuditTrail> trail = trail();
        Optional<String> key = keys.key(tenant);
        if (trail.isEmpty() || key.isEmpty()) {
            return new Reading.Absent<>(
                    trail.isEmpty()
                            ? "the profile does not tell where the gateway's audit records are; add gateway.audit with"
                                    + " workload and fields"
                            : "the key of tenant " + tenant + " under gateway.keys refers to nothing that can be read");
        }
        return new OwnSource(trail.get(), questions(tenant), System::nanoTime).of(tenant, key.get());
    }

    private List<OwnSource.Question> questions(String tenant) {
        PlatformProfile profile = instruments.profile();
        URI gateway = profile.gateway().orElseThrow().url();
        List<OwnSource.Question> questions = new ArrayList<>();
        questions.add(OwnSource.Question.models(instruments.reads(), gateway));
        profile.inference().stream()
                .filter(served -> served.tenant().filter(tenant::equals).isPresent())
                .findFirst()
                .map(served -> OwnSource.Question.oneToken(
                        new CanaryProbe(instruments.caller(), PLANNING, System::nanoTime), gateway, served.model()))
                .ifPresent(questions::add);
        return questions;
    }
}
