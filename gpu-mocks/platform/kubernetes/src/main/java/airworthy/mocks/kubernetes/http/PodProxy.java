package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/**
 * The way to a pod's HTTP port through the API server: {@code /api/v1/namespaces/N/pods/NAME:PORT/proxy/...}. Who asks is
 * known to the API server and is not told to the pod.
 */
final class PodProxy {
    private static final Set<String> PASSED_ON = Set.of("Content-type", "Accept");

    private final ObjectStore store;
    private final HttpClient pods = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    PodProxy(ObjectStore store) {
        this.store = store;
    }

    Answer answer(Request request, ApiPath path) {
        String[] podAndPort = path.name().orElseThrow().split(":", 2);
        ObjectKey pod = new ObjectKey(path.kind(), path.namespace(), podAndPort[0]);
        String ip = store.find(pod)
                .orElseThrow(() -> ApiFailure.notFound(pod))
                .at("/status/podIP")
                .asText();
        if (ip.isEmpty()) {
            throw ApiFailure.badRequest("address not allowed");
        }
        String port = podAndPort.length == 2 ? podAndPort[1] : "80";
        HttpRequest.Builder asked = HttpRequest.newBuilder(
                        URI.create("http://" + ip + ":" + port + "/" + String.join("/", path.behind())))
                .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()));
        PASSED_ON.stream()
                .filter(name -> !request.header(name).isEmpty())
                .forEach(name -> asked.header(name, request.header(name)));
        try {
            HttpResponse<InputStream> answer = pods.send(asked.build(), HttpResponse.BodyHandlers.ofInputStream());
            return new Answer.Proxied(answer);
        } catch (IOException e) {
            throw ApiFailure.unreachable("dial tcp " + ip + ":" + port + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiFailure.unreachable("the server is going down");
        }
    }
}
