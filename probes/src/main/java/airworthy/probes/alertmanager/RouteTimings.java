package airworthy.probes.alertmanager;

import airworthy.probes.http.UnexpectedAnswerException;
import airworthy.probes.prometheus.ConfigText;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * The longest waits of a route and the routes below it. A route that names no wait has its parent's.
 *
 * @param groupWait before the first notification of a group
 * @param groupInterval before a changed group is notified again
 */
record RouteTimings(Duration groupWait, Duration groupInterval) {
    /** What Alertmanager does where its configuration says nothing. */
    private static final RouteTimings DEFAULTS = new RouteTimings(Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** Over the whole tree of a configuration. */
    static RouteTimings of(JsonNode config) throws UnexpectedAnswerException {
        return longest(config.path("route"), DEFAULTS);
    }

    private static RouteTimings longest(JsonNode route, RouteTimings parent) throws UnexpectedAnswerException {
        RouteTimings own = new RouteTimings(
                ConfigText.duration(route.path("group_wait"), parent.groupWait()),
                ConfigText.duration(route.path("group_interval"), parent.groupInterval()));
        RouteTimings longest = own;
        for (JsonNode child : route.path("routes")) {
            longest = longest.or(longest(child, own));
        }
        return longest;
    }

    private RouteTimings or(RouteTimings other) {
        return new RouteTimings(longer(groupWait, other.groupWait), longer(groupInterval, other.groupInterval));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
