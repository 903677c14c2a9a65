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

    /** One accelerator that a ready replica of a served model holds; never a bystander's. */
    record AllocatedAccelerator() implements TargetSelector {}

    /** One node on whose accelerators a served model runs, and no bystander alone. */
    record AcceleratedNode() implements TargetSelector {}

    /** A namespace that the profile lists under {@code testTenants}; a second one is its bystander. */
    record TestTenant() implements TargetSelector {}

    /** Nothing is hit: an audit. */
    record WholePlatform() implements TargetSelector {}

    /** A tenant that the profile tells a token budget of at the gateway; never one whose model is a bystander. */
    record BudgetedTenant() implements TargetSelector {}

    /** The gateway's judgement of keys, met from where the harness is; the load is that of a tenant with a good one. */
    record GatewayKeys() implements TargetSelector {}
}
