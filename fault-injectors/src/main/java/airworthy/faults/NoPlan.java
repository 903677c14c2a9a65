package airworthy.faults;

import airworthy.probes.Reading;

/** Ends planning early, from however deep: thrown and caught within one injector, which returns what it carries. */
public final class NoPlan extends Exception {
    private final transient Planning planning;

    private NoPlan(Planning planning) {
        super(planning.toString(), null, false, false);
        this.planning = planning;
    }

    /** Something forbids it: what was found, what was expected, what to do. */
    public static NoPlan refused(String why) {
        return new NoPlan(new Planning.Refused(why));
    }

    /** This mechanism does not reach the target: what was looked for and found. */
    public static NoPlan notApplicable(String why) {
        return new NoPlan(new Planning.NotApplicable(why));
    }

    /**
     * What was read. What is not there cannot be hit, and what cannot be read must not be.
     *
     * @throws NoPlan when nothing was read
     */
    public static <T> T need(Reading<T> reading) throws NoPlan {
        return switch (reading) {
            case Reading.Present<T>(T value) -> value;
            case Reading.Absent<T>(String how) -> throw notApplicable(how);
            case Reading.Unreadable<T>(String why) -> throw refused(why);
        };
    }

    /** What planning came to. */
    public Planning planning() {
        return planning;
    }
}
