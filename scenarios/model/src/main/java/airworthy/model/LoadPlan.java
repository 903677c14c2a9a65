package airworthy.model;

/**
 * The load under which a scenario runs.
 *
 * @param profile the name of a load profile, for example {@code chat}
 * @param perSecond requests scheduled per second in production; a compressed run may raise it, never a bound
 */
public record LoadPlan(String profile, double perSecond) {
    public LoadPlan {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("rate must be above 0/s: " + perSecond);
        }
    }
}
