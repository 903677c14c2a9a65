package airworthy.model;

/**
 * The header by which the harness's own requests are known on the platform. Its value is the run's opaque label; it tells
 * neither scenario nor fault.
 */
public final class RunHeader {
    public static final String NAME = "x-airworthy-run";

    private RunHeader() {}
}
