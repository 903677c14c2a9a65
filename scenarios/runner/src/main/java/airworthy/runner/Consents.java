package airworthy.runner;

import airworthy.faults.Planning;
import airworthy.model.PlatformProfile;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Holds a plan against what the profile's owner allows. */
final class Consents {
    private Consents() {}

    /** What is missing for this plan to be carried out, in words for the profile's owner; empty if nothing is. */
    static Optional<String> missing(Planning.Planned plan, PlatformProfile.Consent consent) {
        TreeSet<String> namespaces = new TreeSet<>(plan.namespaces());
        namespaces.removeAll(consent.namespaces());
        if (!namespaces.isEmpty()) {
            return Optional.of("consent missing: the plan touches " + namespaces + ", and allow.namespaces holds "
                    + new TreeSet<>(consent.namespaces()) + "; add them to the profile if they may be disturbed");
        }
        if (plan.devices() > consent.maxDevices()) {
            return Optional.of("consent missing: the plan keeps up to " + plan.devices()
                    + " accelerators from others at a time, and allow.maxDevices is " + consent.maxDevices());
        }
        return Optional.empty();
    }

    /**
     * What is missing for load to be sent.
     *
     * @param most tokens that it may ask for
     * @param before that this run may ask for already
     * @param allowed by the profile
     */
    static String tokensMissing(long most, long before, long allowed) {
        return String.format(
                Locale.ROOT,
                "consent missing: the load asks for up to %,d tokens%s, and allow.maxTokens is %,d; raise it in the profile if"
                        + " they may be spent",
                most,
                before == 0 ? "" : String.format(Locale.ROOT, " beside %,d of this run before", before),
                allowed);
    }
}
