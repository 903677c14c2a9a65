package airworthy.faults.resize;

import airworthy.probes.Reading;
import airworthy.probes.inference.TokenCost;

/** Knows what a replica's tokens take of a processor. */
@FunctionalInterface
public interface TokenCosts {
    /** The cost of the tokens of the engine that runs in this container; absent if nobody can tell. */
    Reading<TokenCost> of(String namespace, String pod, String container) throws InterruptedException;
}
