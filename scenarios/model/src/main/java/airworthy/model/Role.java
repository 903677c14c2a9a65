package airworthy.model;

import java.util.Locale;

/** Who ought to act. A profile maps each role to a team. */
public enum Role {
    PLATFORM_TEAM,
    MODEL_TEAM,
    APPLICATION_TEAM,
    SECURITY_TEAM,
    FINOPS,
    /** Whoever the target's own owner keys name. */
    OWNER_OF_TARGET,
    /** Whoever gets what nobody owns. */
    FALLBACK;

    /** The stable name in files; {@code owner-of(target)} for {@link #OWNER_OF_TARGET}. */
    public String id() {
        return this == OWNER_OF_TARGET
                ? "owner-of(target)"
                : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
