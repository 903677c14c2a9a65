package airworthy.model;

import java.util.Locale;

/** A phase of a scenario's run. */
public enum Phase {
    PLAN,
    /** Load whose records are not kept: connections, caches and compilers get to what they usually are. */
    WARM_UP,
    BASELINE,
    APPLY,
    HOLD,
    HEAL,
    /** After healing: the target's return and the alert's end are watched. */
    OBSERVE,
    /** After the alert resolved: a second control window. */
    TAIL,
    /** The contrast is made and holds: a second fault that must not look like the first. */
    CONTRAST,
    CONTRAST_HEAL,
    DONE;

    /** The stable name in files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
