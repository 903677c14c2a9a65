package airworthy.mocks.promql;

/** The kinds of value, named as Prometheus's API names them. */
public enum ValueType {
    /** One number. */
    SCALAR("scalar"),
    /** Labelled numbers at one moment. */
    VECTOR("vector"),
    /** Labelled points over a range. */
    MATRIX("matrix"),
    /** A text. */
    STRING("string");

    private final String text;

    ValueType(String text) {
        this.text = text;
    }

    /** Returns the name in the API. */
    public String text() {
        return text;
    }
}
