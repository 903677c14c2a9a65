package airworthy.probes.driver;

import airworthy.probes.Reading;
import airworthy.probes.http.HttpReads;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads in the log of a driver's pod what NVML answered it, in NVML's own words. Thread-safe. */
public final class DriverLogProbe {
    private static final Pattern VERSIONS =
            Pattern.compile("NVML library version: ([0-9.]+); kernel module version: ([0-9.]+)");
    private static final String MISMATCH = "Driver/library version mismatch";

    private final HttpReads reads;

    public DriverLogProbe(HttpReads reads) {
        this.reads = reads;
    }

    /**
     * The last line that tells both versions of a node.
     *
     * @param log where the log is read
     * @param node whose driver
     */
    public Reading<DriverWords> read(URI log, String node) throws InterruptedException {
        return switch (reads.text(log)) {
            case Reading.Present<String>(String text) ->
                last(text, node)
                        .<Reading<DriverWords>>map(Reading.Present::new)
                        .orElseGet(() -> new Reading.Absent<>("GET " + log + ": no line tells the versions of node "
                                + node + "'s driver and library"));
            case Reading.Absent<String>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<String>(String why) -> new Reading.Unreadable<>(why);
        };
    }

    private static Optional<DriverWords> last(String text, String node) {
        return text.lines()
                .filter(line -> line.contains(node + ": "))
                .flatMap(line -> VERSIONS.matcher(line)
                        .results()
                        .limit(1)
                        .map(found ->
                                new DriverWords(found.group(2), found.group(1), line.contains(MISMATCH), line.strip())))
                .reduce((earlier, later) -> later);
    }
}
