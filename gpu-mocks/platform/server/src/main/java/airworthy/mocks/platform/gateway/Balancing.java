package airworthy.mocks.platform.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** How requests are spread over the replicas of a model. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "policy")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Balancing.LeastLatency.class, name = "least-latency"),
    @JsonSubTypes.Type(value = Balancing.RoundRobin.class, name = "round-robin")
})
public sealed interface Balancing {

    /** Prefers replicas with little under way, and leaves outliers. */
    record LeastLatency(Outliers outliers) implements Balancing {}

    /** Each in turn, whatever its latency. Settings for outliers may stand there and say nothing. */
    @JsonIgnoreProperties("outliers")
    record RoundRobin() implements Balancing {}

    /**
     * When a replica is left, and when it comes back.
     *
     * @param factor a window is slow above this multiple of the other replicas' median
     * @param window gaps between tokens that make one window
     * @param consecutive slow windows after which a replica is left
     * @param slowAtLeast a window below this is never slow
     * @param probeEvery between two canary streams to a replica that was left
     * @param healthyProbes good canaries in a row after which it comes back
     */
    record Outliers(
            @JsonProperty(required = true) double factor,
            @JsonProperty(required = true) int window,
            @JsonProperty(required = true) int consecutive,
            @JsonProperty(required = true) Duration slowAtLeast,
            @JsonProperty(required = true) Duration probeEvery,
            @JsonProperty(required = true) int healthyProbes) {

        public Outliers {
            if (factor <= 1 || window < 1 || consecutive < 1 || healthyProbes < 1 || !probeEvery.isPositive()) {
                throw new IllegalArgumentException(
                        "outliers: expected factor above 1, window, consecutive and healthyProbes of at least 1 and a"
                                + " positive probeEvery");
            }
        }
    }
}
