package airworthy.mocks.alertmanager;

import airworthy.mocks.monitoring.Pacer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Posts notifications; what may pass with time is tried again with growing pauses, within bounds. */
final class WebhookSender {
    /** The first pause and its growth are those of the back-off library Alertmanager uses. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private static final double PAUSE_GROWTH = 1.5;
    private static final int ATTEMPTS = 6;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final UnaryOperator<URI> resolver;
    private final Pacer pacer;
    private final DeliveryCounters counters;

    WebhookSender(HttpClient client, UnaryOperator<URI> resolver, Pacer pacer, DeliveryCounters counters) {
        this.client = client;
        this.resolver = resolver;
        this.pacer = pacer;
        this.counters = counters;
    }

    private enum Attempt {
        DELIVERED,
        REFUSED,
        TO_REPEAT
    }

    /** Returns whether the receiver took it; a receiver's refusal (4xx) is final. */
    boolean deliver(String receiver, URI url, String body) throws InterruptedException {
        counters.notification(receiver);
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            counters.request(receiver);
            Attempt outcome = attempt(url, body);
            if (outcome == Attempt.DELIVERED) {
                return true;
            }
            counters.failedRequest(receiver);
            if (outcome == Attempt.REFUSED || attempt == ATTEMPTS) {
                break;
            }
            pacer.pause(pause);
            pause = Duration.ofNanos((long) (pause.toNanos() * PAUSE_GROWTH));
        }
        counters.failedNotification(receiver);
        return false;
    }

    private Attempt attempt(URI url, String body) throws InterruptedException {
        try {
            int status =
                    client.send(request(url, body), BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                return Attempt.DELIVERED;
            }
            return status / 100 == 5 ? Attempt.TO_REPEAT : Attempt.REFUSED;
        } catch (IOException | IllegalArgumentException _) {
            // The latter is a name that the resolver does not know; it may come to know it.
            return Attempt.TO_REPEAT;
        }
    }

    private HttpRequest request(URI url, String body) {
        return HttpRequest.newBuilder(resolver.apply(url))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Alertmanager/" + AlertmanagerServer.VERSION)
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
