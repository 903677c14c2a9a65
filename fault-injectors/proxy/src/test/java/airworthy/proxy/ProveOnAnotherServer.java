package airworthy.proxy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Shows each disturbance on a model server that is not ours, as a plain client sees it. Started by the script of the same
 * name, not by a build; ends with 1 when one does not show.
 */
final class ProveOnAnotherServer {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final int TOKENS = 20;
    private static final int AFTER = 5;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final URI admin;
    private final String marker;
    private boolean all = true;

    private ProveOnAnotherServer(URI server, URI admin, String marker) {
        this.server = server;
        this.admin = admin;
        this.marker = marker;
    }

    /** Arguments: the proxy's address, its admin address, the marker header. */
    public static void main(String... args) throws IOException, InterruptedException {
        System.exit(new ProveOnAnotherServer(URI.create(args[0]), URI.create(args[1]), args[2]).prove() ? 0 : 1);
    }

    private boolean prove() throws IOException, InterruptedException {
        ask(); // The first one also pays for the client's own start.
        StreamSeen usual = ask();
        row("none", usual, usual.ended("clean", true, false) && usual.events() == TOKENS);

        set("tokenDelayFactor", 5);
        StreamSeen slow = ask();
        double times = slow.gapMillis() / usual.gapMillis();
        row("slow tokens x5: found x%.1f".formatted(times), slow, times > 3.5 && times < 7 && slow.events() == TOKENS);
        StreamSeen others =
                StreamSeen.ask(http, server, "x-airworthy-run: somebody-else").whole();
        row("the same, request not marked", others, others.gapMillis() < 2.5 * usual.gapMillis());
        set("tokenDelayFactor", 1);

        set("firstTokenDelayMs", 1000);
        StreamSeen late = ask();
        row("first token 1 s later", late, late.firstMillis() >= 1000 && late.gapMillis() > usual.gapMillis() / 2);
        set("firstTokenDelayMs", 0);

        hang();

        set("cutAfterEvents", AFTER);
        StreamSeen cut = ask();
        row("closed after " + AFTER, cut, cut.ended("cut", false, false) && cut.events() == AFTER);
        set("cutByReset", 1);
        StreamSeen reset = ask();
        // A reset may overtake what was sent before it.
        row("reset after " + AFTER, reset, reset.ended("reset", false, false) && reset.events() <= AFTER);
        set("cutByReset", 0);
        set("cutAfterEvents", 0);

        set("inBandErrorAfterEvents", AFTER);
        StreamSeen failed = ask();
        row("error event after " + AFTER, failed, failed.ended("clean", true, true) && failed.events() == AFTER);
        set("inBandErrorAfterEvents", 0);

        for (int status : new int[] {429, 500, 503}) {
            set("errorStatus", status);
            StreamSeen refused = ask();
            row("answered by " + status, refused, refused.status() == status && refused.events() == 0);
        }
        set("errorStatus", 0);

        set("wrongAnswer", 1);
        StreamSeen wrong = ask();
        boolean sameShape = wrong.text().length() == usual.text().length() && wrong.tokens() == usual.tokens();
        row("wrong words", wrong, sameShape && !wrong.text().equals(usual.text()));
        set("wrongAnswer", 0);

        StreamSeen after = ask();
        boolean asBefore = after.text().equals(usual.text()) && after.ended("clean", true, false);
        row("none again", after, asBefore);
        return all;
    }

    private void hang() throws IOException, InterruptedException {
        set("hangAfterEvents", AFTER);
        StreamSeen hung = StreamSeen.ask(http, server, marker);
        boolean began = hung.awaitTokens(AFTER, PATIENCE);
        boolean wentOn = hung.awaitTokens(AFTER + 1, SILENCE);
        row("hang after " + AFTER + ": silent for 2 s", hung, began && !wentOn && hung.ended("", false, false));
        set("hangAfterEvents", 0);
        hung.whole();
        row("hang released", hung, hung.ended("clean", true, false) && hung.events() == TOKENS);
    }

    private StreamSeen ask() throws InterruptedException {
        return StreamSeen.ask(http, server, marker).whole();
    }

    private void row(String what, StreamSeen seen, boolean shows) {
        System.out.printf("%-3s  %-36s %s%n", shows ? "yes" : "NO", what, seen);
        all &= shows;
    }

    private void set(String lever, double value) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(admin.resolve("/admin/levers/" + lever))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"value\": " + value + "}"))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(
                    "lever " + lever + ": expected 200, found " + answer.statusCode() + " " + answer.body());
        }
    }
}
