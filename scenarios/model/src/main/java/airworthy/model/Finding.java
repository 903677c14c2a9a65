package airworthy.model;

import java.util.List;

/**
 * The outcome of one check.
 *
 * @param scenario whose
 * @param check which
 * @param outcome what it came to
 * @param message what was found and what was expected, with units and errors
 * @param evidence where to look: journal records, request numbers
 */
public record Finding(ScenarioId scenario, CheckName check, Outcome outcome, String message, List<String> evidence) {
    public Finding {
        evidence = List.copyOf(evidence);
    }

    /** The stable name: scenario, question, check. */
    public String id() {
        return scenario + "/" + check.question().id() + "/" + check.id();
    }
}
