package airworthy.mocks.devices;

/**
 * What became of a wish to set a lever.
 *
 * @param <V> what its position is told by
 */
sealed interface LeverOutcome<V> {

    /** The lever stands where it was wanted. */
    record Set<V>(V value) implements LeverOutcome<V> {}

    /** The lever was not where the caller believed, and was left there. */
    record Elsewhere<V>(V value) implements LeverOutcome<V> {}

    /** The lever cannot stand there. */
    record Refused<V>(String why) implements LeverOutcome<V> {}
}
