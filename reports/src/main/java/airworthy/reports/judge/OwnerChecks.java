package airworthy.reports.judge;

import airworthy.model.Event.DeviceTraced;
import airworthy.model.Event.OwnersFound;
import airworthy.model.History.Stamped;
import airworthy.model.PlatformProfile.ReceiverKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks on who owns what, read from the platform as it stands. */
final class OwnerChecks {
    private final ScenarioView view;

    OwnerChecks(ScenarioView view) {
        this.view = view;
    }

    Answer oneOwner() {
        List<Stamped<OwnersFound>> found = view.of(OwnersFound.class).toList();
        if (found.isEmpty()) {
            return Answer.unknown("no AI workload was found whose owner could be looked for");
        }
        List<String> wrong = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        for (Stamped<OwnersFound> each : found) {
            Set<String> teams = teams(each.event());
            if (teams.size() != 1) {
                wrong.add(each.event().workload()
                        + (teams.isEmpty() ? " names no owner" : " names " + String.join(" and ", teams)));
                evidence.add(Say.journal(each));
            }
        }
        return wrong.isEmpty()
                ? Answer.met(
                        "each of " + found.size() + " AI workloads names one owner",
                        found.stream().limit(3).map(Say::journal).toList())
                : Answer.notMet(
                        wrong.size() + " of " + found.size() + " AI workloads do not name exactly one owner: "
                                + String.join("; ", wrong),
                        evidence);
    }

    /** A feed is no receiver that people listen to: a page or a ticket is asked for. */
    Answer receiverExists() {
        List<Stamped<OwnersFound>> found = view.of(OwnersFound.class).toList();
        if (found.isEmpty()) {
            return Answer.unknown("no AI workload was found whose owner could be looked for");
        }
        if (view.run().survey().isEmpty()) {
            return Answer.unknown("the alerting system's receivers were never read");
        }
        List<String> evidence = found.stream().limit(3).map(Say::journal).toList();
        Set<String> owners = new TreeSet<>();
        found.forEach(each -> owners.addAll(teams(each.event())));
        if (owners.isEmpty()) {
            return Answer.notMet("no AI workload names an owner, so none has a receiver", evidence);
        }
        List<String> deaf = owners.stream().flatMap(team -> deaf(team).stream()).toList();
        return deaf.isEmpty()
                ? Answer.met(
                        "each owner has a receiver that Alertmanager knows: " + String.join(", ", owners), evidence)
                : Answer.notMet(String.join("; ", deaf), evidence);
    }

    private Optional<String> deaf(String team) {
        List<String> known = view.run().survey().orElseThrow().event().receivers();
        Set<String> listened = new TreeSet<>();
        view.profile().ownership().receivers().getOrDefault(team, Map.of()).forEach((receiver, kind) -> {
            if (kind != ReceiverKind.FEED) {
                listened.add(receiver);
            }
        });
        if (listened.isEmpty()) {
            return Optional.of("owner " + team + " has no page or ticket receiver in the profile");
        }
        return listened.stream().anyMatch(known::contains)
                ? Optional.empty()
                : Optional.of("owner " + team + " is to be told by " + String.join(" or ", listened)
                        + ", which Alertmanager does not know");
    }

    Answer deviceChain() {
        List<Stamped<DeviceTraced>> traced = view.of(DeviceTraced.class).toList();
        if (traced.isEmpty()) {
            return Answer.unknown("no accelerator in use was found that could be followed to its owner");
        }
        List<Stamped<DeviceTraced>> broken = traced.stream()
                .filter(each -> each.event().broken().isPresent())
                .toList();
        return broken.isEmpty()
                ? Answer.met(
                        "each of " + traced.size() + " accelerators in use leads to an owner",
                        traced.stream().limit(3).map(Say::journal).toList())
                : Answer.notMet(
                        broken.size() + " of " + traced.size() + " accelerators in use lead to no owner: "
                                + String.join(
                                        "; ",
                                        broken.stream()
                                                .map(each -> each.event().device() + " ends at "
                                                        + each.event().broken().orElse(""))
                                                .toList()),
                        broken.stream().map(Say::journal).toList());
    }

    private static Set<String> teams(OwnersFound found) {
        Set<String> teams = new TreeSet<>(found.owners().values());
        teams.removeIf(String::isBlank);
        return teams;
    }
}
