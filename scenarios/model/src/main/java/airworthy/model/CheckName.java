package airworthy.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names of all checks: what question each helps to answer, and through which layers of the platform it could be met.
 *
 * <p>An injector that touches none of a check's layers cannot fail the platform there: the finding is unknown.
 */
public enum CheckName {
    BASELINE_SLO(Question.WITHSTAND, Reach.ANY),
    TRAFFIC_MOVES(Question.WITHSTAND, Reach.TRAFFIC),
    ANSWERS_COMPLETE(Question.WITHSTAND, Reach.CLIENT),
    RUNS_AGAIN(Question.WITHSTAND, Reach.PLACEMENT),
    LOST_NOT_ALLOCATED(Question.WITHSTAND, Reach.ALLOCATION),
    NEVER_READY(Question.WITHSTAND, Reach.WORKLOAD),
    NEVER_SERVES(Question.WITHSTAND, Reach.CLIENT),
    RUNNING_WORK_GOES_ON(Question.WITHSTAND, Reach.WORKLOAD),
    NO_NEW_PODS_THERE(Question.WITHSTAND, Reach.ALLOCATION),
    FAILS_CLEANLY(Question.WITHSTAND, Reach.CLIENT),
    NO_CRASH_LOOP(Question.WITHSTAND, Reach.WORKLOAD),
    EXCESS_REFUSED(Question.WITHSTAND, Reach.WORKLOAD),
    NEVER_ABOVE_QUOTA(Question.WITHSTAND, Reach.WORKLOAD),
    OVERSPEND_REFUSED(Question.WITHSTAND, Reach.CLIENT),
    TOKENS_METERED(Question.WITHSTAND, Reach.GATEWAY),
    CREDENTIALS_REFUSED(Question.WITHSTAND, Reach.CLIENT),
    NO_TOKENS_SPENT(Question.WITHSTAND, Reach.GATEWAY),
    ONE_OWNER(Question.WITHSTAND, Reach.ANY),
    RECEIVER_EXISTS(Question.WITHSTAND, Reach.ANY),
    NOTIFIED_IN_TIME(Question.DETECT, Reach.SIGNALS),
    QUIET(Question.DETECT, Reach.ANY),
    CAUSE(Question.ATTRIBUTE, Reach.SIGNALS),
    NAMES(Question.ATTRIBUTE, Reach.SIGNALS),
    RUNBOOK(Question.ATTRIBUTE, Reach.SIGNALS),
    TOLD_APART(Question.ATTRIBUTE, Reach.SIGNALS),
    DEVICE_CHAIN(Question.ATTRIBUTE, Reach.ANY),
    OWNER(Question.ROUTE, Reach.SIGNALS),
    NOBODY_ELSE(Question.ROUTE, Reach.SIGNALS),
    BYSTANDERS_SLO(Question.CONTAIN, Reach.ANY),
    OTHER_REPLICAS_SLO(Question.CONTAIN, Reach.ANY),
    NEIGHBOURS_RUN(Question.CONTAIN, Reach.ANY),
    OTHER_NODES_RUN(Question.CONTAIN, Reach.ANY),
    NEXT_TENANT_SERVED(Question.CONTAIN, Reach.WORKLOAD),
    NO_BYSTANDER_ALERT(Question.CONTAIN, Reach.ANY),
    BACK_AT_BASELINE(Question.RECOVER, Reach.ANY),
    DEVICE_RETURNS(Question.RECOVER, Reach.ANY),
    ALERT_RESOLVES(Question.RECOVER, Reach.ANY),
    UNDO_VERIFIED(Question.RECOVER, Reach.ANY);

    private final Question question;
    private final Reach reach;

    CheckName(Question question, Reach reach) {
        this.question = question;
        this.reach = reach;
    }

    /** The question that this check helps to answer. */
    public Question question() {
        return question;
    }

    /** The layers through which this check could be met; one that the injector touches suffices. */
    public Set<Layer> reachableThrough() {
        return reach.layers();
    }

    /** The last part of a finding's id, for example {@code traffic-moves}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private enum Reach {
        ANY,
        CLIENT,
        TRAFFIC,
        WORKLOAD,
        /** What the gateway itself sees of a request. */
        GATEWAY,
        /** What decides which device a claim is given. */
        ALLOCATION,
        /** What decides where pods run. */
        PLACEMENT,
        /** What a platform's monitoring can see; a client's own experience is not among it. */
        SIGNALS;

        Set<Layer> layers() {
            return switch (this) {
                case ANY -> EnumSet.allOf(Layer.class);
                case CLIENT -> EnumSet.of(Layer.CLIENT);
                case TRAFFIC -> EnumSet.of(Layer.CLIENT, Layer.ENGINE_METRICS);
                case WORKLOAD -> EnumSet.of(Layer.WORKLOAD);
                case GATEWAY -> EnumSet.of(Layer.GATEWAY);
                case ALLOCATION -> EnumSet.of(Layer.DEVICE_TAINT);
                case PLACEMENT -> EnumSet.of(Layer.DEVICE_TAINT, Layer.WORKLOAD);
                case SIGNALS -> EnumSet.complementOf(EnumSet.of(Layer.CLIENT));
            };
        }
    }
}
