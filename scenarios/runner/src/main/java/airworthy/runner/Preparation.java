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
import java.io.IOException;
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
     * @param tokens the most tokens that its load may ask for
     * @param contrast what the contrast changes, if there is one
     */
    record Ready(Target target, Planning.Planned planned, long tokens, Optional<Planning.Planned> contrast)
            implements Preparation {

        /** Where nothing is sent. */
        public Ready(Target target, Planning.Planned planned) {
            this(target, planned, 0, Optional.empty());
        }

        /** What is prepared of the contrast alone: the same target, another plan. */
        Optional<Ready> contrasted() {
            return contrast.map(second -> new Ready(target, second));
        }

        /** Every change, in the order of making. */
        public List<Change> changes() {
            List<Change> all = new ArrayList<>(planned.changes());
            contrast.ifPresent(second -> all.addAll(second.changes()));
            return List.copyOf(all);
        }
    }

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
        Optional<Planning.Planned> contrast = Optional.empty();
        if (scenario.contrast().isPresent()) {
            switch (plan(scenario.contrast().get().fault(), scenario, target, reads)) {
                case Planning.Planned planned -> contrast = Optional.of(planned);
                case Planning.NotApplicable(String why) -> {
                    return new Blocked("the contrast: " + why);
                }
                case Planning.Refused(String why) -> {
                    return new Blocked("the contrast: " + why);
                }
            }
        }
        return switch (plan(scenario.faults().getFirst(), scenario, target, reads)) {
            case Planning.Planned planned -> consented(scenario, target, planned, contrast, reads);
            case Planning.NotApplicable(String why) -> new Blocked(why);
            case Planning.Refused(String why) -> new Blocked(why);
        };
    }

    /** By the first mechanism that reaches it. */
    private static Planning plan(Fault fault, Scenario scenario, Target target, Reads reads)
            throws InterruptedException {
        Assignment assignment = new Assignment(fault, target, usualLoad(scenario, target, reads), reads.mark());
        List<String> reasons = new ArrayList<>();
        for (FaultInjector injector : reads.injectors()) {
            if (!injector.knows(fault)) {
                continue;
            }
            switch (injector.plan(assignment)) {
                case Planning.Planned planned -> {
                    return planned;
                }
                case Planning.NotApplicable(String why) -> reasons.add(injector.mechanism() + ": " + why);
                case Planning.Refused(String why) -> {
                    return new Planning.Refused("plan refused by " + injector.mechanism() + ": " + why);
                }
            }
        }
        return new Planning.NotApplicable("no mechanism reaches " + fault.kind() + " here: "
                + (reasons.isEmpty() ? "none knows it" : String.join("; ", reasons)));
    }

    private static Preparation consented(
            Scenario scenario,
            Target target,
            Planning.Planned planned,
            Optional<Planning.Planned> contrast,
            Reads reads) {
        PlatformProfile.Consent consent = reads.profile().consent();
        Optional<String> missing = Consents.missing(planned, consent)
                .or(() -> contrast.flatMap(second -> Consents.missing(second, consent)));
        if (missing.isPresent()) {
            return new Blocked(missing.get());
        }
        long tokens;
        try {
            tokens = TokenPlan.most(scenario, target, planned.changes(), reads);
        } catch (IOException e) {
            return new Blocked("what the load would spend is not known: " + e.getMessage());
        }
        return tokens > consent.maxTokens()
                ? new Blocked(Consents.tokensMissing(tokens, 0, consent.maxTokens()))
                : new Ready(
                        planned.twin().map(target::by).orElse(target),
                        keepingUndo(scenario.id().toString(), planned, reads),
                        tokens,
                        contrast.map(second -> keepingUndo(scenario.id() + "/contrast", second, reads)));
    }

    private static Optional<Assignment.UsualLoad> usualLoad(Scenario scenario, Target target, Reads reads) {
        Pace pace = new Pace(reads.profile().timeScale());
        return scenario.load()
                .flatMap(load -> target.inference()
                        .map(inference -> new Assignment.UsualLoad(
                                Streams.name(scenario.id(), inference),
                                load.profile(),
                                pace.perSecond(load, scenario.phases()),
                                TokenPlan.least(load.profile()))));
    }

    /** On a cluster, a copy of the undo list is made there before the first change, and taken away after the last undo. */
    private static Planning.Planned keepingUndo(String name, Planning.Planned planned, Reads reads) {
        if (reads.profile().cluster().isEmpty() || planned.changes().isEmpty()) {
            return planned;
        }
        // opaque: the platform is not told which scenario it is about
        String part = Integer.toHexString((name + reads.mark().label()).hashCode());
        List<Change> changes = new ArrayList<>();
        changes.add(UndoSecret.keeping(reads.mark(), part, planned.changes()));
        changes.addAll(planned.changes());
        return new Planning.Planned(
                planned.mechanism(),
                planned.touches(),
                changes,
                planned.namespaces(),
                planned.devices(),
                planned.twin(),
                planned.preparing() + 1);
    }
}
