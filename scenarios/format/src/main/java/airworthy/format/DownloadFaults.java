package airworthy.format;

import airworthy.model.Fault;
import airworthy.model.Fault.SlowDownload.Pace;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Converts the faults that hit what a model server downloads. */
final class DownloadFaults {
    static final Map<String, Function<Cursor, Fault>> KINDS = Map.of(
            Fault.TruncatedDownload.KIND,
            settings -> new Fault.TruncatedDownload(settings.get("keep").shareWithin()),
            Fault.CorruptDownload.KIND,
            DownloadFaults::corrupt,
            Fault.MissingDownload.KIND,
            _ -> new Fault.MissingDownload(),
            Fault.WrongDigest.KIND,
            _ -> new Fault.WrongDigest(),
            Fault.SlowDownload.KIND,
            settings -> new Fault.SlowDownload(pace(settings)));

    private DownloadFaults() {}

    private static Fault corrupt(Cursor settings) {
        settings.get("mode").mustBe(List.of(Fault.CorruptDownload.BIT_FLIP));
        return new Fault.CorruptDownload(
                settings.get("where")
                        .word(List.of(Fault.CorruptDownload.Where.values()), Fault.CorruptDownload.Where::id),
                settings.get("bits").integerFrom(1));
    }

    private static Pace pace(Cursor settings) {
        return settings.find("bytesPerSecond")
                .<Pace>map(rate -> new Pace.AtMost(rate.longFrom(1)))
                .orElseGet(() -> new Pace.TimesAsLong(settings.get("factor").numberAbove(1)));
    }
}
