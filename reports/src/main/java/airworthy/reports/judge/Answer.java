package airworthy.reports.judge;

import airworthy.model.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a check came to, before it is put beside the scenario and check it belongs to. */
record Answer(Outcome outcome, String message, List<String> evidence) {
    Answer {
        evidence = List.copyOf(evidence);
    }

    static Answer met(String message, List<String> evidence) {
        return new Answer(Outcome.MET, message, evidence);
    }

    static Answer notMet(String message, List<String> evidence) {
        return new Answer(Outcome.NOT_MET, message, evidence);
    }

    static Answer unknown(String message, List<String> evidence) {
        return new Answer(Outcome.UNKNOWN, message, evidence);
    }

    static Answer unknown(String message) {
        return unknown(message, List.of());
    }

    /** All parts of one check put together: the worst outcome, everything that was said and seen. */
    static Answer all(List<Answer> parts) {
        Outcome worst = Outcome.NOT_APPLICABLE;
        List<String> messages = new ArrayList<>();
        Set<String> evidence = new LinkedHashSet<>();
        for (Answer part : parts) {
            worst = worst.worse(part.outcome());
            messages.add(part.message());
            evidence.addAll(part.evidence());
        }
        return new Answer(worst, String.join("; ", messages), List.copyOf(evidence));
    }
}
