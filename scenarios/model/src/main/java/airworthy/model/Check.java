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

    /**
     * What ran on a lost device runs again, on healthy ones.
     *
     * @param within time from onset
     */
    record RunsAgain(Duration within) implements Check {
        @Override
        public CheckName name() {
            return CheckName.RUNS_AGAIN;
        }
    }

    /** While a device is lost, no further claim is given it. */
    record LostNotAllocated() implements Check {
        @Override
        public CheckName name() {
            return CheckName.LOST_NOT_ALLOCATED;
        }
    }

    /** What was to serve a broken artefact never says that it is ready. */
    record NeverReady() implements Check {
        @Override
        public CheckName name() {
            return CheckName.NEVER_READY;
        }
    }

    /** No request is answered by what was to serve a broken artefact. */
    record NeverServes() implements Check {
        @Override
        public CheckName name() {
            return CheckName.NEVER_SERVES;
        }
    }

    /** What ran on the node's accelerators runs on: the same pods, ready, without a restart. */
    record RunningWorkGoesOn() implements Check {
        @Override
        public CheckName name() {
            return CheckName.RUNNING_WORK_GOES_ON;
        }
    }

    /**
     * Nothing new is given an accelerator of the node.
     *
     * @param within time from onset after which the node is closed to new claims, and none of its devices is given away
     */
    record NoNewPodsThere(Duration within) implements Check {
        @Override
        public CheckName name() {
            return CheckName.NO_NEW_PODS_THERE;
        }
    }

    /** What the hit replica cannot do is told as an error, by a status or within the stream: nothing is cut, nothing hangs. */
    record FailsCleanly() implements Check {
        @Override
        public CheckName name() {
            return CheckName.FAILS_CLEANLY;
        }
    }

    /**
     * The hit replica's containers do not end again and again.
     *
     * @param restarts how often they may
     */
    record NoCrashLoop(int restarts) implements Check {
        @Override
        public CheckName name() {
            return CheckName.NO_CRASH_LOOP;
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
     * What was told of the fault is not told of the contrast, which looks much the same and has another cause.
     *
     * @param cause of the fault, not of the contrast
     */
    record ToldApart(Cause cause) implements Check {
        @Override
        public CheckName name() {
            return CheckName.TOLD_APART;
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

    /** The other pods of the node whose device is lost keep running: the same pods, ready, without a restart. */
    record NeighboursRun() implements Check {
        @Override
        public CheckName name() {
            return CheckName.NEIGHBOURS_RUN;
        }
    }

    /** The pods that hold accelerators of other nodes keep running: the same pods, ready, without a restart. */
    record OtherNodesRun() implements Check {
        @Override
        public CheckName name() {
            return CheckName.OTHER_NODES_RUN;
        }
    }

    /**
     * While one tenant is at its limit, or one node is in trouble, another tenant's claim is allocated.
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
     * After healing, the devices that the fault took may be allocated again.
     *
     * @param within time from the end of healing
     */
    record DeviceReturns(Duration within) implements Check {
        @Override
        public CheckName name() {
            return CheckName.DEVICE_RETURNS;
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

    /**
     * What a tenant asks for beyond its token budget is refused with status 429 and a Retry-After, and with nothing else; and
     * no more is granted than the budget.
     */
    record OverspendRefused() implements Check {
        @Override
        public CheckName name() {
            return CheckName.OVERSPEND_REFUSED;
        }
    }

    /**
     * The tokens in the gateway's audit records are those that the client was told of.
     *
     * @param off the largest part by which the two may differ
     */
    record TokensMetered(Share off) implements Check {
        @Override
        public CheckName name() {
            return CheckName.TOKENS_METERED;
        }
    }

    /** Each attempt with a bad credential, of every kind, is answered with status 401 or 403, and with nothing else. */
    record CredentialsRefused() implements Check {
        @Override
        public CheckName name() {
            return CheckName.CREDENTIALS_REFUSED;
        }
    }

    /** Attempts with bad credentials get no token, as the client saw and as the gateway's audit records say. */
    record NoTokensSpent() implements Check {
        @Override
        public CheckName name() {
            return CheckName.NO_TOKENS_SPENT;
        }
    }
}
