/**
 * A model server that speaks OpenAI's and vLLM's HTTP, with exact token timing and levers that change its behaviour.
 *
 * <p>What it reports about itself is measured from what it did; no lever touches a metric.
 */
@NullMarked
package airworthy.mocks.inference;

import org.jspecify.annotations.NullMarked;
