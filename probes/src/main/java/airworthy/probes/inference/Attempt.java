package airworthy.probes.inference;

import airworthy.model.RequestOutcome;

/**
 * How one small question ended, told as for any request of a load.
 *
 * @param outcome how
 * @param told what came in place of an answer
 */
public record Attempt(RequestOutcome outcome, String told) {}
