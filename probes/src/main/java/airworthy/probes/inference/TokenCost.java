package airworthy.probes.inference;

import java.time.Duration;

/**
 * What one replica's tokens take.
 *
 * @param processor processor time for each token, all that its container does besides included
 * @param gap the usual time between two tokens of one answer
 * @param told from how many tokens of how long that is known, and from which series, for people
 */
public record TokenCost(Duration processor, Duration gap, String told) {}
