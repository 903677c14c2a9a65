package airworthy.proxy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** The artefacts that were asked for through us: how long each is by the store's own words, and how much of it we sent. */
final class Downloads {

    /** A pod that starts again and again asks again and again. */
    private static final int KEPT = 256;

    private final Deque<Download> kept = new ArrayDeque<>();
    private long asked;

    /** One answer to a GET; what is known of it changes until it ends. Guarded by its owner. */
    private static final class Download {
        private final String path;
        private final OptionalLong told;
        private String by = "-";
        private long sent;
        private long flipped;
        private long heldNanos;
        private String ending = "open";

        Download(String path, OptionalLong told) {
            this.path = path;
            this.told = told;
        }
    }

    /** Tells how one download goes on. Safe for any number of threads. */
    final class Meter {
        private final Download download;

        private Meter(Download download) {
            this.download = download;
        }

        void corrupted(Corruption by) {
            synchronized (Downloads.this) {
                download.by = by.kind();
            }
        }

        void sent(long bytes) {
            synchronized (Downloads.this) {
                download.sent += bytes;
            }
        }

        /** So many bits of it were turned over, all in all. */
        void flipped(long bits) {
            synchronized (Downloads.this) {
                download.flipped = bits;
            }
        }

        /** For so long it was held back, all in all. */
        void held(long nanos) {
            synchronized (Downloads.this) {
                download.heldNanos = nanos;
            }
        }

        void ended(Ending how) {
            synchronized (Downloads.this) {
                download.ending = how.word();
            }
        }
    }

    /**
     * An answer begins.
     *
     * @param told the length that the store announced, if it did
     */
    synchronized Meter began(String path, OptionalLong told) {
        Download download = new Download(path, told);
        asked++;
        kept.addLast(download);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        return new Meter(download);
    }

    /** All that were asked for, and of the last ones what became of them. */
    synchronized ObjectNode json() {
        ObjectNode all = JsonNodeFactory.instance.objectNode().put("asked", asked);
        ArrayNode downloads = all.putArray("downloads");
        for (Download download : kept) {
            ObjectNode each = downloads.addObject().put("path", download.path);
            download.told.ifPresent(bytes -> each.put("told", bytes));
            each.put("sent", download.sent).put("by", download.by).put("ending", download.ending);
            if (download.flipped > 0) {
                each.put("flippedBits", download.flipped);
            }
            if (download.heldNanos > 0) {
                each.put("heldMs", download.heldNanos / 1e6);
            }
        }
        return all;
    }
}
