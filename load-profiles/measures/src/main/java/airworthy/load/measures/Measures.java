package airworthy.load.measures;

import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** All measures of the requests that were added: what is kept does not grow with their number. For one thread. */
public final class Measures {
    private final Slo slo;
    private final Map<Measure, Distribution> distributions = new EnumMap<>(Measure.class);
    private final Map<RequestOutcome, Long> outcomes = new EnumMap<>(RequestOutcome.class);
    private long good;
    private long right;
    private long wrong;
    private long promptTokens;
    private long completionTokens;

    /** @param slo what makes an answer a good one */
    public Measures(Slo slo) {
        this.slo = slo;
        for (Measure measure : Measure.values()) {
            distributions.put(measure, new Distribution());
        }
    }

    /** Takes in one request that has ended. */
    public void add(RequestRecord request) {
        outcomes.merge(request.outcome(), 1L, Long::sum);
        distributions.forEach((measure, distribution) -> measure.of(request).forEach(distribution::add));
        good += isGood(request) ? 1 : 0;
        right += request.correct().orElse(false) ? 1 : 0;
        wrong += request.correct().orElse(true) ? 0 : 1;
        promptTokens += request.promptTokens().orElse(0);
        completionTokens += request.completionTokens().orElse(0);
    }

    /** Forgets everything. */
    void clear() {
        outcomes.clear();
        distributions.values().forEach(Distribution::clear);
        good = 0;
        right = 0;
        wrong = 0;
        promptTokens = 0;
        completionTokens = 0;
    }

    /** Whole, not known to be wrong, its first token within its bound from the intended start on, and its mean time a token within its own. */
    private boolean isGood(RequestRecord request) {
        return request.outcome() == RequestOutcome.OK
                && request.correct().orElse(true)
                && Measure.FIRST_TOKEN_FROM_INTENDED
                        .of(request)
                        .allMatch(first -> first <= slo.firstToken().toNanos())
                && Measure.TOKEN_TIME
                        .of(request)
                        .allMatch(token -> token <= slo.gap().toNanos());
    }

    /** The sample of one measure; it goes on growing. */
    public Distribution of(Measure measure) {
        return Objects.requireNonNull(distributions.get(measure));
    }

    /** Requests by how they ended; outcomes that never happened are left out. */
    public Map<RequestOutcome, Long> outcomes() {
        return Collections.unmodifiableMap(outcomes);
    }

    /** How many requests were added: every one that the schedule wanted, sent or not. */
    public long scheduled() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many ended one way. */
    public long ended(RequestOutcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** How many kept the promise. */
    public long good() {
        return good;
    }

    /** How many whole answers were the expected ones, of those where one is known. */
    public long right() {
        return right;
    }

    /** And how many were not. */
    public long wrong() {
        return wrong;
    }

    /** What the promise is. */
    public Slo slo() {
        return slo;
    }

    /** Tokens of all prompts, by the server's own counts. */
    public long promptTokens() {
        return promptTokens;
    }

    /** Tokens of all answers, by the server's own counts. */
    public long completionTokens() {
        return completionTokens;
    }
}
