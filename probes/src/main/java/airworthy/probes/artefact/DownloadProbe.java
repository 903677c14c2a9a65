package airworthy.probes.artefact;

import airworthy.probes.Reading;
import airworthy.probes.http.HttpReads;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;

/** Asks a proxy of ours what it passed on. Thread-safe. */
public final class DownloadProbe {
    private final HttpReads reads;

    public DownloadProbe(HttpReads reads) {
        this.reads = reads;
    }

    /** All that was fetched through it, in the order of asking. */
    public Reading<List<Download>> read(URI page) throws InterruptedException {
        return reads.json(page)
                .map(json -> json.path("downloads")
                        .valueStream()
                        .map(DownloadProbe::download)
                        .toList());
    }

    private static Download download(JsonNode each) {
        JsonNode told = each.path("told");
        return new Download(
                each.path("path").asText(),
                told.isIntegralNumber() ? OptionalLong.of(told.asLong()) : OptionalLong.empty(),
                each.path("sent").asLong(),
                !each.path("by").asText("-").equals("-"),
                each.path("flippedBits").asLong(),
                each.path("heldMs").asDouble(),
                !each.path("ending").asText("open").equals("open"));
    }
}
