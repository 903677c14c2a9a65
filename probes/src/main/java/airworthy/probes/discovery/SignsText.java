package airworthy.probes.discovery;

import airworthy.model.Cause;
import airworthy.model.Dimension;
import airworthy.model.PlatformProfile.ReceiverKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes who owns what and how alerts are read.
 *
 * @param found what was found
 * @param page where it goes
 */
record SignsText(Findings found, YamlPage page) {

    void write() {
        page.part("ownership", found.ownership(), known -> page.under("ownership", () -> ownership(known)));
        page.part("alerts", found.alerts(), known -> page.under("alerts", () -> alerts(known)));
    }

    private void ownership(Findings.Ownership ownership) {
        Findings.OwnerKeysFound keys = ownership.keys();
        page.entry(
                "keys",
                YamlPage.list(keys.uses().stream().map(Findings.KeyUse::key).toList()),
                Optional.of(coverage(keys)));
        if (!keys.uses().isEmpty() || !ownership.platformTeams().isEmpty()) {
            page.under("roles", () -> roles(ownership));
        }
        if (!ownership.receivers().isEmpty()) {
            page.under(
                    "receivers",
                    () -> ownership
                            .receivers()
                            .forEach((team, receivers) -> page.under(
                                    team, () -> receivers.forEach((name, kind) -> page.told(name, kind(kind))))));
        }
        ownership.unassigned().forEach(name -> page.remark("receiver " + name + ": no route says for which team"));
    }

    private static String coverage(Findings.OwnerKeysFound keys) {
        List<String> uses = new ArrayList<>();
        for (Findings.KeyUse use : keys.uses()) {
            uses.add(use.key() + " on " + use.namespaces() + " of " + keys.namespaces() + " namespaces and "
                    + use.workloads() + " of " + keys.workloads() + " workloads");
        }
        return uses.isEmpty() ? "no key that is known here is in use" : String.join("; ", uses);
    }

    private void roles(Findings.Ownership ownership) {
        ownership.keys().uses().stream().findFirst().map(Findings.KeyUse::key).ifPresent(key -> {
            String holder = "{ key: " + YamlPage.scalar(key) + " }";
            page.told("model-team", Told.guessed(holder, "whoever owns the workload"));
            page.told("application-team", Told.guessed(holder, "whoever owns the namespace"));
        });
        if (!ownership.platformTeams().isEmpty()) {
            page.told(
                    "platform-team",
                    Told.guessed(
                            YamlPage.list(List.copyOf(ownership.platformTeams())),
                            "who owns the namespaces of monitoring and gateway"));
        }
    }

    private static Told<String> kind(Told<ReceiverKind> kind) {
        return new Told<>(kind.value().name().toLowerCase(Locale.ROOT), kind.guess());
    }

    private void alerts(Findings.Alerts alerts) {
        page.told(
                "heartbeat",
                alerts.heartbeats().isEmpty()
                        ? Told.seen("[]")
                        : Told.guessed(YamlPage.list(List.copyOf(alerts.heartbeats())), "by name, or always true"));
        if (!alerts.labels().isEmpty()) {
            page.under(
                    "labels",
                    () -> Stream.of(Dimension.values())
                            .filter(alerts.labels()::containsKey)
                            .forEach(dimension -> page.told(
                                    dimension.id(),
                                    Told.guessed(
                                            YamlPage.list(alerts.labels().getOrDefault(dimension, List.of())),
                                            "by the names of labels in the rules"))));
        }
        if (!alerts.causes().isEmpty()) {
            page.under("causes", () -> {
                alerts.causes()
                        .forEach((alert, cause) -> page.entry(alert, cause.id(), Optional.of("as its rule says")));
                unknown(alerts);
            });
        } else if (!alerts.unknown().isEmpty()) {
            page.remark("causes:");
            unknown(alerts);
        }
    }

    private void unknown(Findings.Alerts alerts) {
        if (!alerts.unknown().isEmpty()) {
            String words =
                    String.join(", ", Stream.of(Cause.values()).map(Cause::id).toList());
            alerts.unknown().forEach(alert -> page.remark(YamlPage.scalar(alert) + ": <one of " + words + ">"));
        }
    }
}
