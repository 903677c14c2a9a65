package airworthy.mocks.devices;

import java.time.Instant;
import java.util.stream.Stream;

/** A taint that the driver publishes with a device. */
public record DeviceTaint(String key, String value, Effect effect, Instant timeAdded) {

    /** What a taint does to pods that do not tolerate it; names are the API's. */
    public enum Effect {
        NONE("None"),
        NO_SCHEDULE("NoSchedule"),
        NO_EXECUTE("NoExecute");

        private final String text;

        Effect(String text) {
            this.text = text;
        }

        /**
         * Finds an effect that keeps claims away, by its name in the API.
         *
         * @throws IllegalArgumentException when there is none of that name
         */
        static Effect named(String text) {
            return Stream.of(NO_SCHEDULE, NO_EXECUTE)
                    .filter(effect -> effect.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "taint effect: found %s, expected NoSchedule or NoExecute".formatted(text)));
        }

        /** Returns the name in the API. */
        public String text() {
            return text;
        }
    }

    boolean saysTheSameAs(DeviceTaint other) {
        return key.equals(other.key) && value.equals(other.value) && effect == other.effect;
    }
}
