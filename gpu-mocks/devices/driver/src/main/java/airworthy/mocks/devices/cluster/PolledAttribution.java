package airworthy.mocks.devices.cluster;

import airworthy.mocks.devices.Attribution;
import airworthy.mocks.devices.Holder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Knows the holders that were found last; while they cannot be asked for, the last ones stand. */
public final class PolledAttribution implements Attribution, AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Looping loop;
    private volatile Map<String, Holder> holders = Map.of();

    /** Starts asking. */
    public PolledAttribution(String node, HolderSource source, Consumer<String> log) {
        loop = new Looping("holders of devices of " + node, PERIOD, () -> holders = source.holders(), log);
    }

    @Override
    public Optional<Holder> holder(String device) {
        return Optional.ofNullable(holders.get(device));
    }

    @Override
    public void close() {
        loop.close();
    }
}
