package airworthy.proxy;

import airworthy.levers.AdminServer;
import airworthy.levers.LeverFailureException;
import airworthy.levers.LeverPages;
import airworthy.levers.Reply;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;

/** What is told at the admin port: levers, counts, downloads and readiness. */
final class AdminPages implements AdminServer.Pages {

    private final LeverPages<Lever> levers;
    private final Counts counts;
    private final Downloads downloads;
    private final Upstreams upstreams;

    AdminPages(Levers levers, Counts counts, Downloads downloads, Upstreams upstreams) {
        this.levers = new LeverPages<>(levers);
        this.counts = counts;
        this.downloads = downloads;
        this.upstreams = upstreams;
    }

    @Override
    public Reply answer(String method, String path, String body) throws LeverFailureException, InterruptedException {
        return switch (path) {
            case "/admin/metrics" -> new Reply(200, "text/plain; version=0.0.4; charset=utf-8", counts.text());
            case "/admin/ready" -> ready();
            case "/admin/downloads" -> Reply.json(200, downloads.json());
            default ->
                levers.answer(method, path, body)
                        .orElseGet(() -> Reply.error(
                                404,
                                "path: expected one below /admin/levers, or /admin/metrics, /admin/downloads or"
                                        + " /admin/ready"));
        };
    }

    /** Ready when requests could be passed on: before that no Service may point here. */
    private Reply ready() {
        try {
            upstreams.connect().close();
            return Reply.json(200, JsonNodeFactory.instance.objectNode().put("ready", true));
        } catch (IOException e) {
            return Reply.error(503, "the model server takes no connection: " + e.getMessage());
        }
    }
}
