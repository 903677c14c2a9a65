package airworthy.faults.client;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Actuator;
import airworthy.faults.ActuatorContractTest;
import airworthy.faults.Applied;
import airworthy.faults.Gate;
import airworthy.faults.Rig;
import airworthy.model.Change;
import airworthy.model.Restoration;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LoadActuatorTest extends ActuatorContractTest {
    private static final Change MORE = new Change.SendLoad("SRV-9/chat/burst", "chat", "chat", 15);

    @Override
    protected Rig rig() {
        return new LoadRig();
    }

    @Test
    void aStreamOfAnotherProcessHasEndedWithIt() throws InterruptedException {
        Actuator later = new LoadActuator(ExtraLoad.none());

        assertThat(later.restore(MORE.undo()))
                .isInstanceOfSatisfying(
                        Restoration.Restored.class,
                        restored -> assertThat(restored.observed()).contains("not sent by this process"));
        assertThat(later.apply(MORE)).isInstanceOf(Applied.Failed.class);
    }

    @Test
    void aStreamThatDoesNotEndIsNotCalledRestored() throws InterruptedException {
        Streams streams = new Streams();
        Actuator actuator = new LoadActuator(streams);
        actuator.apply(MORE);
        streams.stuck = true;

        assertThat(actuator.restore(MORE.undo()))
                .isInstanceOfSatisfying(
                        Restoration.Failed.class,
                        failed -> assertThat(failed.why()).contains("SRV-9/chat/burst", "still in flight"));
    }

    private static final class LoadRig implements Rig {
        private final Streams streams = new Streams();
        private final LoadActuator actuator = new LoadActuator(streams);

        @Override
        public Actuator actuator() {
            return actuator;
        }

        @Override
        public Change change() {
            return MORE;
        }

        @Override
        public String state() {
            return streams.toString();
        }

        @Override
        public void somebodyElseChanges() {
            streams.send("SRV-9/chat/burst", 7);
        }

        @Override
        public Gate gate() {
            return streams.gate;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** What is sent: a rate for each stream. */
    private static final class Streams implements ExtraLoad {
        private final Map<String, Double> rates = new TreeMap<>();
        private final Gate gate = new Gate();
        private boolean stuck;

        synchronized void send(String stream, double perSecond) {
            rates.put(stream, perSecond);
        }

        @Override
        public synchronized OptionalDouble rate(String stream) {
            return rates.containsKey(stream) ? OptionalDouble.of(rates.get(stream)) : OptionalDouble.empty();
        }

        @Override
        public void begin(Change.SendLoad load) throws IOException, InterruptedException {
            gate.pass();
            synchronized (this) {
                rates.putIfAbsent(load.stream(), load.perSecond());
            }
            if (gate.losesAnswer()) {
                throw new IOException("the answer was lost");
            }
        }

        @Override
        public void end(String stream, double perSecond) throws IOException, InterruptedException {
            gate.pass();
            if (stuck) {
                throw new IOException("requests are still in flight");
            }
            synchronized (this) {
                rates.remove(stream, perSecond);
            }
        }

        @Override
        public synchronized String toString() {
            return rates.toString();
        }
    }
}
