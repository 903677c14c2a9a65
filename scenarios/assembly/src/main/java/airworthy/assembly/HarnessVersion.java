package airworthy.assembly;

import java.util.Optional;

/** Which build this is. */
public final class HarnessVersion {
    private HarnessVersion() {}

    /** From the archive's manifest; {@code development} where classes were not packaged. */
    public static String current() {
        return Optional.ofNullable(HarnessVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
