package airworthy.load;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An order to send one stream of load until it is stopped.
 *
 * @param stream its name, which each of its records carries; records of a stream whose name starts with {@value
 *     #WARM_UP} are not kept. Never sent to the platform
 * @param url base URL up to and including {@code /v1}
 * @param model the model to ask for
 * @param bearer the value of a bearer token, if one is needed
 * @param runLabel the run's opaque label, sent with each request so that they are known as ours, if it is to be
 * @param replicaHeader the response header that names the serving replica, if there is one
 * @param demand how much is asked
 * @param seed of the schedule and the prompts
 * @param profile the load profile that shapes schedule and prompts, for example {@code chat}
 * @param timeouts when a user gives up
 * @param maxTokens the most tokens that one answer may have; the profile may ask for fewer
 * @param most the most requests that are sent, by all senders together, if there is a bound
 * @param share which of them this sender sends
 */
public record StreamOrder(
        String stream,
        URI url,
        String model,
        Optional<String> bearer,
        Optional<String> runLabel,
        Optional<String> replicaHeader,
        Demand demand,
        long seed,
        String profile,
        Timeouts timeouts,
        int maxTokens,
        OptionalInt most,
        Share share) {

    /** How the name of a stream begins that is sent to get warm and leaves no records. */
    public static final String WARM_UP = "warm-up";

    public StreamOrder {
        if (stream.isBlank()) {
            throw new IllegalArgumentException("a stream needs a name");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1: " + maxTokens);
        }
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "url: found %s, expected http://host/v1 or https://host/v1".formatted(url));
        }
    }

    /** At a steady rate, by one sender. */
    public StreamOrder(
            String stream,
            URI url,
            String model,
            Optional<String> bearer,
            Optional<String> runLabel,
            Optional<String> replicaHeader,
            double perSecond,
            long seed,
            String profile,
            Timeouts timeouts,
            int maxTokens,
            OptionalInt most) {
        this(
                stream,
                url,
                model,
                bearer,
                runLabel,
                replicaHeader,
                new Demand.Steady(perSecond),
                seed,
                profile,
                timeouts,
                maxTokens,
                most,
                Share.WHOLE);
    }

    /** At a steady rate, by one sender, without a bound. */
    public StreamOrder(
            String stream,
            URI url,
            String model,
            Optional<String> bearer,
            Optional<String> runLabel,
            Optional<String> replicaHeader,
            double perSecond,
            long seed,
            String profile,
            Timeouts timeouts,
            int maxTokens) {
        this(
                stream,
                url,
                model,
                bearer,
                runLabel,
                replicaHeader,
                perSecond,
                seed,
                profile,
                timeouts,
                maxTokens,
                OptionalInt.empty());
    }

    /** The same for one of several senders, which has its share of the bound. */
    public StreamOrder shared(Share part) {
        return new StreamOrder(
                stream,
                url,
                model,
                bearer,
                runLabel,
                replicaHeader,
                demand,
                seed,
                profile,
                timeouts,
                maxTokens,
                most.isPresent() ? OptionalInt.of(part.of(most.getAsInt())) : most,
                part);
    }

    /** Whether its records are kept. */
    public boolean recorded() {
        return !stream.startsWith(WARM_UP);
    }

    /** Leaves out the token, so that an order can be logged. */
    @Override
    public String toString() {
        return "StreamOrder[stream=%s, url=%s, model=%s, demand=%s, seed=%d, profile=%s, timeouts=%s, maxTokens=%d, share=%s]"
                .formatted(stream, url, model, demand, seed, profile, timeouts, maxTokens, share);
    }
}
