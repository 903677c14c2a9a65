package airworthy.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One experiment: load, fault, expectations. An audit has neither load nor fault.
 *
 * @param id the stable name
 * @param name words joined by dashes, for people and file names
 * @param capability what it is counted for
 * @param severity what it weighs
 * @param title one sentence: what happens
 * @param why why anybody should care, with a source
 * @param needs parts of the platform without which its questions cannot be asked
 * @param load the load, or empty for an audit
 * @param target what is hit
 * @param phases how long each phase lasts
 * @param faults what is done, in this order
 * @param contrast what must not look the same, if something is done to show that
 * @param checks what is expected, in the order of the questions
 * @param remedy what to do about a gap
 */
public record Scenario(
        ScenarioId id,
        String name,
        Capability capability,
        Severity severity,
        String title,
        String why,
        Set<Need> needs,
        Optional<LoadPlan> load,
        TargetSelector target,
        Phases phases,
        List<Fault> faults,
        Optional<Contrast> contrast,
        List<Check> checks,
        String remedy) {

    /** Without a contrast. */
    public Scenario(
            ScenarioId id,
            String name,
            Capability capability,
            Severity severity,
            String title,
            String why,
            Set<Need> needs,
            Optional<LoadPlan> load,
            TargetSelector target,
            Phases phases,
            List<Fault> faults,
            List<Check> checks,
            String remedy) {
        this(
                id,
                name,
                capability,
                severity,
                title,
                why,
                needs,
                load,
                target,
                phases,
                faults,
                Optional.empty(),
                checks,
                remedy);
    }

    public Scenario {
        needs = Set.copyOf(new TreeSet<>(needs));
        faults = List.copyOf(faults);
        checks = List.copyOf(checks);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException(id + " expects nothing, so it could not fail");
        }
    }

    /** Whether this scenario changes nothing and only looks. */
    public boolean audit() {
        return faults.isEmpty();
    }

    /** The questions that this scenario asks; each carries the severity's weight once. */
    public Set<Question> asks() {
        Set<Question> asked = new TreeSet<>();
        checks.forEach(check -> asked.add(check.name().question()));
        return asked;
    }
}
