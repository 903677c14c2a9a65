package airworthy.probes.discovery;

import airworthy.model.Presence;
import airworthy.probes.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What was found, as a short table for a terminal. Pure. */
public final class Summary {
    private static final int DETAIL = 180;

    private Summary() {}

    /**
     * The table.
     *
     * @param profile the text that was written of these findings
     */
    public static List<String> of(Findings found, String profile) {
        List<String> lines = new ArrayList<>();
        lines.add(row("kubernetes", Presence.PRESENT, found.cluster().version()));
        lines.add(row("prometheus", found.prometheus(), server -> server.url().value() + " (" + server.how() + ")"));
        lines.add(
                row("alertmanager", found.alertmanager(), server -> server.url().value() + " (" + server.how() + ")"));
        lines.add(row("webhook", found.webhook(), webhook -> webhook.url().value()));
        lines.add(row("gateway", found.gateway(), way -> way.url().value() + " (" + way.how() + ")"));
        lines.add(row("inference", found.inference(), Summary::served));
        lines.add(row(
                "devices",
                found.devices(),
                devices -> devices.slices() + " ResourceSlices, classes " + devices.classes() + ", "
                        + devices.extended() + " nodes with extended resources"));
        lines.add(row("test tenants", found.testTenants(), tenants -> String.join(", ", tenants)));
        lines.add(row("ownership", found.ownership(), Summary::owners));
        lines.add(row("alerts", found.alerts(), Summary::alerts));
        long guesses =
                profile.lines().filter(line -> line.contains("# guessed: ")).count();
        lines.add(String.format(Locale.ROOT, "%-14s %-11s %s", "in all", "guessed", guesses + " lines, each marked"));
        return List.copyOf(lines);
    }

    private static String served(Findings.Inference inference) {
        List<String> models = inference.served().stream()
                .map(each -> each.workload() + " (" + each.model().value() + ")")
                .toList();
        String silent = inference.silent().isEmpty()
                ? ""
                : "; silent: "
                        + String.join(
                                ", ",
                                inference.silent().keySet().stream()
                                        .map(Object::toString)
                                        .toList());
        return String.join(", ", models) + silent;
    }

    private static String owners(Findings.Ownership ownership) {
        Optional<String> best = ownership.keys().uses().stream().findFirst().map(Findings.KeyUse::key);
        return best.map(key -> "by key " + key).orElse("no key in use") + ", receivers of "
                + ownership.receivers().size() + " teams";
    }

    private static String alerts(Findings.Alerts alerts) {
        return alerts.causes().size() + " with a cause, " + alerts.unknown().size() + " without";
    }

    private static <T> String row(String part, Reading<T> reading, Function<T, String> detail) {
        return switch (reading) {
            case Reading.Present<T>(T value) -> row(part, Presence.PRESENT, detail.apply(value));
            case Reading.Absent<T>(String how) -> row(part, Presence.ABSENT, "looked for " + how);
            case Reading.Unreadable<T>(String why) -> row(part, Presence.UNREADABLE, why);
        };
    }

    /** A line of a terminal, or two: the profile tells all. */
    private static String row(String part, Presence presence, String detail) {
        String line = detail.replaceAll("\\s+", " ");
        String shown = line.length() <= DETAIL ? line : line.substring(0, DETAIL) + "...";
        return String.format(Locale.ROOT, "%-14s %-11s %s", part, presence.id(), shown);
    }
}
