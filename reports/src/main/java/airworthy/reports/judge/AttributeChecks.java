package airworthy.reports.judge;

import airworthy.model.Alert;
import airworthy.model.Cause;
import airworthy.model.Check;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.History.Stamped;
import airworthy.reports.judge.Telling.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks on what the alert said, against the truth that only the judge holds. */
final class AttributeChecks {
    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![0-9])0+(?=[0-9])");

    private final ScenarioView view;

    AttributeChecks(ScenarioView view) {
        this.view = view;
    }

    /** The first alert must stand for the true cause, and no other may stand for a false one. */
    Answer namesCause(Check.NamesCause check) {
        return onAlerts(telling -> {
            Map<String, Cause> causes = view.profile().alerts().causes();
            String first = telling.told().getFirst().episode().name();
            @Nullable Cause named = causes.get(first);
            String expected = "; expected " + check.cause().id();
            if (named == null) {
                return Answer.notMet(
                        "alert " + first + " maps to no cause in the profile" + expected, telling.evidence());
            }
            if (named != check.cause()) {
                return Answer.notMet("alert " + first + " stands for " + named.id() + expected, telling.evidence());
            }
            for (Told told : telling.told()) {
                Cause other = causes.getOrDefault(told.episode().name(), check.cause());
                if (other != check.cause()) {
                    return Answer.notMet(
                            "alert " + first + " stands for " + named.id() + ", but "
                                    + told.episode().name() + " for " + other.id() + expected,
                            telling.evidence());
                }
            }
            return Answer.met("alert " + first + " stands for " + named.id() + expected, telling.evidence());
        });
    }

    Answer namesTarget(Check.NamesTarget check) {
        return onAlerts(telling -> {
            Sighting first = telling.told().getFirst().first();
            List<Answer> answers = new ArrayList<>();
            for (Dimension dimension : check.dimensions()) {
                answers.add(names(first.alert(), dimension));
            }
            Answer all = Answer.all(answers);
            return new Answer(
                    all.outcome(), "alert " + first.alert().name() + ": " + all.message(), List.of(first.evidence()));
        });
    }

    private Answer names(Alert alert, Dimension dimension) {
        @Nullable String truth = truth(dimension);
        if (truth == null) {
            return Answer.unknown("the true " + dimension.id() + " is not known");
        }
        Map<Dimension, List<String>> labels = view.profile().alerts().labels();
        List<String> values = Subject.values(alert, dimension, labels);
        if (values.contains(truth) || values.stream().anyMatch(value -> sameVersion(dimension, value, truth))) {
            return Answer.met(dimension.id() + " " + truth + " is named", List.of());
        }
        return Answer.notMet(
                dimension.id() + " " + truth + " is not named: found "
                        + (values.isEmpty()
                                ? "no label " + String.join(" or ", labels.getOrDefault(dimension, List.of("for it")))
                                : String.join(", ", values)),
                List.of());
    }

    /** The versions of a driver's halves are what it said itself while the fault was on. */
    private @Nullable String truth(Dimension dimension) {
        return switch (dimension) {
            case DRIVER_VERSION -> driver().map(Event.DriverSeen::driverVersion).orElse(null);
            case LIBRARY_VERSION ->
                driver().map(Event.DriverSeen::libraryVersion).orElse(null);
            default -> view.target().names().get(dimension);
        };
    }

    private Optional<Event.DriverSeen> driver() {
        return view.of(Event.DriverSeen.class)
                .filter(seen -> view.windows().hold().holds(seen.at()))
                .map(Stamped::event)
                .reduce((earlier, later) -> later);
    }

    /** NVML writes 550.163.01 where an API that asks for semantic versions has 550.163.1. */
    private static boolean sameVersion(Dimension dimension, String one, String other) {
        return (dimension == Dimension.DRIVER_VERSION || dimension == Dimension.LIBRARY_VERSION)
                && withoutLeadingZeros(one).equals(withoutLeadingZeros(other));
    }

    private static String withoutLeadingZeros(String version) {
        return LEADING_ZEROS.matcher(version).replaceAll("");
    }

    Answer runbookHelps(Check.RunbookHelps check) {
        return onAlerts(telling -> {
            Sighting first = telling.told().getFirst().first();
            Optional<String> url = first.alert().runbookUrl();
            if (url.isEmpty()) {
                return Answer.notMet(
                        "alert " + first.alert().name() + " has no runbook_url", List.of(first.evidence()));
            }
            return view.run()
                    .input()
                    .history()
                    .of(Event.RunbookFetched.class)
                    .filter(fetched -> fetched.event().url().equals(url.get()))
                    .reduce((earlier, later) -> later)
                    .map(fetched -> helps(fetched, check.cause()))
                    .orElseGet(() -> Answer.unknown("the runbook was never fetched: " + url.get()));
        });
    }

    private static Answer helps(Stamped<Event.RunbookFetched> fetched, Cause cause) {
        Event.RunbookFetched page = fetched.event();
        List<String> evidence = List.of(Say.journal(fetched), "runbook:" + page.url());
        if (page.status().isEmpty()) {
            return Answer.notMet("the runbook " + page.url() + " does not answer", evidence);
        }
        int status = page.status().getAsInt();
        if (status < 200 || status > 299) {
            return Answer.notMet("the runbook " + page.url() + " answers with status " + status, evidence);
        }
        boolean named = page.text().toLowerCase(Locale.ROOT).contains(cause.id());
        String message =
                "the runbook " + page.url() + " answers and " + (named ? "names " : "does not name ") + cause.id();
        return named ? Answer.met(message, evidence) : Answer.notMet(message, evidence);
    }

    private Answer onAlerts(Function<Telling, Answer> judge) {
        Telling telling = Telling.of(view);
        return telling.told().isEmpty() ? telling.withoutAlert() : judge.apply(telling);
    }
}
