package airworthy.mocks.inference;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What one model server is.
 *
 * @param bind address to listen on; port 0 takes a free one
 * @param model the one model it serves
 * @param pod who it says it is
 * @param timing speed with all levers at rest
 * @param maxNumSeqs requests generated at once; further ones wait in order of arrival
 * @param defaultMaxTokens length of an answer whose request names none
 * @param onOutOfMemory what becomes of a server whose requests find no memory
 * @param allocatorSeries whether the allocator's statistics are told as series
 * @param noModel why there is no model to answer with, if there is none
 * @param stepRounds the work of each decoding step; see {@link DecodingStep}
 * @param alone whether nothing else runs in this process, so that its processor time is this server's
 */
public record ModelServerSettings(
        InetSocketAddress bind,
        String model,
        PodIdentity pod,
        Timing timing,
        int maxNumSeqs,
        int defaultMaxTokens,
        OnOutOfMemory onOutOfMemory,
        boolean allocatorSeries,
        Optional<NoModel> noModel,
        long stepRounds,
        boolean alone) {

    private static final OnOutOfMemory SHED = new OnOutOfMemory(false, 3);

    /**
     * The model could not be loaded, and the server stays up all the same: it answers each request with an error.
     *
     * @param why what went wrong
     * @param saysReady whether its health is good nevertheless
     */
    public record NoModel(String why, boolean saysReady) {}

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
        return new ModelServerSettings(bind, model, pod, Timing.FAST, 256, 20, SHED, true, Optional.empty(), 0, false);
    }

    public ModelServerSettings withTiming(Timing changed) {
        return new ModelServerSettings(
                bind,
                model,
                pod,
                changed,
                maxNumSeqs,
                defaultMaxTokens,
                onOutOfMemory,
                allocatorSeries,
                noModel,
                stepRounds,
                alone);
    }

    public ModelServerSettings withMaxNumSeqs(int changed) {
        return new ModelServerSettings(
                bind,
                model,
                pod,
                timing,
                changed,
                defaultMaxTokens,
                onOutOfMemory,
                allocatorSeries,
                noModel,
                stepRounds,
                alone);
    }

    ModelServerSettings withMemory(OnOutOfMemory changed, boolean series) {
        return new ModelServerSettings(
                bind, model, pod, timing, maxNumSeqs, defaultMaxTokens, changed, series, noModel, stepRounds, alone);
    }

    ModelServerSettings withoutModel(NoModel failure) {
        return new ModelServerSettings(
                bind,
                model,
                pod,
                timing,
                maxNumSeqs,
                defaultMaxTokens,
                onOutOfMemory,
                allocatorSeries,
                Optional.of(failure),
                stepRounds,
                alone);
    }

    ModelServerSettings withStep(long changed) {
        return new ModelServerSettings(
                bind,
                model,
                pod,
                timing,
                maxNumSeqs,
                defaultMaxTokens,
                onOutOfMemory,
                allocatorSeries,
                noModel,
                changed,
                alone);
    }

    ModelServerSettings inAProcessOfItsOwn() {
        return new ModelServerSettings(
                bind,
                model,
                pod,
                timing,
                maxNumSeqs,
                defaultMaxTokens,
                onOutOfMemory,
                allocatorSeries,
                noModel,
                stepRounds,
                true);
    }
}
