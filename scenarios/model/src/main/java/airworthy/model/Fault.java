package airworthy.model;

import java.time.Duration;

/**
 * Settings of one disturbance: plain data. An injector makes it happen by one mechanism; a fault says nothing about how.
 *
 * <p>Each kind has a stable name in files, told by {@link #kind()}.
 */
public sealed interface Fault {

    /** The stable name in files, for example {@code model.slow-tokens}. */
    String kind();

    /**
     * One replica takes longer for each token.
     *
     * @param factor how many times the usual time per token; above 1
     */
    record SlowTokens(double factor) implements Fault {
        public static final String KIND = "model.slow-tokens";

        public SlowTokens {
            if (!(factor > 1)) {
                throw new IllegalArgumentException("factor must be above 1: " + factor);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * The users of a served model send more than usual.
     *
     * @param factor how many times the usual rate; above 1
     */
    record Burst(double factor) implements Fault {
        public static final String KIND = "client.burst";

        public Burst {
            if (!(factor > 1)) {
                throw new IllegalArgumentException("factor must be above 1: " + factor);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * An accelerator that a workload uses drops off the bus: its driver reports it lost or publishes it no more, and what ran
     * on it runs no more.
     */
    record DeviceLost() implements Fault {
        public static final String KIND = "device.lost";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * On one node the driver's library in user space is replaced by another version than that of the kernel module that is
     * loaded. What runs keeps the library that it has mapped.
     *
     * @param library the version that is installed, for example {@code 570.195.3}
     */
    record DriverMismatch(String library) implements Fault {
        public static final String KIND = "driver.mismatch";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A tenant asks for more accelerators than its quota grants: by several claims and by one claim for several devices.
     *
     * @param above how many devices above the quota, by each of the two ways; at least 1
     * @param withoutQuota how many devices to take for the quota where the tenant has none; at least 1
     */
    record QuotaBurst(int above, int withoutQuota) implements Fault {
        public static final String KIND = "tenant.quota-burst";

        public QuotaBurst {
            if (above < 1 || withoutQuota < 1) {
                throw new IllegalArgumentException("above and withoutQuota must be at least 1");
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A tenant asks for more tokens than its budget at the gateway grants.
     *
     * @param factor how many times the budget is asked for; from 2 on, because the harness sees a fault hold from half of what
     *     it planned on, and half of less would be no overspending
     */
    record Overspend(double factor) implements Fault {
        public static final String KIND = "client.overspend";

        public Overspend {
            if (!(factor >= 2)) {
                throw new IllegalArgumentException("factor must be at least 2: " + factor);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * Somebody tries the gateway without a key, with one that never was, and with those that are good no more.
     *
     * @param attempts the most that are made
     * @param within over how long they are spread, in production
     */
    record BadCredentials(int attempts, Duration within) implements Fault {
        public static final String KIND = "client.bad-credentials";

        public BadCredentials {
            if (attempts < 1 || !within.isPositive()) {
                throw new IllegalArgumentException("expected an attempt or more, spread over some time");
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * What a model server downloads is not what it ought to be: for a copy of the served workload that starts afresh, never
     * for one that serves.
     */
    sealed interface Download extends Fault {

        /** Whether what came is not the artefact that was asked for, so that nothing ought to serve it. */
        default boolean leavesNoModel() {
            return switch (this) {
                case TruncatedDownload _, CorruptDownload _, MissingDownload _, WrongDigest _ -> true;
                case SlowDownload _ -> false;
            };
        }
    }

    /**
     * A model's artefact ends early.
     *
     * @param keep how much of it still comes; above 0% and below 100%
     */
    record TruncatedDownload(Share keep) implements Download {
        public static final String KIND = "model.truncated";

        public TruncatedDownload {
            if (keep.value() <= 0 || keep.value() >= 1) {
                throw new IllegalArgumentException("keep must lie above 0% and below 100%: " + keep);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** An accelerator is disturbed, and is there: what uses it keeps its name, or comes back under it. */
    sealed interface OfAccelerator extends Fault {}

    /**
     * The memory of one accelerator is free in total, and in pieces that are each too small for what is asked.
     *
     * @param piece the largest of them, as a share of what one request needs; above 0% and below 100%
     */
    record MemoryFragmented(Share piece) implements OfAccelerator {
        public static final String KIND = "accelerator.memory-fragmented";

        public MemoryFragmented {
            if (piece.value() <= 0 || piece.value() >= 1) {
                throw new IllegalArgumentException("piece must lie above 0% and below 100%: " + piece);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * The memory of one accelerator is taken: what is left in total is less than what is asked.
     *
     * @param left what is left, as a share of what one request needs; above 0% and below 100%
     */
    record MemoryExhausted(Share left) implements OfAccelerator {
        public static final String KIND = "accelerator.memory-exhausted";

        public MemoryExhausted {
            if (left.value() <= 0 || left.value() >= 1) {
                throw new IllegalArgumentException("left must lie above 0% and below 100%: " + left);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * Another process holds an accelerator's memory: what is left can be taken, and no more. Memory that a serving engine has
     * reserved at its start stays its own.
     *
     * @param leaveFreeMib what is left, in MiB; 0 or more
     */
    record MemoryHeld(long leaveFreeMib) implements OfAccelerator {
        public static final String KIND = "accelerator.memory-held";

        public MemoryHeld {
            if (leaveFreeMib < 0) {
                throw new IllegalArgumentException("leaveFreeMiB must be 0 or more: " + leaveFreeMib);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * Another process computes on an accelerator.
     *
     * @param duty for how much of the time; above 0% and below 100%
     */
    record NoisyNeighbour(Share duty) implements OfAccelerator {
        public static final String KIND = "accelerator.noisy-neighbour";

        public NoisyNeighbour {
            if (duty.value() <= 0 || duty.value() >= 1) {
                throw new IllegalArgumentException("duty must lie above 0% and below 100%: " + duty);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * Bits of a model's artefact are others; its length is as it ought to be.
     *
     * @param where they lie
     * @param bits how many; at least 1
     */
    record CorruptDownload(Where where, int bits) implements Download {
        public static final String KIND = "model.corrupt";

        /** The only way there is to be corrupt and of the same length. */
        public static final String BIT_FLIP = "bit-flip";

        /** Where bits are turned over. */
        public enum Where {
            ANYWHERE("anywhere"),
            /** Behind the head of a safetensors file: it still loads. Other files stay whole. */
            TENSOR_DATA("tensor-data");

            private final String id;

            Where(String id) {
                this.id = id;
            }

            /** The stable name in files. */
            public String id() {
                return id;
            }
        }

        public CorruptDownload {
            if (bits < 1) {
                throw new IllegalArgumentException("bits must be at least 1: " + bits);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** The store says that it has no such artefact. */
    record MissingDownload() implements Download {
        public static final String KIND = "model.missing";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** A model's artefact comes whole, and the store tells the digest of another. */
    record WrongDigest() implements Download {
        public static final String KIND = "model.wrong-digest";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A model's artefact comes whole, and slowly.
     *
     * @param pace how slowly
     */
    record SlowDownload(Pace pace) implements Download {
        public static final String KIND = "model.slow-download";

        /** How slowly an artefact comes. Not compressed with time: it is bytes that are counted. */
        public sealed interface Pace {

            /**
             * As a multiple of what the store takes.
             *
             * @param factor how many times as long; above 1
             */
            record TimesAsLong(double factor) implements Pace {
                public TimesAsLong {
                    if (!(factor > 1)) {
                        throw new IllegalArgumentException("factor must be above 1: " + factor);
                    }
                }
            }

            /**
             * As a rate.
             *
             * @param bytesPerSecond no faster than that; at least 1
             */
            record AtMost(long bytesPerSecond) implements Pace {
                public AtMost {
                    if (bytesPerSecond < 1) {
                        throw new IllegalArgumentException("bytesPerSecond must be at least 1: " + bytesPerSecond);
                    }
                }
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }
}
