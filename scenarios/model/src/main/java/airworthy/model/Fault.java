package airworthy.model;

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
}
