package airworthy.load.gatling;

import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.model.RequestRecord;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.Session;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A served model, as a Gatling simulation of somebody's own asks it. Each answer is streamed, stamped and recorded as the
 * harness's own load is:
 *
 * <pre>{@code
 * Llm chat = llm("chat").at("http://127.0.0.1:8000/v1").model("m").answerTokens(64);
 * scenario("visitors").exec(chat.stream("Hello")).pause(2).exec(chat.stream(session -> followUp(session)));
 * }</pre>
 *
 * <p>To be used while {@code airworthy simulate} makes the simulation. Immutable.
 */
public final class Llm {
    /** The listener of the run that is being set up on this thread. */
    static final ScopedValue<StreamListener> LISTENER = ScopedValue.newInstance();

    /** Where nothing else is said. */
    private static final int ANSWER_TOKENS = 64;

    private final String name;
    private final URI url;
    private final String model;
    private final Optional<String> key;
    private final int answerTokens;

    private Llm(String name, URI url, String model, Optional<String> key, int answerTokens) {
        this.name = name;
        this.url = url;
        this.model = model;
        this.key = key;
        this.answerTokens = answerTokens;
    }

    /**
     * A model on this machine, by its name, that wants no key.
     *
     * @param name of the stream in the records; and the model's, where no other is given
     */
    public static Llm llm(String name) {
        return new Llm(name, URI.create("http://127.0.0.1:8000/v1"), name, Optional.empty(), ANSWER_TOKENS);
    }

    /**
     * Where it is served.
     *
     * @param baseUrl up to and including {@code /v1}
     */
    public Llm at(String baseUrl) {
        return new Llm(name, URI.create(baseUrl), model, key, answerTokens);
    }

    /** The model to ask for. */
    public Llm model(String wanted) {
        return new Llm(name, url, wanted, key, answerTokens);
    }

    /** The value of the bearer token; take it from the environment, not from source. */
    public Llm key(String bearer) {
        return new Llm(name, url, model, Optional.of(bearer), answerTokens);
    }

    /** How many tokens an answer is asked to have. */
    public Llm answerTokens(int most) {
        return new Llm(name, url, model, key, most);
    }

    /** Asks the same each time and waits for the whole answer. */
    public ActionBuilder stream(String prompt) {
        return stream(_ -> prompt);
    }

    /**
     * Asks and waits for the whole answer.
     *
     * @param prompt from the session of who asks; called on an event loop, must not block
     * @throws IllegalStateException outside of {@code airworthy simulate}
     * @throws IllegalArgumentException when the address is none
     */
    public ActionBuilder stream(Function<Session, String> prompt) {
        if (!LISTENER.isBound()) {
            throw new IllegalStateException(
                    "llm(\"%s\").stream(..): found no recorder, expected this simulation to be run by".formatted(name)
                            + " `airworthy simulate`");
        }
        // a simulation schedules by Gatling's own means: rate and seed of the order are not used
        StreamOrder order = new StreamOrder(
                name,
                url,
                model,
                key,
                Optional.empty(),
                Optional.empty(),
                1,
                0,
                "chat",
                Timeouts.PATIENT,
                answerTokens);
        return GatlingRun.asking(new Asking(order, new ChatRequests(order), prompt, LISTENER.get(), new AtomicLong()));
    }

    /**
     * One step of a simulation.
     *
     * @param asked how many requests it has sent
     */
    record Asking(
            StreamOrder order,
            ChatRequests requests,
            Function<Session, String> prompt,
            StreamListener listener,
            AtomicLong asked) {

        /** Asks for a user; it is wanted now, since a simulation says by itself when its users come by. */
        void ask(Session session, User user) {
            Timing.Due due = new Timing.Due(asked.getAndIncrement(), System.nanoTime());
            listener.scheduled();
            new Exchange(
                            order,
                            () -> requests.request(prompt.apply(session), order.maxTokens()),
                            Optional.empty(),
                            due,
                            user,
                            this::ended)
                    .begin();
        }

        private void ended(Exchange exchange, RequestRecord request) {
            listener.ended(request);
        }
    }
}
