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
    EXCESS_REFUSED(Question.WITHSTAND, Reach.WORKLOAD),
    NEVER_ABOVE_QUOTA(Question.WITHSTAND, Reach.WORKLOAD),
    ONE_OWNER(Question.WITHSTAND, Reach.ANY),
    RECEIVER_EXISTS(Question.WITHSTAND, Reach.ANY),
    NOTIFIED_IN_TIME(Question.DETECT, Reach.SIGNALS),
    QUIET(Question.DETECT, Reach.ANY),
    CAUSE(Question.ATTRIBUTE, Reach.SIGNALS),
    NAMES(Question.ATTRIBUTE, Reach.SIGNALS),
    RUNBOOK(Question.ATTRIBUTE, Reach.SIGNALS),
    DEVICE_CHAIN(Question.ATTRIBUTE, Reach.ANY),
    OWNER(Question.ROUTE, Reach.SIGNALS),
    NOBODY_ELSE(Question.ROUTE, Reach.SIGNALS),
    BYSTANDERS_SLO(Question.CONTAIN, Reach.ANY),
    OTHER_REPLICAS_SLO(Question.CONTAIN, Reach.ANY),
    NEXT_TENANT_SERVED(Question.CONTAIN, Reach.WORKLOAD),
    NO_BYSTANDER_ALERT(Question.CONTAIN, Reach.ANY),
    BACK_AT_BASELINE(Question.RECOVER, Reach.ANY),
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
        /** What a platform's monitoring can see; a client's own experience is not among it. */
        SIGNALS;

        Set<Layer> layers() {
            return switch (this) {
                case ANY -> EnumSet.allOf(Layer.class);
                case CLIENT -> EnumSet.of(Layer.CLIENT);
                case TRAFFIC -> EnumSet.of(Layer.CLIENT, Layer.ENGINE_METRICS);
                case WORKLOAD -> EnumSet.of(Layer.WORKLOAD);
                case SIGNALS -> EnumSet.complementOf(EnumSet.of(Layer.CLIENT));
            };
        }
    }
}
