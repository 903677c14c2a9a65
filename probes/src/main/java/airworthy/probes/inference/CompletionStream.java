package airworthy.probes.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Flow;
import java.util.function.LongSupplier;

/**
 * Collects the server-sent events of a chat completion as they arrive, and whatever else arrives in their place. Thread-safe:
 * the HTTP client's threads write while the asking thread may give up and look.
 */
final class CompletionStream implements HttpResponse.BodyHandler<Void>, Flow.Subscriber<String> {
    private static final String DATA = "data:";
    /** Enough for an error's message. */
    private static final int MAX_OTHER_CHARS = 500;

    private final ObjectMapper mapper = new ObjectMapper();
    private final LongSupplier ticker;
    private final long askedNs;
    private final List<Long> contentNs = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder other = new StringBuilder();
    private OptionalInt status = OptionalInt.empty();
    private Optional<String> pod = Optional.empty();
    private boolean ended;
    private boolean failed;

    CompletionStream(LongSupplier ticker) {
        this.ticker = ticker;
        this.askedNs = ticker.getAsLong();
    }

    /** The status, once headers arrived. */
    synchronized OptionalInt status() {
        return status;
    }

    /** The beginning of what was no event: an error's body. */
    synchronized String other() {
        return other.toString();
    }

    /** What arrived by now. */
    synchronized Canary soFar(Canary.Ending withoutEndMark) {
        Canary.Ending ending = failed ? Canary.Ending.ERROR : ended ? Canary.Ending.COMPLETE : withoutEndMark;
        Optional<Duration> first =
                contentNs.isEmpty() ? Optional.empty() : Optional.of(Duration.ofNanos(contentNs.getFirst() - askedNs));
        return new Canary(ending, first, medianGap(), contentNs.size(), text.toString(), pod);
    }

    @Override
    public synchronized HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo info) {
        status = OptionalInt.of(info.statusCode());
        pod = info.headers().firstValue("x-inference-pod");
        return HttpResponse.BodySubscribers.fromLineSubscriber(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(String line) {
        long arrivedNs = ticker.getAsLong();
        if (line.startsWith(DATA)) {
            event(line.substring(DATA.length()).strip(), arrivedNs);
        } else if (other.length() < MAX_OTHER_CHARS) {
            other.append(line).append('\n');
        }
    }

    @Override
    public void onError(Throwable cause) {
        // told to the asking thread by the call itself
    }

    @Override
    public void onComplete() {
        // an end without the end mark is no end
    }

    private void event(String data, long arrivedNs) {
        if (data.equals("[DONE]")) {
            ended = true;
            return;
        }
        try {
            JsonNode event = mapper.readTree(data);
            failed |= event.has("error");
            // Absent fields and null choices are both seen in the wild.
            JsonNode delta = event.path("choices").path(0).path("delta");
            String content = delta.path("reasoning_content").asText("")
                    + delta.path("content").asText("");
            if (!content.isEmpty()) {
                contentNs.add(arrivedNs);
                text.append(content);
            }
        } catch (JsonProcessingException e) {
            failed = true;
        }
    }

    private Optional<Duration> medianGap() {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < contentNs.size(); i++) {
            gaps.add(contentNs.get(i) - contentNs.get(i - 1));
        }
        if (gaps.isEmpty()) {
            return Optional.empty();
        }
        gaps.sort(null);
        int middle = gaps.size() / 2;
        long median = gaps.size() % 2 == 1 ? gaps.get(middle) : (gaps.get(middle - 1) + gaps.get(middle)) / 2;
        return Optional.of(Duration.ofNanos(median));
    }
}
