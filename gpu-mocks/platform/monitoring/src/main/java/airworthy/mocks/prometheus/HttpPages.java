package airworthy.mocks.prometheus;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Reads targets over HTTP; the time limit covers the body too. */
record HttpPages(HttpClient client, UnaryOperator<URI> resolver) implements TargetScrape.PageReader {
    /** The version whose behaviour is simulated. */
    static final String VERSION = "2.53.0+simulated";

    @Override
    public String read(Target target, Duration timeout) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(resolver.apply(target.url()))
                .header("Accept", "text/plain;version=0.0.4")
                .header("User-Agent", "Prometheus/" + VERSION)
                .build();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, BodyHandlers.ofString());
        try {
            HttpResponse<String> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("server returned HTTP status " + response.statusCode());
            }
            return response.body();
        } catch (TimeoutException e) {
            throw new IOException("Get \"" + target.url() + "\": context deadline exceeded", e);
        } catch (ExecutionException e) {
            throw new IOException("Get \"" + target.url() + "\": " + e.getCause(), e);
        } finally {
            answer.cancel(true);
        }
    }
}
