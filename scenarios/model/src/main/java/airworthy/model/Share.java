package airworthy.model;

/**
 * A part of a whole, between 0 and 1.
 *
 * @param value the fraction; 0.05 is written {@code 5%} in files
 */
public record Share(double value) {
    public Share {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("share must lie between 0% and 100%: " + value * 100 + "%");
        }
    }

    /** The form used in files and messages, without needless zeros. */
    @Override
    public String toString() {
        double percent = Math.round(value * 1e6) / 1e4;
        return percent == Math.rint(percent) ? (long) percent + "%" : percent + "%";
    }
}
