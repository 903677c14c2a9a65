package airworthy.runner;

import airworthy.model.Event;
import airworthy.model.PlatformProfile;
import airworthy.model.Scenario;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.kubernetes.OwnerProbe;
import java.util.List;

/** Follows every AI workload and every accelerator in use to its owner. */
public final class OwnerAuditor implements Auditor {
    private final PlatformProfile profile;
    private final OwnerProbe owners;
    private final Stamps stamps;

    public OwnerAuditor(PlatformProfile profile, OwnerProbe owners, Stamps stamps) {
        this.profile = profile;
        this.owners = owners;
        this.stamps = stamps;
    }

    @Override
    public String look(Scenario audit, EventSink journal) throws InterruptedException {
        return record(owners.owners(audit.id(), profile), journal)
                + record(owners.devices(audit.id(), profile), journal);
    }

    private String record(Reading<? extends List<? extends Event>> reading, EventSink journal) {
        return switch (reading) {
            case Reading.Present<? extends List<? extends Event>> present -> {
                present.value().forEach(event -> journal.record(stamps.now("kubernetes"), event));
                yield "";
            }
            case Reading.Absent<? extends List<? extends Event>> absent -> absent.how();
            case Reading.Unreadable<? extends List<? extends Event>> unreadable -> unreadable.why();
        };
    }
}
