package airworthy.probes.survey;

import airworthy.model.Event.PartFound;
import airworthy.probes.Reading;
import airworthy.probes.alertmanager.AlertmanagerProbe;
import airworthy.probes.alertmanager.AlertmanagerStatus;
import airworthy.probes.prometheus.Intervals;
import airworthy.probes.prometheus.PrometheusProbe;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is found of one server of the alerting chain.
 *
 * @param part whether it is there
 * @param version what it says of itself; empty if it does not
 * @param intervalsNs its intervals, in nanoseconds
 * @param receivers its receivers
 */
record AlertingSurvey(PartFound part, String version, SortedMap<String, Long> intervalsNs, List<String> receivers) {

    static AlertingSurvey notThere(PartFound part) {
        return new AlertingSurvey(part, "", new TreeMap<>(), List.of());
    }

    static AlertingSurvey of(PrometheusProbe probe) throws InterruptedException {
        return switch (probe.intervals()) {
            case Reading.Absent<Intervals>(String how) -> notThere(Found.absent(how));
            case Reading.Unreadable<Intervals>(String why) -> notThere(Found.unreadable(why));
            case Reading.Present<Intervals>(Intervals intervals) ->
                of(intervals, probe.version() instanceof Reading.Present<String>(String told) ? told : "");
        };
    }

    static AlertingSurvey of(AlertmanagerProbe probe) throws InterruptedException {
        return switch (probe.status()) {
            case Reading.Absent<AlertmanagerStatus>(String how) -> notThere(Found.absent(how));
            case Reading.Unreadable<AlertmanagerStatus>(String why) -> notThere(Found.unreadable(why));
            case Reading.Present<AlertmanagerStatus>(AlertmanagerStatus status) -> of(status);
        };
    }

    private static AlertingSurvey of(Intervals intervals, String version) {
        SortedMap<String, Long> ns = new TreeMap<>();
        ns.put("scrape", intervals.scrape().toNanos());
        ns.put("evaluation", intervals.evaluation().toNanos());
        intervals.groups().forEach((group, interval) -> {
            if (!interval.equals(intervals.evaluation())) {
                ns.put("evaluation/" + group, interval.toNanos());
            }
        });
        PartFound part = Found.present("Prometheus " + version + " scrapes each "
                + intervals.scrape().toMillis() + " ms and evaluates each "
                + intervals.evaluation().toMillis() + " ms");
        return new AlertingSurvey(part, version, ns, List.of());
    }

    private static AlertingSurvey of(AlertmanagerStatus status) {
        SortedMap<String, Long> ns = new TreeMap<>();
        ns.put("group-wait", status.groupWait().toNanos());
        ns.put("group-interval", status.groupInterval().toNanos());
        PartFound part = Found.present(
                "Alertmanager " + status.version() + " with receivers " + String.join(", ", status.receivers()));
        return new AlertingSurvey(part, status.version(), ns, status.receivers());
    }
}
