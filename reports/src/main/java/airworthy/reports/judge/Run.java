package airworthy.reports.judge;

import airworthy.model.Event;
import airworthy.model.History.Stamped;
import airworthy.model.RequestRecord;
import airworthy.model.Scenario;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run made ready for judging, once for all its scenarios.
 *
 * @param input what is judged
 * @param survey what was found of the platform, if it was looked at
 * @param alerts every alert of the run
 * @param load the load records of each stream, in the order of their schedule
 */
record Run(
        JudgeInput input,
        Optional<Stamped<Event.Surveyed>> survey,
        AlertLog alerts,
        Map<String, List<RequestRecord>> load) {

    static Run of(JudgeInput input) {
        Map<String, List<RequestRecord>> load = input.history().load().stream()
                .sorted(Comparator.comparingLong(RequestRecord::intendedNs)
                        .thenComparingLong(RequestRecord::number)
                        .thenComparingLong(RequestRecord::endNs))
                .collect(Collectors.groupingBy(RequestRecord::stream, HashMap::new, Collectors.toUnmodifiableList()));
        return new Run(
                input,
                input.history().of(Event.Surveyed.class).reduce((first, later) -> later),
                AlertLog.of(input.history(), input.profile().alerts().heartbeats()),
                load);
    }

    /** Whether no fault was made. */
    boolean control() {
        return input.history().of(Event.ControlRun.class).findAny().isPresent();
    }

    ScenarioView view(Scenario scenario) {
        return ScenarioView.of(scenario, this);
    }
}
