package airworthy.mocks.promql;

/**
 * A labelled value at the moment of evaluation.
 *
 * @param labels the labels
 * @param value the value
 */
public record Sample(Labels labels, double value) {}
