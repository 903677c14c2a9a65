package airworthy.model;

/** A band of the overall score. */
public enum Grade {
    A(9),
    B(7.5),
    C(6),
    D(4),
    F(0);

    private final double from;

    Grade(double from) {
        this.from = from;
    }

    /**
     * The band of a score; with a critical question not met, C is the best there is.
     *
     * @param points from 0 to 10
     * @param criticalNotMet whether any critical question was not met
     */
    public static Grade of(double points, boolean criticalNotMet) {
        for (Grade grade : values()) {
            if (points >= grade.from && !(criticalNotMet && grade.compareTo(C) < 0)) {
                return grade;
            }
        }
        return F;
    }
}
