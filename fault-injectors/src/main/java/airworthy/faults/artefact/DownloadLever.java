package airworthy.faults.artefact;

import airworthy.model.Change;
import airworthy.model.Fault;
import airworthy.model.Fault.SlowDownload.Pace;
import java.net.URI;
import java.util.List;

/**
 * A lever of the proxy that concerns artefacts, and where to put it.
 *
 * @param name by which the proxy knows it
 * @param value ours
 * @param rest where it stands when the proxy starts
 */
record DownloadLever(String name, double value, double rest) {

    /** The levers that make a fault, in the order of pulling: the last of them begins it. */
    static List<DownloadLever> of(Fault.Download fault) {
        return switch (fault) {
            case Fault.TruncatedDownload truncated ->
                List.of(new DownloadLever(
                        "downloadKeepPercent", truncated.keep().value() * 100, 100));
            case Fault.CorruptDownload(Fault.CorruptDownload.Where where, int bits) -> {
                DownloadLever flip = new DownloadLever("downloadFlippedBits", bits, 0);
                yield switch (where) {
                    case ANYWHERE -> List.of(flip);
                    case TENSOR_DATA -> List.of(new DownloadLever("downloadFlipTensorsOnly", 1, 0), flip);
                };
            }
            case Fault.MissingDownload _ -> List.of(new DownloadLever("downloadMissing", 1, 0));
            case Fault.WrongDigest _ -> List.of(new DownloadLever("downloadOtherDigest", 1, 0));
            case Fault.SlowDownload(Pace.TimesAsLong(double factor)) ->
                List.of(new DownloadLever("downloadTimesAsLong", factor, 1));
            case Fault.SlowDownload(Pace.AtMost(long bytesPerSecond)) ->
                List.of(new DownloadLever("downloadBytesPerSecond", bytesPerSecond, 0));
        };
    }

    Change.PullLever pull(URI lever) {
        return new Change.PullLever(lever, Double.toString(value), Double.toString(rest));
    }
}
