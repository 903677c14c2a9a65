package airworthy.accelerator.command;

import airworthy.accelerator.hold.Duty;
import airworthy.accelerator.library.NativeException;
import airworthy.levers.LeverFailureException;
import airworthy.levers.LeverPositions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/**
 * The positions of the levers, and the faults that they make. A fault that has ended by itself, because the time was over or the
 * device was lost, leaves its lever at rest. Thread-safe: one lever is moved at a time.
 */
final class Levers implements LeverPositions<Lever>, AutoCloseable {
    private static final int MIB = 20;
    /** Shorter than those wait who set a lever. */
    private static final Duration MADE_WITHIN = Duration.ofSeconds(3);

    private final Accelerator accelerator;
    private final Bound bound;
    private final Map<Lever, Position> positions = new EnumMap<>(Lever.class);

    private record Position(double value, KeptUp fault) {}

    Levers(Accelerator accelerator, Bound bound) {
        this.accelerator = accelerator;
        this.bound = bound;
    }

    @Override
    public List<Lever> all() {
        return List.of(Lever.values());
    }

    @Override
    public synchronized double get(Lever lever) {
        Position position = positions.get(lever);
        return position != null && position.fault().lasts() ? position.value() : lever.rest();
    }

    /** Waits until what follows is made or taken back. */
    @Override
    public synchronized boolean set(Lever lever, double value, OptionalDouble expected)
            throws LeverFailureException, InterruptedException {
        if (expected.isPresent() && Double.compare(expected.getAsDouble(), get(lever)) != 0) {
            return false;
        }
        rest(lever);
        if (value != lever.rest()) {
            try {
                KeptUp fault = KeptUp.start(fault(lever, (long) value), bound);
                positions.put(lever, new Position(value, fault));
                fault.made(MADE_WITHIN);
            } catch (NativeException e) {
                throw new LeverFailureException(e.told());
            }
        }
        return true;
    }

    private HeldFault fault(Lever lever, long value) throws NativeException {
        return switch (lever) {
            case LEAVE_FREE_MIB -> new MemoryFault(accelerator, value << MIB, Long.MAX_VALUE);
            case DUTY_PERCENT -> BurnFault.on(accelerator, new Duty((int) value));
        };
    }

    private void rest(Lever lever) {
        Position position = positions.remove(lever);
        if (position != null) {
            position.fault().close();
        }
    }

    /** What all of them hold now. */
    synchronized Held held() {
        return positions.values().stream()
                .map(position -> position.fault().held())
                .reduce(Held.NOTHING, Held::plus);
    }

    /** What ended a fault before it was to end, in words. */
    synchronized Optional<String> problem() {
        StringJoiner problems = new StringJoiner("; ");
        positions.forEach((lever, position) ->
                position.fault().problem().ifPresent(problem -> problems.add(lever.key() + ": " + problem)));
        return problems.length() == 0 ? Optional.empty() : Optional.of(problems.toString());
    }

    /** Takes all of them back. */
    @Override
    public synchronized void close() {
        for (Lever lever : Lever.values()) {
            rest(lever);
        }
    }
}
