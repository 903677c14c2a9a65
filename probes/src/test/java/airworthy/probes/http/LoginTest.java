package airworthy.probes.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class LoginTest {

    @Test
    void credentialsGoToTheirOriginAndNowhereElse() throws Exception {
        HttpServer api = echo();
        HttpServer other = echo();
        try (HttpCaller caller = caller(at(api))) {
            assertThat(asked(caller, at(api).resolve("/pods/x:8000/proxy/health")))
                    .isEqualTo("Bearer ours");
            assertThat(asked(caller, at(other).resolve("/health"))).isEqualTo("null");
        } finally {
            api.stop(0);
            other.stop(0);
        }
    }

    private static HttpCaller caller(URI origin) throws NoSuchAlgorithmException {
        Login login = new Login(origin, SSLContext.getDefault(), () -> Map.of("Authorization", "Bearer ours"));
        return new HttpCaller(Names.none(), Limits.standard(), Optional.of(login));
    }

    private static String asked(HttpCaller caller, URI uri) throws InterruptedException {
        UnaryOperator<HttpRequest.Builder> plain = UnaryOperator.identity();
        return caller.call(uri, plain, HttpResponse.BodyHandlers.ofString(), Duration.ofSeconds(30))
                        instanceof CallResult.Answered<String>(HttpResponse<String> answer)
                ? answer.body()
                : "no answer";
    }

    /** Answers with the credentials that it was shown. */
    private static HttpServer echo() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, shown.length);
            exchange.getResponseBody().write(shown);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI at(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
