package airworthy.runner.watch;

import airworthy.model.Fault;
import airworthy.probes.artefact.Download;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the proxy says that it sent, held against what was to become of it: a fault holds if it was so each time the copy asked.
 * Where a fault concerns some files only, it has to hold for one of them, and each time for each that it held for once.
 *
 * @param fetched all that was asked for, in order; at least one
 */
record DownloadsSeen(List<Download> fetched) {

    /**
     * Whether a fault holds.
     *
     * @param holds whether it does
     * @param how it is known
     */
    record Landing(boolean holds, String how) {}

    Landing of(Fault.Download fault) {
        return switch (fault) {
            case Fault.TruncatedDownload _ -> cut();
            case Fault.CorruptDownload(Fault.CorruptDownload.Where where, int _) ->
                someFiles(
                        "with bits turned over",
                        where == Fault.CorruptDownload.Where.TENSOR_DATA
                                ? "none has tensors behind a head as safetensors has"
                                : "the store told no length of any");
            case Fault.WrongDigest _ -> someFiles("with another digest", "the store told no digest of any");
            case Fault.MissingDownload _ -> missing();
            case Fault.SlowDownload _ -> slow();
        };
    }

    private Landing cut() {
        Optional<Download> whole = whole();
        if (whole.isPresent()) {
            return sentWhole(
                    whole.get(),
                    whole.get().told().isEmpty() ? ": the store told no length that it could be cut by" : "");
        }
        List<Download> cut = fetched.stream().filter(Download::cutShort).toList();
        if (cut.isEmpty()) {
            return noneAtItsEnd();
        }
        Download latest = cut.getLast();
        return new Landing(
                true,
                "the proxy sent " + latest.sent() + " of " + latest.told().getAsLong() + " bytes of " + latest.path()
                        + " to the copy, " + cut.size() + " times up to now, and never more");
    }

    private Landing someFiles(String how, String whyNone) {
        List<Download> hit =
                fetched.stream().filter(Download::otherOfSameLength).toList();
        if (hit.isEmpty()) {
            return whole().map(whole -> sentWhole(whole, "; of what was fetched " + whyNone))
                    .orElseGet(this::noneAtItsEnd);
        }
        Set<String> paths = hit.stream().map(Download::path).collect(Collectors.toSet());
        Optional<Download> unhurt = fetched.stream()
                .filter(Download::whole)
                .filter(each -> paths.contains(each.path()))
                .findFirst();
        if (unhurt.isPresent()) {
            return sentWhole(unhurt.get(), "");
        }
        Download latest = hit.getLast();
        String bits = latest.flippedBits() > 0 ? " (" + latest.flippedBits() + " bits)" : "";
        return new Landing(
                true,
                "the proxy sent the " + latest.sent() + " bytes of " + latest.path() + " to the copy " + how + bits
                        + ", " + hit.size() + " times up to now, and never without");
    }

    private Landing missing() {
        Optional<Download> whole = whole();
        if (whole.isPresent()) {
            return sentWhole(whole.get(), "");
        }
        List<Download> refused = fetched.stream().filter(Download::disturbed).toList();
        return refused.isEmpty()
                ? noneAtItsEnd()
                : new Landing(
                        true,
                        "the copy was told that " + refused.getLast().path() + " is not there, " + refused.size()
                                + " times up to now, and got nothing of it");
    }

    /** One that is still under way holds too: it is then that it is slow. */
    private Landing slow() {
        Optional<Download> whole = whole();
        if (whole.isPresent()) {
            return sentWhole(whole.get(), ", as fast as the store gave it");
        }
        List<Download> held = fetched.stream().filter(each -> each.heldMs() > 0).toList();
        if (held.isEmpty()) {
            return new Landing(false, "of " + fetched.size() + " downloads none was held back yet");
        }
        Download latest = held.getLast();
        return new Landing(
                true,
                String.format(
                        Locale.ROOT,
                        "the proxy sent %d bytes of %s to the copy and held them back for %.1f s, %s",
                        latest.sent(),
                        latest.path(),
                        latest.heldMs() / 1000,
                        latest.ended() ? "up to its end" : "and is at it"));
    }

    private Optional<Download> whole() {
        return fetched.stream().filter(Download::whole).findFirst();
    }

    private static Landing sentWhole(Download whole, String why) {
        return new Landing(false, whole.path() + " was sent whole (" + whole.sent() + " bytes)" + why);
    }

    private Landing noneAtItsEnd() {
        return new Landing(false, "of " + fetched.size() + " downloads none has come to its end");
    }
}
