package airworthy.reports.judge;

import airworthy.model.Event.LoadRole;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.ScenarioReport.LoadSummary;
import airworthy.model.ScenarioReport.Percentiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the client saw of a target over the whole scenario, for the report. */
final class ClientFigures {
    private ClientFigures() {}

    static Optional<LoadSummary> of(ScenarioView view) {
        List<LoadStream> streams = view.streams(LoadRole.TARGET);
        if (streams.isEmpty()) {
            return Optional.empty();
        }
        List<RequestRecord> requests =
                streams.stream().flatMap(stream -> stream.requests().stream()).toList();
        List<RequestRecord> answered = requests.stream()
                .filter(request -> request.outcome().answeredByPlatform())
                .toList();
        SortedMap<RequestOutcome, Long> outcomes = new TreeMap<>();
        requests.forEach(request -> outcomes.merge(request.outcome(), 1L, Long::sum));
        return Optional.of(new LoadSummary(
                requests.size(),
                outcomes,
                percentiles(SloJudge.firstTokens(answered, Long.MAX_VALUE)),
                percentiles(SloJudge.gaps(answered, Long.MAX_VALUE)),
                streams.stream()
                        .flatMap(stream -> stream.slo().flatMap(view::distrust).stream())
                        .findFirst()));
    }

    private static Percentiles percentiles(Samples samples) {
        return new Percentiles(
                samples.size(), percentile(samples, 50), percentile(samples, 90), percentile(samples, 99));
    }

    private static Optional<Duration> percentile(Samples samples, int percent) {
        return Optional.of(samples)
                .filter(sample -> sample.suffices(percent))
                .map(sample -> sample.percentile(percent))
                .filter(value -> value != Samples.NEVER)
                .map(Duration::ofNanos);
    }
}
