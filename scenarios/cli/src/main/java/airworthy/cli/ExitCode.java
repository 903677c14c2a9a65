package airworthy.cli;

import airworthy.model.Grade;
import airworthy.model.Outcome;
import airworthy.model.Score;
import airworthy.model.Scorecard;
import airworthy.model.Severity;
import java.util.List;

/** What a process says by its exit code, highest first. */
enum ExitCode {
    /** Something on the platform is not as it was. */
    NOT_RESTORED(4),
    /** Our own bug. */
    BUG(70),
    /** The user's input cannot be used. */
    BAD_INPUT(2),
    /** The platform is below the gate. */
    BELOW_GATE(1),
    /** Too little is known. */
    INCONCLUSIVE(3),
    /** The platform may fly. */
    READY(0);

    /** The default gate of the design: B, and no critical question not met. */
    private static final Grade GATE = Grade.B;

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Of a run without a fault: 0 says that nothing was raised, and nothing else. */
    private static ExitCode ofControl(Scorecard card) {
        List<Outcome> answers = card.scenarios().stream()
                .flatMap(report -> report.answers().values().stream())
                .toList();
        if (answers.contains(Outcome.NOT_MET)) {
            return BELOW_GATE;
        }
        return answers.isEmpty() || answers.contains(Outcome.UNKNOWN) ? INCONCLUSIVE : READY;
    }

    /** What a scorecard comes to. A critical question not met is below any gate, however little else is known. */
    static ExitCode of(Scorecard card) {
        if (!card.restored()) {
            return NOT_RESTORED;
        }
        if (card.purpose() == Scorecard.Purpose.CONTROL) {
            return ofControl(card);
        }
        boolean criticalNotMet = card.scenarios().stream()
                .filter(report -> report.scenario().severity() == Severity.CRITICAL)
                .anyMatch(report -> report.answers().containsValue(Outcome.NOT_MET));
        if (criticalNotMet) {
            return BELOW_GATE;
        }
        if (card.overall().value() instanceof Score.Value.Inconclusive) {
            return INCONCLUSIVE;
        }
        return card.grade().filter(grade -> grade.compareTo(GATE) <= 0).isPresent() ? READY : BELOW_GATE;
    }
}
