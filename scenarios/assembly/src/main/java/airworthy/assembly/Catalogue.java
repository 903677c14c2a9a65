package airworthy.assembly;

/** Where the suite that ships lies on the class path. */
public final class Catalogue {
    /** The folder of {@code suite.yaml}, of the scenarios that it lists, and of the seeded defects. */
    public static final String V1 = "airworthy/catalogue/v1";

    private Catalogue() {}
}
