package airworthy.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Passes on an answer that is no stream, as if the model server had taken longer for it, had hung over it or had cut it. It is
 * collected before its head is sent, because nothing of it is to be seen earlier.
 */
final class WholeAnswer {

    private static final int LARGEST = 64 << 20;
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final Exchange exchange;
    private final Levers levers;
    private final LongSupplier nanos;

    WholeAnswer(Exchange exchange, Levers levers, LongSupplier nanos) {
        this.exchange = exchange;
        this.levers = levers;
        this.nanos = nanos;
    }

    void run(Head head, BodyScanner body, HttpInput from, OutputStream to) throws IOException, InterruptedException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        try {
            while (from.take(body, wire::write, payload::write)) {
                if (wire.size() > LARGEST) {
                    throw new MalformedHttpException("found an answer of more than " + LARGEST + " bytes");
                }
            }
        } catch (IOException e) {
            to.write(head.bytes());
            wire.writeTo(to);
            exchange.ended(Ending.UPSTREAM_CUT);
            throw new UpstreamGoneException(e);
        }
        boolean wrongWords = awaitTurn(nanos.getAsLong());
        to.write(head.bytes());
        for (Disturbance disturbance : levers.disturbances()) {
            if (disturbance instanceof Disturbance.Cut(int _, boolean byReset)) {
                to.write(wire.toByteArray(), 0, wire.size() / 2);
                exchange.disturbed(disturbance);
                exchange.ended(Ending.OURS);
                throw new CutByUsException(byReset);
            }
        }
        byte[] said = payload.toByteArray();
        byte[] changed = wrongWords ? WrongWords.inJson(said) : said;
        if (Arrays.equals(changed, said)) {
            wire.writeTo(to);
        } else {
            exchange.disturbed(new Disturbance.WrongWords());
            AnswerSink sink = new AnswerSink(to, head.lists("transfer-encoding", "chunked"));
            sink.send(changed);
            sink.complete();
        }
        exchange.passed(said.length, 0);
        exchange.ended(Ending.COMPLETE);
    }

    /** @return whether the words are to be others */
    private boolean awaitTurn(long arrival) throws InterruptedException {
        while (true) {
            List<Disturbance> now = levers.disturbances();
            Duration left = Duration.ZERO;
            for (Disturbance disturbance : now) {
                Duration more = hold(disturbance, arrival).minusNanos(nanos.getAsLong() - arrival);
                if (more.isPositive()) {
                    exchange.disturbed(disturbance);
                    left = left.compareTo(more) > 0 ? left : more;
                }
            }
            if (left.isZero()) {
                return now.contains(new Disturbance.WrongWords());
            }
            levers.awaitChange(left, now);
        }
    }

    private Duration hold(Disturbance disturbance, long arrival) {
        long took = arrival - exchange.askedNanos();
        return switch (disturbance) {
            case Disturbance.Hang _ -> FOR_EVER;
            case Disturbance.LateFirstEvent(Duration by) -> by;
            case Disturbance.SlowEvents slow -> Duration.ofNanos((long) ((slow.factor() - 1) * took));
            default -> Duration.ZERO;
        };
    }
}
