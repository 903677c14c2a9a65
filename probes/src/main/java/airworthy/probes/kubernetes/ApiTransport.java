package airworthy.probes.kubernetes;

import airworthy.probes.Reading;
import airworthy.probes.http.Login;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** One exchange with the API server: bounded, interruptible, its failures told in one place. Thread-safe. */
final class ApiTransport implements AutoCloseable {
    /** The longest that one exchange may take, retries included. */
    static final Duration LIMIT = Duration.ofSeconds(4);

    private static final int QUOTED = 60;
    /** What an API server says, as plain text, of a group version that it does not serve. */
    private static final String NO_SUCH_PATH = "404 page not found";

    private final Config config;
    private final KubernetesClient client;
    private final SSLContext tls;
    private final String server;
    /** For messages: a kubeconfig's server URL may carry credentials. */
    private final String told;

    /** Asks nothing yet; certificates of the kubeconfig that cannot be read are told. */
    static Reading<ApiTransport> open(Config config) {
        try {
            return new Reading.Present<>(new ApiTransport(config, SSLUtils.sslContext(config)));
        } catch (GeneralSecurityException | IOException e) {
            return new Reading.Unreadable<>("the certificates of the kubeconfig cannot be used: " + e.getMessage());
        }
    }

    private ApiTransport(Config config, SSLContext tls) {
        this.config = config;
        this.tls = tls;
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.server = config.getMasterUrl().replaceAll("/+$", "");
        this.told = server.replaceFirst("//[^/@]*@", "//");
    }

    /** @param path begins with a slash */
    ApiAnswer get(String path) throws InterruptedException {
        return exchange("GET " + told + path, request(path).build());
    }

    /** @param path begins with a slash */
    ApiAnswer send(String method, String path, String contentType, String body) throws InterruptedException {
        return exchange(
                method + " " + told + path,
                request(path).method(method, contentType, body).build());
    }

    /** Scheme, host and port of the server. */
    URI origin() {
        URI named = URI.create(told);
        return URI.create(named.getScheme() + "://" + named.getAuthority() + "/");
    }

    /** The kubeconfig's name for the context in use. */
    String context() {
        return config.getCurrentContext().getName();
    }

    /** How other HTTP clients make themselves known to this server. */
    Login login() {
        return new Login(origin(), tls, this::credentials);
    }

    private Map<String, String> credentials() {
        String token = config.getOauthToken() == null ? config.getAutoOAuthToken() : config.getOauthToken();
        if (token != null) {
            return Map.of("Authorization", "Bearer " + token);
        }
        return config.getUsername() == null || config.getPassword() == null
                ? Map.of()
                : Map.of("Authorization", HttpClientUtils.basicCredentials(config.getUsername(), config.getPassword()));
    }

    private HttpRequest.Builder request(String path) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(server + path)
                .header("Accept", "application/json")
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ApiAnswer exchange(String asked, HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.getHttpClient().sendAsync(request, String.class);
        try {
            HttpResponse<String> response = answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return understand(asked, response.code(), response.body());
        } catch (TimeoutException _) {
            return new ApiAnswer.Failed(asked + ": no answer within " + LIMIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new ApiAnswer.Failed(asked + ": " + words(e));
        } finally {
            answer.cancel(true);
        }
    }

    private ApiAnswer understand(String asked, int status, String body) {
        JsonNode node = Json.parse(body);
        boolean understood = node.isObject();
        if (status >= 200 && status < 300 && understood) {
            return new ApiAnswer.Ok(body, status);
        }
        String words =
                understood && node.hasNonNull("message") ? node.get("message").asText() : quote(body);
        if (status == 401) {
            return new ApiAnswer.Failed(asked
                    + ": 401, the credentials were not accepted (" + words
                    + "); an expired token? renew the kubeconfig's credentials");
        }
        if (status >= 400 && status < 500 && status != 429 && (understood || status == 403 || noSuchPath(body))) {
            return new ApiAnswer.Refused(status, words);
        }
        return new ApiAnswer.Failed(asked + ": expected JSON from a Kubernetes API, found " + status + " " + words);
    }

    private static boolean noSuchPath(String body) {
        return body.strip().equals(NO_SUCH_PATH);
    }

    private static String quote(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return '"' + line.substring(0, Math.min(QUOTED, line.length())) + '"';
    }

    private static String words(Throwable thrown) {
        String refused = "";
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException _, UnresolvedAddressException _ -> {
                    return "the host name does not resolve";
                }
                case HttpTimeoutException _ -> {
                    return "no answer within " + LIMIT.toSeconds() + " s";
                }
                case SSLException e -> {
                    return "TLS failed: " + e.getMessage();
                }
                case ConnectException _ -> refused = "connection refused";
                default -> root = cause;
            }
        }
        return refused.isEmpty() ? root.toString() : refused;
    }

    /** The server's base address for messages, without credentials and without a slash at its end. */
    String server() {
        return told;
    }

    @Override
    public void close() {
        client.close();
    }
}
