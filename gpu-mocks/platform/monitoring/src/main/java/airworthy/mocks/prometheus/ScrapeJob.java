package airworthy.mocks.prometheus;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * One entry of scrape_configs.
 *
 * @param name the job's name
 * @param interval from one scrape to the next
 * @param timeout how long one scrape may take
 * @param metricsPath the path on each target
 * @param discoveries where targets come from
 * @param relabeling what is done to each target's labels, in order
 * @param metricRelabeling what is done to each series' labels, in order, once the target's are on it
 */
record ScrapeJob(
        String name,
        Duration interval,
        Duration timeout,
        String metricsPath,
        List<Discovery> discoveries,
        List<RelabelRule> relabeling,
        List<RelabelRule> metricRelabeling) {
    /** Where targets come from. */
    sealed interface Discovery {
        /** A fixed list of host:port with common labels. */
        record Static(List<String> targets, SortedMap<String, String> labels) implements Discovery {}

        /** The pods of the cluster. */
        record KubernetesPods() implements Discovery {}
    }
}
