package airworthy.probes.runbook;

import airworthy.model.Event.RunbookFetched;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Page;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.OptionalInt;

/** Opens the page that an alert points to, as whoever is paged would. Thread-safe. */
public final class RunbookProbe {
    private static final int MAX_BYTES = 16 * 1024;

    private final HttpReads reads;

    /**
     * A probe that reads through the given reads, whose names find hosts that only the cluster resolves.
     */
    public RunbookProbe(HttpReads reads) {
        this.reads = reads;
    }

    /** Fetches the page; no status and no text if there was no answer or the text is no web address. */
    public RunbookFetched fetch(String url) throws InterruptedException {
        try {
            return reads.page(new URI(url), MAX_BYTES) instanceof Reading.Present<Page>(Page page)
                    ? new RunbookFetched(url, OptionalInt.of(page.status()), page.text())
                    : new RunbookFetched(url, OptionalInt.empty(), "");
        } catch (URISyntaxException e) {
            return new RunbookFetched(url, OptionalInt.empty(), "");
        }
    }
}
