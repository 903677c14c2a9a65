package airworthy.model;

import java.util.Optional;

/** What a scenario wants to hit, before a platform is known. Resolved in profile order, then by seed. */
public sealed interface TargetSelector {

    /**
     * One replica of an inference workload.
     *
     * @param inference the name in the profile, or empty for any
     */
    record InferenceReplica(Optional<String> inference) implements TargetSelector {}

    /**
     * An inference workload as a whole.
     *
     * @param inference the name in the profile, or empty for any
     */
    record Inference(Optional<String> inference) implements TargetSelector {}

    /** A namespace that the profile lists under {@code testTenants}; a second one is its bystander. */
    record TestTenant() implements TargetSelector {}

    /** Nothing is hit: an audit. */
    record WholePlatform() implements TargetSelector {}
}
