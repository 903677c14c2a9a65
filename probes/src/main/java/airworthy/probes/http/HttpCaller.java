package airworthy.probes.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Makes HTTP calls that are bounded from the first byte to the last and end at once when interrupted. Redirects are left
 * to the caller. Thread-safe.
 */
public final class HttpCaller implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Names names;
    private final Limits limits;
    private final HttpClient client;
    private final Optional<Known> known;

    /** A login and the client that trusts what it trusts. */
    private record Known(Login login, HttpClient client) {}

    public HttpCaller(Names names, Limits limits) {
        this(names, limits, Optional.empty());
    }

    /** @param login how we make ourselves known at the one origin that wants it */
    public HttpCaller(Names names, Limits limits, Optional<Login> login) {
        this.names = names;
        this.limits = limits;
        this.client = plain().build();
        this.known =
                login.map(each -> new Known(each, plain().sslContext(each.tls()).build()));
    }

    /** HTTP/1.1 only: the offer to upgrade that comes with HTTP/2 unsettles simple servers and proxies. */
    private HttpClient.Builder plain() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads);
    }

    /** How long calls may take that have no limit of their own. */
    public Limits limits() {
        return limits;
    }

    /**
     * Makes one call and waits for the whole answer.
     *
     * @param asking adds method, headers and body; a plain GET if it adds nothing
     * @param limit from asking to the last byte
     * @throws InterruptedException if interrupted; the call is given up
     */
    public <T> CallResult<T> call(
            URI uri, UnaryOperator<HttpRequest.Builder> asking, HttpResponse.BodyHandler<T> body, Duration limit)
            throws InterruptedException {
        if (!isWebAddress(uri)) {
            return new CallResult.Broken<>(
                    "found the address \"" + uri + "\", expected one such as http://host:9090/path");
        }
        HttpRequest.Builder builder = asking.apply(HttpRequest.newBuilder(names.reachable(uri)));
        Optional<Known> here = known.filter(each -> each.login().at(uri));
        here.ifPresent(each -> each.login().headers().get().forEach(builder::setHeader));
        HttpRequest request = builder.build();
        String asked = request.method() + " " + uri;
        CompletableFuture<HttpResponse<T>> answer =
                here.map(Known::client).orElse(client).sendAsync(request, body);
        try {
            return new CallResult.Answered<>(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new CallResult.TimedOut<>(asked + ": no whole answer within " + seconds(limit));
        } catch (ExecutionException e) {
            return failure(asked, e.getCause() == null ? e : e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        known.ifPresent(each -> each.client().shutdownNow());
        threads.shutdownNow();
    }

    private <T> CallResult<T> failure(String asked, Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException e ->
                new CallResult.TimedOut<>(asked + ": no connection within " + seconds(limits.connect()));
            case ConnectException e
            when e.getCause() instanceof UnresolvedAddressException ->
                new CallResult.Broken<>(
                        asked + ": this machine cannot resolve the host; list it under names in the profile"
                                + " if only the cluster resolves it");
            case ConnectException e -> new CallResult.Broken<>(asked + ": connection refused");
            case IOException e -> new CallResult.Broken<>(asked + ": the connection broke: " + message(e));
            default -> throw new IllegalStateException(asked, cause);
        };
    }

    private static String message(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static boolean isWebAddress(URI uri) {
        return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() / 1000.0 + " s";
    }
}
