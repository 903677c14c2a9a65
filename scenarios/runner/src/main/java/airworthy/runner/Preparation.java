package airworthy.runner;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.faults.kubernetes.UndoSecret;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Fault;
import airworthy.model.Need;
import airworthy.model.PlatformProfile;
import airworthy.model.Presence;
import airworthy.model.Scenario;
import airworthy.model.Target;
import airworthy.probes.Reading;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything of a scenario that only reads: what it would hit, what it would change, and why it may not. */
public sealed interface Preparation {

    /**
     * It can be run.
     *
     * @param target what it hits
     * @param planned what it changes
     */
    record Ready(Target target, Planning.Planned planned) implements Preparation {}

    /**
     * It cannot be run here and now.
     *
     * @param why in words for the platform's owner
     */
    record Blocked(String why) implements Preparation {}

    /**
     * What planning reads with.
     *
     * @param profile the platform
     * @param survey what was found of it
     * @param injectors who can plan faults, best mechanism first
     * @param targets who finds targets
     * @param mark what our objects carry
     */
    record Reads(
            PlatformProfile profile,
            Event.Surveyed survey,
            List<FaultInjector> injectors,
            TargetResolver targets,
            RunMark mark) {
        public Reads {
            injectors = List.copyOf(injectors);
        }
    }

    /** Parts without which a fault cannot be made, or its load not be sent. The others are only looked at. */
    Set<Need> TO_RUN = EnumSet.of(Need.KUBERNETES, Need.INFERENCE, Need.GATEWAY, Need.DEVICES, Need.TENANTS);

    /** Resolves the target, plans the fault, holds the plan against consent. */
    static Preparation of(Scenario scenario, Reads reads) throws InterruptedException {
        Optional<String> missing = missingPart(scenario, reads.survey());
        if (missing.isPresent()) {
            return new Blocked(missing.get());
        }
        return switch (reads.targets().resolve(scenario.target())) {
            case Reading.Present<Target>(Target target) -> plan(scenario, target, reads);
            case Reading.Absent<Target>(String how) -> new Blocked("no target: " + how);
            case Reading.Unreadable<Target>(String why) -> new Blocked("the target could not be read: " + why);
        };
    }

    /** The first part that a run of this scenario needs and the survey did not find. */
    static Optional<String> missingPart(Scenario scenario, Event.Surveyed survey) {
        return scenario.needs().stream()
                .filter(TO_RUN::contains)
                .sorted()
                .filter(need -> !(survey.parts().get(need) instanceof Event.PartFound(Presence presence, String detail)
                        && presence == Presence.PRESENT))
                .map(need -> {
                    Event.PartFound found = survey.parts().get(need);
                    return found == null
                            ? need.id() + " was not looked for"
                            : need.id() + " is " + found.presence().id() + ": " + found.detail();
                })
                .findFirst();
    }

    private static Preparation plan(Scenario scenario, Target target, Reads reads) throws InterruptedException {
        if (scenario.faults().size() != 1) {
            return new Blocked("this version runs scenarios of one fault; found "
                    + scenario.faults().size());
        }
        Fault fault = scenario.faults().getFirst();
        Assignment assignment = new Assignment(fault, target, usualLoad(scenario, target, reads), reads.mark());
        List<String> reasons = new ArrayList<>();
        for (FaultInjector injector : reads.injectors()) {
            if (!injector.knows(fault)) {
                continue;
            }
            switch (injector.plan(assignment)) {
                case Planning.Planned planned -> {
                    return Consents.missing(planned, reads.profile().consent())
                            .<Preparation>map(Blocked::new)
                            .orElseGet(() -> new Ready(target, keepingUndo(scenario, planned, reads)));
                }
                case Planning.NotApplicable(String why) -> reasons.add(injector.mechanism() + ": " + why);
                case Planning.Refused(String why) -> {
                    return new Blocked("plan refused by " + injector.mechanism() + ": " + why);
                }
            }
        }
        return new Blocked("no mechanism reaches " + fault.kind() + " here: "
                + (reasons.isEmpty() ? "none knows it" : String.join("; ", reasons)));
    }

    private static Optional<Assignment.UsualLoad> usualLoad(Scenario scenario, Target target, Reads reads) {
        Pace pace = new Pace(reads.profile().timeScale());
        return scenario.load()
                .flatMap(load -> target.inference()
                        .map(inference -> new Assignment.UsualLoad(
                                Streams.name(scenario.id(), inference),
                                load.profile(),
                                pace.perSecond(load, scenario.phases()))));
    }

    /** On a cluster, a copy of the undo list is made there before the first change, and taken away after the last undo. */
    private static Planning.Planned keepingUndo(Scenario scenario, Planning.Planned planned, Reads reads) {
        if (reads.profile().cluster().isEmpty()) {
            return planned;
        }
        // opaque: the platform is not told which scenario it is about
        String part = Integer.toHexString((scenario.id() + reads.mark().label()).hashCode());
        List<Change> changes = new ArrayList<>();
        changes.add(UndoSecret.keeping(reads.mark(), part, planned.changes()));
        changes.addAll(planned.changes());
        return new Planning.Planned(
                planned.mechanism(), planned.touches(), changes, planned.namespaces(), planned.devices());
    }
}
