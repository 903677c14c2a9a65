package airworthy.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What becomes of an artefact that is fetched from a store through us, and what we tell of it. */
class DownloadTest {
    private static final String GET = "GET /chat/r1/model.bin?key=hidden HTTP/1.1\r\nHost: store\r\n\r\n";
    private static final String ARTEFACT = "0123456789".repeat(10);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nRepr-Digest: sha-256=:abc=:\r\n\r\n";

    @Test
    void anArtefactPassesAsItComesAndIsCounted() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                store.send(HEAD + ARTEFACT);
                assertThat(client.head()).isEqualTo(HEAD);
                assertThat(client.exactly(100)).isEqualTo(ARTEFACT);
            }
            JsonNode download = told(stage, each -> each.path("ending").asText().equals("complete"));
            assertThat(download.toString())
                    .isEqualTo("{\"path\":\"/chat/r1/model.bin\",\"told\":100,\"sent\":100,\"by\":\"-\","
                            + "\"ending\":\"complete\"}");
        }
    }

    @Test
    void aTruncatedOneEndsEarlyInGoodOrderAndTellsTheLengthOfTheStore() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadKeepPercent", 60);
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                store.send(HEAD + ARTEFACT);
                String answer = client.toTheEnd();
                assertThat(answer)
                        .isEqualTo("HTTP/1.1 200 OK\r\nRepr-Digest: sha-256=:abc=:\r\nContent-Length: 60\r\n"
                                + "Connection: close\r\n\r\n" + ARTEFACT.substring(0, 60));
            }
            JsonNode download = told(stage, each -> each.path("ending").asText().equals("ours"));
            assertThat(download.path("told").asLong()).isEqualTo(100);
            assertThat(download.path("sent").asLong()).isEqualTo(60);
            assertThat(download.path("by").asText()).isEqualTo("truncated");
        }
    }

    @Test
    void flippedBitsLeaveTheLengthAsItIs() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadFlippedBits", 3);
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                store.send(HEAD + ARTEFACT);
                client.head();
                String got = client.exactly(100);
                assertThat(got).hasSize(100);
                assertThat(differences(got, ARTEFACT)).isEqualTo(3);
            }
        }
    }

    @Test
    void onlyTensorsAreFlippedWhereOnlyTheyShallBe() throws Exception {
        String head = "{\"w\":{\"dtype\":\"U8\"}}";
        String file = (char) head.length() + "\0".repeat(7) + head + "t".repeat(100 - 8 - head.length());
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadFlipTensorsOnly", 1);
            stage.pull("downloadFlippedBits", 5);
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                // the file's own head comes in two pieces
                store.send(HEAD + file.substring(0, 5));
                client.head();
                assertThat(client.exactly(5)).isEqualTo(file.substring(0, 5));
                store.send(file.substring(5));
                String got = file.substring(0, 5) + client.exactly(95);
                assertThat(got).startsWith(file.substring(0, 8 + head.length()));
                assertThat(differences(got, file)).isEqualTo(5);
            }
            JsonNode download = told(stage, each -> each.path("ending").asText().equals("complete"));
            assertThat(download.path("by").asText()).isEqualTo("flipped");
            assertThat(download.path("flippedBits").asLong()).isEqualTo(5);
        }
    }

    @Test
    void whatIsNoTensorFileStaysWhole() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadFlipTensorsOnly", 1);
            stage.pull("downloadFlippedBits", 3);
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                store.send(HEAD + ARTEFACT);
                client.head();
                assertThat(client.exactly(100)).isEqualTo(ARTEFACT);
            }
            JsonNode download = told(stage, each -> each.path("ending").asText().equals("complete"));
            assertThat(download.path("by").asText()).isEqualTo("-");
        }
    }

    @Test
    void moreBitsThanBytesHitEachByteOnce() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadFlippedBits", 1000);
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                store.send(HEAD + ARTEFACT);
                client.head();
                assertThat(differences(client.exactly(100), ARTEFACT)).isEqualTo(100);
            }
        }
    }

    @Test
    void anotherDigestIsToldOfTheSameBytes() throws Exception {
        String sum = "0123456789abcdef".repeat(4);
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadOtherDigest", 1);
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                store.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nRepr-Digest: sha-256=:" + sum
                        + "=:\r\nX-Request-Id: " + sum + "\r\netag: \"" + sum + "\"\r\n\r\n" + ARTEFACT);
                assertThat(client.head())
                        .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nRepr-Digest: sha-256=:a"
                                + sum.substring(1) + "=:\r\nX-Request-Id: " + sum + "\r\netag: \"a" + sum.substring(1)
                                + "\"\r\n\r\n");
                assertThat(client.exactly(100)).isEqualTo(ARTEFACT);
            }
            JsonNode download = told(stage, each -> each.path("ending").asText().equals("complete"));
            assertThat(download.path("by").asText()).isEqualTo("other-digest");
        }
    }

    @Test
    void aStoreThatTellsNoDigestTellsNoOther() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadOtherDigest", 1);
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                store.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + ARTEFACT);
                client.head();
                client.exactly(100);
            }
            JsonNode download = told(stage, each -> each.path("ending").asText().equals("complete"));
            assertThat(download.path("by").asText()).isEqualTo("-");
        }
    }

    @Test
    void whoAsksForTheHeadAloneIsToldTheSameAsWhoFetches() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadMissing", 1);
            client.send(GET.replace("GET", "HEAD"));
            try (Peer store = stage.server()) {
                store.head();
                store.send(HEAD);
                assertThat(client.toTheEnd()).startsWith("HTTP/1.1 404 Not Found\r\n");
            }
            assertThat(downloads(stage)).isEmpty();
        }
    }

    @Test
    void aMissingOneIsNotThere() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadMissing", 1);
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                store.send(HEAD + ARTEFACT);
                assertThat(client.toTheEnd()).startsWith("HTTP/1.1 404 Not Found\r\n");
            }
            assertThat(told(stage, each -> each.path("ending").asText().equals("ours"))
                            .path("sent")
                            .asLong())
                    .isZero();
        }
    }

    @Test
    void aSlowOneComesWhole() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadBytesPerSecond", 500);
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                store.send(HEAD + ARTEFACT.substring(0, 50));
                client.head();
                long begun = System.nanoTime();
                client.exactly(50);
                store.send(ARTEFACT.substring(50));
                assertThat(client.exactly(50)).isEqualTo(ARTEFACT.substring(50));
                // the second half waits until the first has taken its 100 ms
                assertThat((System.nanoTime() - begun) / 1_000_000).isGreaterThanOrEqualTo(50);
            }
        }
    }

    @Test
    void oneThatTakesTwiceAsLongIsHeldBackForAsLongAsItTook() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadTimesAsLong", 2);
            client.send(GET);
            long begun = System.nanoTime();
            try (Peer store = stage.server()) {
                store.head();
                store.send(HEAD + ARTEFACT.substring(0, 50));
                client.head();
                client.exactly(50);
                store.send(ARTEFACT.substring(50));
                assertThat(client.exactly(50)).isEqualTo(ARTEFACT.substring(50));
            }
            JsonNode download = told(stage, each -> each.path("ending").asText().equals("complete"));
            assertThat(download.path("by").asText()).isEqualTo("slow-download");
            double passedMs = (System.nanoTime() - begun) / 1e6;
            assertThat(download.path("heldMs").asDouble()).isPositive().isLessThan(passedMs);
        }
    }

    @Test
    void whereTheStoreTellsNoLengthNothingIsCut() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("downloadKeepPercent", 60);
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                store.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .chunk("0123456789")
                        .chunk("");
                client.head();
                assertThat(client.chunk()).isEqualTo("0123456789");
            }
            JsonNode download = told(stage, each -> each.path("ending").asText().equals("complete"));
            assertThat(download.has("told")).isFalse();
            assertThat(download.path("sent").asLong()).isEqualTo(10);
            assertThat(download.path("by").asText()).isEqualTo("-");
        }
    }

    @Test
    void aStoreThatEndsEarlyByItselfIsNotOurDoing() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            client.send(GET);
            try (Peer store = stage.server()) {
                store.head();
                store.send(HEAD + ARTEFACT.substring(0, 10)).hangUp();
                client.toTheEnd();
            }
            JsonNode download =
                    told(stage, each -> !each.path("ending").asText().equals("open"));
            assertThat(download.path("ending").asText()).isEqualTo("upstream-cut");
            assertThat(download.path("sent").asLong()).isEqualTo(10);
        }
    }

    @Test
    void afterTheLeaseArtefactsComeWhole() throws Exception {
        try (Stage stage = Stage.open(Instant.EPOCH);
                Peer client = stage.client()) {
            stage.pull("downloadKeepPercent", 60);
            client.send(GET.replace("\r\n\r\n", "\r\n" + Stage.MARKER + "\r\n\r\n"));
            try (Peer store = stage.server()) {
                store.head();
                store.send(HEAD + ARTEFACT);
                client.head();
                assertThat(client.exactly(100)).isEqualTo(ARTEFACT);
            }
        }
    }

    private static long differences(String got, String held) {
        long differences = 0;
        for (int i = 0; i < got.length(); i++) {
            differences += Integer.bitCount(got.charAt(i) ^ held.charAt(i));
        }
        return differences;
    }

    private static JsonNode told(Stage stage, Predicate<JsonNode> wanted) {
        return await().until(() -> downloads(stage).path(0), wanted);
    }

    private static JsonNode downloads(Stage stage) throws IOException, InterruptedException {
        return new JsonMapper()
                .readTree(stage.admin("GET", "/admin/downloads", "").body())
                .path("downloads");
    }
}
