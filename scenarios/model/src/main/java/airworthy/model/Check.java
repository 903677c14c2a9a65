package airworthy.model;

import java.time.Duration;
import java.util.List;

/**
 * One thing that is checked, with its bounds: the closed vocabulary of {@code expect}, and what every scenario is asked
 * without saying so.
 *
 * <p>A check is data. How it is judged is the judge's business. Durations are production time, divided by the profile's
 * time scale when judged.
 */
public sealed interface Check {

    /** Which check this is; it tells the question and the reach. */
    CheckName name();

    /** The target's own SLO holds before the fault. */
    record BaselineSlo() implements Check {
        @Override
        public CheckName name() {
            return CheckName.BASELINE_SLO;
        }
    }

    /**
     * New requests leave the disturbed replica.
     *
     * @param within time from onset after which it holds
     * @param remaining the largest share of starts that the replica may still get, afterwards
     */
    record TrafficMoves(Duration within, Share remaining) implements Check {
        @Override
        public CheckName name() {
            return CheckName.TRAFFIC_MOVES;
        }
    }

    /**
     * Requests scheduled during the fault end with a whole answer.
     *
     * @param ok the smallest share of scheduled requests whose outcome is {@link RequestOutcome#OK}
     */
    record AnswersComplete(Share ok) implements Check {
        @Override
        public CheckName name() {
            return CheckName.ANSWERS_COMPLETE;
        }
    }

    /** What a tenant asks above its quota is refused or queued, and the message names the quota. */
    record ExcessRefused() implements Check {
        @Override
        public CheckName name() {
            return CheckName.EXCESS_REFUSED;
        }
    }

    /** At no time does the tenant hold more devices than its quota grants. */
    record NeverAboveQuota() implements Check {
        @Override
        public CheckName name() {
            return CheckName.NEVER_ABOVE_QUOTA;
        }
    }

    /** Every AI workload names one owner: none is without, none has two. */
    record OneOwner() implements Check {
        @Override
        public CheckName name() {
            return CheckName.ONE_OWNER;
        }
    }

    /** Every owner has a receiver that people listen to, and the alerting system knows that receiver. */
    record ReceiverExists() implements Check {
        @Override
        public CheckName name() {
            return CheckName.RECEIVER_EXISTS;
        }
    }

    /** Every accelerator in use leads to an owner: device, claim, pod, controller, namespace, owner. */
    record DeviceChain() implements Check {
        @Override
        public CheckName name() {
            return CheckName.DEVICE_CHAIN;
        }
    }

    /**
     * An alert about the target reaches a receiver.
     *
     * @param within time from onset
     */
    record NotifiedInTime(Duration within) implements Check {
        @Override
        public CheckName name() {
            return CheckName.NOTIFIED_IN_TIME;
        }
    }

    /** No alert about the target or a bystander starts while there is no fault. */
    record Quiet() implements Check {
        @Override
        public CheckName name() {
            return CheckName.QUIET;
        }
    }

    /**
     * The alert's name is mapped to the true cause.
     *
     * @param cause what the fault is, which only the judge knows
     */
    record NamesCause(Cause cause) implements Check {
        @Override
        public CheckName name() {
            return CheckName.CAUSE;
        }
    }

    /**
     * The alert's labels name what was hit.
     *
     * @param dimensions what must be named, each by its true value
     */
    record NamesTarget(List<Dimension> dimensions) implements Check {
        public NamesTarget {
            dimensions = List.copyOf(dimensions);
        }

        @Override
        public CheckName name() {
            return CheckName.NAMES;
        }
    }

    /**
     * The alert's {@code runbook_url} answers, and the page names the cause.
     *
     * @param cause the word that the page must hold
     */
    record RunbookHelps(Cause cause) implements Check {
        @Override
        public CheckName name() {
            return CheckName.RUNBOOK;
        }
    }

    /**
     * The owner's receiver got the alert.
     *
     * @param to who ought to act
     */
    record ReachesOwner(Role to) implements Check {
        @Override
        public CheckName name() {
            return CheckName.OWNER;
        }
    }

    /**
     * No other team's page or ticket receiver got it.
     *
     * @param to the one who ought to
     */
    record ReachesNobodyElse(Role to) implements Check {
        @Override
        public CheckName name() {
            return CheckName.NOBODY_ELSE;
        }
    }

    /** Bystanders' requests keep their SLO while the fault is on. */
    record BystandersSlo() implements Check {
        @Override
        public CheckName name() {
            return CheckName.BYSTANDERS_SLO;
        }
    }

    /** Requests that the other replicas of the target serve keep their SLO while the fault is on. */
    record OtherReplicasSlo() implements Check {
        @Override
        public CheckName name() {
            return CheckName.OTHER_REPLICAS_SLO;
        }
    }

    /**
     * While one tenant is at its limit, another tenant's claim is allocated.
     *
     * @param within time from that claim's creation
     */
    record NextTenantServed(Duration within) implements Check {
        @Override
        public CheckName name() {
            return CheckName.NEXT_TENANT_SERVED;
        }
    }

    /** No alert about a bystander starts while the fault is on. */
    record NoBystanderAlert() implements Check {
        @Override
        public CheckName name() {
            return CheckName.NO_BYSTANDER_ALERT;
        }
    }

    /**
     * After healing, the target serves as it did before.
     *
     * @param within time from the end of healing
     */
    record BackAtBaseline(Duration within) implements Check {
        @Override
        public CheckName name() {
            return CheckName.BACK_AT_BASELINE;
        }
    }

    /**
     * After healing, the alert resolves; the platform's own intervals are added to the deadline.
     *
     * @param within time from the end of healing
     */
    record AlertResolves(Duration within) implements Check {
        @Override
        public CheckName name() {
            return CheckName.ALERT_RESOLVES;
        }
    }

    /** All that the harness changed is as it was, seen by reading it again. */
    record UndoVerified() implements Check {
        @Override
        public CheckName name() {
            return CheckName.UNDO_VERIFIED;
        }
    }
}
