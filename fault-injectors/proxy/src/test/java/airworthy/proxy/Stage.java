package airworthy.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy between a client and a model server that both do what a test says. */
final class Stage implements AutoCloseable {

    static final String MARKER = "x-airworthy-run: 7f3a";
    static final String REQUEST = """
        POST /v1/chat/completions?key=hidden HTTP/1.1\r
        Host: model\r
        X-Airworthy-Run: 7f3a\r
        Content-Length: 18\r
        \r
        {"prompt":"apple"}\
        """;
    static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";

    final List<String> log = new CopyOnWriteArrayList<>();
    final Proxy proxy;
    private final ServerSocket upstream;

    private Stage(Chosen chosen, Instant expires) throws IOException {
        upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        List<InetSocketAddress> to = List.of(InetSocketAddress.createUnresolved("127.0.0.1", upstream.getLocalPort()));
        proxy = Proxy.start(
                new ProxySettings(any, any, to, chosen, new Lease(expires)), InstantSource.system(), log::add);
    }

    static Stage open() throws IOException {
        return open(Instant.MAX);
    }

    static Stage open(Instant expires) throws IOException {
        return new Stage(Chosen.Marked.parse(MARKER).orElseThrow(), expires);
    }

    static Stage liveTraffic() throws IOException {
        return new Stage(new Chosen.LiveTraffic(), Instant.MAX);
    }

    static String unmarked(String request) {
        return request.replace("X-Airworthy-Run: 7f3a", "X-Airworthy-Run: another");
    }

    static String event(String word) {
        return "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"" + word + "\"}}]}\n\n";
    }

    Peer client() throws IOException {
        return Peer.connect(proxy.port());
    }

    /** The model server's end of the next connection. */
    Peer server() throws IOException {
        return new Peer(upstream.accept());
    }

    /** The model server's end, once it was asked for a stream and began to answer. */
    Peer answering() throws IOException {
        Peer server = server();
        server.readTo("{\"prompt\":\"apple\"}");
        return server.send(STREAM_HEAD);
    }

    void noMoreUpstream() throws IOException {
        upstream.close();
    }

    void pull(String lever, double value) throws IOException, InterruptedException {
        HttpResponse<String> answer = admin("PUT", "/admin/levers/" + lever, "{\"value\": " + value + "}");
        if (answer.statusCode() != 200) {
            throw new IOException("lever refused: " + answer.body());
        }
    }

    String metrics() throws IOException, InterruptedException {
        return admin("GET", "/admin/metrics", "").body();
    }

    HttpResponse<String> admin(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.adminPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        upstream.close();
    }
}
