package airworthy.model;

/** By what a request makes itself known to a gateway. Names keys; never holds one. */
public sealed interface Credential {

    /** Words to follow "send load": empty, or begin with a blank. */
    String describe();

    /** The key of the tenant that the profile names for the served model. */
    record Usual() implements Credential {
        @Override
        public String describe() {
            return "";
        }
    }

    /**
     * The key of this tenant.
     *
     * @param tenant as under {@code gateway.keys}
     */
    record OfTenant(String tenant) implements Credential {
        @Override
        public String describe() {
            return " with the key of tenant " + tenant;
        }
    }

    /** None at all. */
    record None() implements Credential {
        @Override
        public String describe() {
            return " without a key";
        }
    }

    /** Something that never was a key. */
    record Malformed() implements Credential {
        @Override
        public String describe() {
            return " with what is no key";
        }
    }

    /**
     * A key that was good once.
     *
     * @param name as under {@code gateway.badKeys}
     */
    record NoMore(String name) implements Credential {
        @Override
        public String describe() {
            return " with the bad key \"" + name + "\"";
        }
    }
}
