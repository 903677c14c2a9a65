package airworthy.probes.artefact;

import java.util.OptionalLong;

/**
 * One artefact that was fetched through the proxy.
 *
 * @param path what was asked for
 * @param told its length by the store's own words, if it told one
 * @param sent how many bytes of it were sent on
 * @param disturbed whether the proxy made another of it
 * @param flippedBits how many bits of what was sent were turned over
 * @param heldMs for how long the proxy held it back, in milliseconds
 * @param ended whether the answer is over
 */
public record Download(
        String path, OptionalLong told, long sent, boolean disturbed, long flippedBits, double heldMs, boolean ended) {

    /** Whether less was sent than the store told, by the proxy's doing, and in good order. */
    public boolean cutShort() {
        return disturbed && ended && told.isPresent() && sent < told.getAsLong();
    }

    /** Whether all of it was sent as the store told it. */
    public boolean whole() {
        return ended && !disturbed && (told.isEmpty() || sent == told.getAsLong());
    }

    /** Whether as much was sent as the store told, and the proxy made another of it. */
    public boolean otherOfSameLength() {
        return disturbed && ended && (told.isEmpty() || sent == told.getAsLong());
    }
}
