package airworthy.reports.judge;

import airworthy.model.PlatformProfile.Ownership;
import airworthy.model.PlatformProfile.ReceiverKind;
import airworthy.model.PlatformProfile.RoleHolder;
import airworthy.model.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Checks on who was told, against who owns what was hit. */
final class RouteChecks {
    private final ScenarioView view;

    RouteChecks(ScenarioView view) {
        this.view = view;
    }

    Answer reachesOwner(Role role) {
        return onOwner(role, (telling, owner) -> {
            Set<String> own = receiversOf(owner);
            String message = telling.verb() + " " + Say.names(telling.receivers()) + "; expected a receiver of "
                    + String.join(" or ", owner) + " (" + Say.names(own) + ")";
            return telling.receivers().stream().anyMatch(own::contains)
                    ? Answer.met(message, telling.evidence())
                    : Answer.notMet(message, telling.evidence());
        });
    }

    /** A receiver that nobody declared counts as one that wakes people. */
    Answer reachesNobodyElse(Role role) {
        return onOwner(role, (telling, owner) -> {
            Set<String> own = receiversOf(owner);
            SortedSet<String> others = new TreeSet<>();
            for (String receiver : telling.receivers()) {
                if (!own.contains(receiver) && !feed(receiver)) {
                    others.add(receiver);
                }
            }
            return others.isEmpty()
                    ? Answer.met(
                            telling.verb() + " " + Say.names(telling.receivers())
                                    + ": no page or ticket of another team",
                            telling.evidence())
                    : Answer.notMet(
                            telling.verb() + " " + Say.names(others)
                                    + " as well; expected no page or ticket but those of " + String.join(" or ", owner),
                            telling.evidence());
        });
    }

    private boolean feed(String receiver) {
        List<ReceiverKind> kinds = ownership().receivers().values().stream()
                .flatMap(receivers -> Optional.ofNullable(receivers.get(receiver)).stream())
                .toList();
        return !kinds.isEmpty() && kinds.stream().allMatch(kind -> kind == ReceiverKind.FEED);
    }

    private Answer onOwner(Role role, Judgement judgement) {
        Telling telling = Telling.of(view);
        if (telling.told().isEmpty()) {
            return telling.withoutAlert();
        }
        return switch (teams(role)) {
            case Teams.Known known -> judgement.of(telling, known.teams());
            case Teams.Nobody nobody -> Answer.notMet(nobody.why(), telling.evidence());
            case Teams.Undeclared undeclared -> Answer.unknown(undeclared.why(), telling.evidence());
        };
    }

    private interface Judgement {
        Answer of(Telling telling, List<String> owner);
    }

    /** Who plays a role for this target. */
    private sealed interface Teams {
        record Known(List<String> teams) implements Teams {}

        /** The target itself names nobody. */
        record Nobody(String why) implements Teams {}

        /** The profile does not say how to find out. */
        record Undeclared(String why) implements Teams {}
    }

    private Teams teams(Role role) {
        if (role == Role.OWNER_OF_TARGET) {
            return ownership().keys().stream()
                    .flatMap(key -> owner(key).stream())
                    .findFirst()
                    .<Teams>map(team -> new Teams.Known(List.of(team)))
                    .orElseGet(() -> new Teams.Nobody("the target names no owner under any of "
                            + String.join(", ", ownership().keys())));
        }
        RoleHolder holder = ownership().roles().get(role);
        return switch (holder) {
            case null -> new Teams.Undeclared("the profile says not who plays " + role.id());
            case RoleHolder.Teams fixed -> new Teams.Known(fixed.teams());
            case RoleHolder.ByKey byKey ->
                owner(byKey.key())
                        .<Teams>map(team -> new Teams.Known(List.of(team)))
                        .orElseGet(() -> new Teams.Nobody("the target names no owner under " + byKey.key() + ", where "
                                + role.id() + " is looked for"));
        };
    }

    private Optional<String> owner(String key) {
        return Optional.ofNullable(view.target().owners().get(key));
    }

    private Set<String> receiversOf(List<String> teams) {
        Set<String> receivers = new TreeSet<>();
        teams.forEach(team -> receivers.addAll(
                ownership().receivers().getOrDefault(team, Map.of()).keySet()));
        return receivers;
    }

    private Ownership ownership() {
        return view.profile().ownership();
    }
}
