package airworthy.reports.render;

import airworthy.model.Fidelity;
import airworthy.model.Outcome;
import airworthy.model.PlatformLayer;
import airworthy.model.Scorecard;
import airworthy.model.Scorecard.HurtBeforeTold;
import airworthy.model.Scorecard.Purpose;
import java.util.Locale;
import java.util.Optional;

/** The lines that stand first, whatever the form of the card. */
public final class Headline {
    /** Heads every rendering of a run against simulated parts. */
    public static final String SELF_TEST = "Self-test on a simulated platform: says nothing about any cluster of yours";

    /** Heads every rendering of a run without a fault. */
    public static final String CONTROL = "Control run: nothing was broken. It says whether the platform is quiet by"
            + " itself, and is no assessment";

    private Headline() {}

    /** What has to be known before anything else of the card is read; nothing of an assessment. */
    public static Optional<String> banner(Scorecard card) {
        boolean simulated = card.fidelity().get(PlatformLayer.KUBERNETES) == Fidelity.SIMULATED
                || card.fidelity().get(PlatformLayer.ALERTING) == Fidelity.SIMULATED;
        return switch (card.purpose()) {
            case ASSESSMENT -> Optional.empty();
            case SELF_TEST -> Optional.of(SELF_TEST);
            case CONTROL -> Optional.of(simulated ? CONTROL + ". " + SELF_TEST : CONTROL);
        };
    }

    /** How long users were hurt before anybody was told, in wall time. */
    public static String of(Scorecard card) {
        if (card.purpose() == Purpose.CONTROL) {
            return control(card);
        }
        HurtBeforeTold hurt = card.hurt();
        String never = hurt.neverTold() == 0
                ? ""
                : "nobody was told in " + counted(hurt.neverTold(), "scenario", "scenarios") + " that hurt users";
        if (hurt.worst().isEmpty()) {
            return never.isEmpty() ? unhurt(card) : capitalised(never);
        }
        String told = "Users were hurt for " + Figures.seconds(hurt.worst().get()) + " s ("
                + counted(hurt.requests(), "request", "requests") + ") before anybody was told";
        return never.isEmpty() ? told : told + "; " + never;
    }

    /** Nobody was seen to be hurt, or nobody looked well enough to say so. */
    private static String unhurt(Scorecard card) {
        boolean blind = card.scenarios().stream()
                .filter(report -> report.scenario().load().isPresent())
                .anyMatch(report -> report.invalid().isPresent()
                        || report.load()
                                .filter(load -> load.distrust().isEmpty())
                                .isEmpty());
        return blind
                ? "It is not known whether users were hurt before anybody was told"
                : "No user was seen to be hurt before somebody was told";
    }

    private static String control(Scorecard card) {
        long loud = card.scenarios().stream()
                .filter(report -> report.answers().containsValue(Outcome.NOT_MET))
                .count();
        boolean blind =
                card.scenarios().stream().anyMatch(report -> report.answers().containsValue(Outcome.UNKNOWN));
        if (loud > 0) {
            return "Nothing was broken, and something was raised in " + counted(loud, "scenario", "scenarios");
        }
        return blind
                ? "Nothing was broken, and it is not known whether anything was raised"
                : "Nothing was broken, and nothing was raised";
    }

    /** The suite and how much of it is there, for example {@code suite v1-preview, 3 of 49 scenarios}. */
    public static String suite(Scorecard card) {
        return "suite " + card.suite() + ", " + card.scenarios().size() + " of " + card.planned() + " scenarios";
    }

    /** A number and its noun. */
    public static String counted(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
