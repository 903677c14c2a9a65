package airworthy.probes.audit;

import airworthy.model.Event.AuditGroup;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpReads;
import airworthy.probes.inference.CanaryProbe;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Finds out where our requests come from as a gateway sees it: asks it something with a good key, and looks that request up
 * in the audit records. What a socket of ours says of itself is not it: addresses are translated on the way. Thread-safe.
 */
public final class OwnSource {
    private static final Duration RECORDED_WITHIN = Duration.ofSeconds(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    private final AuditTrail trail;
    private final List<Question> questions;
    private final LongSupplier monotonic;

    /** @param questions asked one after the other until one of them is recorded */
    public OwnSource(AuditTrail trail, List<Question> questions, LongSupplier monotonic) {
        this.trail = trail;
        this.questions = List.copyOf(questions);
        this.monotonic = monotonic;
    }

    /** What a gateway is asked with a tenant's key. */
    public interface Question {
        /** In words, for messages. */
        String told();

        /** Asks; what was answered does not matter, but that it was. */
        Reading<?> ask(String key) throws InterruptedException;

        /**
         * For its models, which spends nothing.
         *
         * @param gateway base URL up to and including {@code /v1}
         */
        static Question models(HttpReads reads, URI gateway) {
            URI models = URI.create(gateway.toString().replaceAll("/+$", "") + "/models");
            return new Question() {
                @Override
                public String told() {
                    return "GET " + models;
                }

                @Override
                public Reading<?> ask(String key) throws InterruptedException {
                    return reads.json(models, key);
                }
            };
        }

        /** For one token: some gateways record only what models are asked. */
        static Question oneToken(CanaryProbe canary, URI gateway, String model) {
            return new Question() {
                @Override
                public String told() {
                    return "a question to model " + model;
                }

                @Override
                public Reading<?> ask(String key) throws InterruptedException {
                    return canary.ask(gateway, model, Optional.of(key), 1, ANSWERED_WITHIN);
                }
            };
        }
    }

    /**
     * Asks as a tenant; if no question helps, what is told is what became of the first.
     *
     * @param tenant as the gateway names it in its records
     * @param key the tenant's key
     */
    public Reading<String> of(String tenant, String key) throws InterruptedException {
        List<Reading<String>> failed = new ArrayList<>();
        for (Question question : questions) {
            Reading<String> found = switch (trail.mark()) {
                case Reading.Absent<AuditTrail.Mark>(String how) -> new Reading.Absent<>(how);
                case Reading.Unreadable<AuditTrail.Mark>(String why) -> new Reading.Unreadable<>(why);
                case Reading.Present<AuditTrail.Mark>(AuditTrail.Mark mark) -> asked(question, tenant, key, mark);
            };
            if (found instanceof Reading.Present<String>) {
                return found;
            }
            failed.add(found);
        }
        return failed.isEmpty() ? new Reading.Absent<>("there is nothing to ask the gateway") : failed.getFirst();
    }

    private Reading<String> asked(Question question, String tenant, String key, AuditTrail.Mark mark)
            throws InterruptedException {
        return switch (question.ask(key)) {
            case Reading.Absent<?>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<?>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<?> _ -> recorded(question, tenant, mark);
        };
    }

    private Reading<String> recorded(Question question, String tenant, AuditTrail.Mark mark)
            throws InterruptedException {
        long deadline = monotonic.getAsLong() + RECORDED_WITHIN.toNanos();
        while (true) {
            Reading<String> seen = switch (trail.since(mark)) {
                case Reading.Absent<List<AuditGroup>>(String how) -> new Reading.Absent<>(how);
                // lines of another kind may come first
                case Reading.Unreadable<List<AuditGroup>>(String why) -> new Reading.Unreadable<>(why);
                case Reading.Present<List<AuditGroup>>(List<AuditGroup> groups) ->
                    source(question, tenant, sources(groups, tenant));
            };
            if (seen instanceof Reading.Present<String> || monotonic.getAsLong() >= deadline) {
                return seen;
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        }
    }

    private static Reading<String> source(Question question, String tenant, Set<String> sources) {
        return switch (sources.size()) {
            case 0 ->
                new Reading.Unreadable<>(
                        question.told() + " with the key of tenant " + tenant
                                + " left no audit record with a source within " + RECORDED_WITHIN.toSeconds()
                                + " s; name the field under gateway.audit.fields.source, and let the gateway record such requests");
            case 1 -> new Reading.Present<>(sources.iterator().next());
            default ->
                new Reading.Unreadable<>("tenant " + tenant + " asked from several sources at once, " + sources
                        + ", so nobody can say which of them is ours; give the harness a tenant of its own");
        };
    }

    private static Set<String> sources(List<AuditGroup> groups, String tenant) {
        return groups.stream()
                .filter(group ->
                        group.tenant().equals(tenant) && !group.source().isEmpty())
                .map(AuditGroup::source)
                .collect(Collectors.toSet());
    }
}
