package airworthy.mocks.inference;

import java.net.InetSocketAddress;

/**
 * What one model server is.
 *
 * @param bind address to listen on; port 0 takes a free one
 * @param model the one model it serves
 * @param pod who it says it is
 * @param timing speed with all levers at rest
 * @param maxNumSeqs requests generated at once; further ones wait in order of arrival
 * @param defaultMaxTokens length of an answer whose request names none
 */
public record ModelServerSettings(
        InetSocketAddress bind, String model, PodIdentity pod, Timing timing, int maxNumSeqs, int defaultMaxTokens) {

    public ModelServerSettings {
        if (model.isBlank()) {
            throw new IllegalArgumentException("model must have a name");
        }
        if (maxNumSeqs < 1 || defaultMaxTokens < 1) {
            throw new IllegalArgumentException(
                    "maxNumSeqs and defaultMaxTokens must be at least 1: " + maxNumSeqs + ", " + defaultMaxTokens);
        }
    }

    /** Returns fast settings with a generous concurrency limit. */
    public static ModelServerSettings of(InetSocketAddress bind, String model, PodIdentity pod) {
        return new ModelServerSettings(bind, model, pod, Timing.FAST, 256, 20);
    }

    public ModelServerSettings withTiming(Timing changed) {
        return new ModelServerSettings(bind, model, pod, changed, maxNumSeqs, defaultMaxTokens);
    }

    public ModelServerSettings withMaxNumSeqs(int changed) {
        return new ModelServerSettings(bind, model, pod, timing, changed, defaultMaxTokens);
    }
}
