package airworthy.probes.discovery;

import airworthy.model.PlatformProfile.ReceiverKind;
import airworthy.probes.alertmanager.Routing;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which team hears by which receiver, and how loud each is. Pure.
 *
 * @param of for each team its receivers
 * @param unassigned receivers that no route gives to a team
 */
record TeamReceivers(
        NavigableMap<String, NavigableMap<String, Told<ReceiverKind>>> of, NavigableSet<String> unassigned) {
    private static final Set<String> PAGERS =
            Set.of("pagerduty", "opsgenie", "victorops", "pushover", "incidentio", "sns");
    private static final Set<String> FEEDS = Set.of(
            "slack",
            "email",
            "msteams",
            "msteamsv2",
            "discord",
            "telegram",
            "webex",
            "wechat",
            "rocketchat",
            "mattermost");

    /**
     * Reads the routes.
     *
     * @param labels of alerts that may name a team
     * @param platformTeams who, it seems, hears of what no route takes
     */
    static TeamReceivers of(Routing routing, List<String> labels, Set<String> platformTeams) {
        TeamReceivers teams = new TeamReceivers(new TreeMap<>(), new TreeSet<>());
        routing.receivers().forEach(receiver -> teams.unassigned.add(receiver.name()));
        for (Routing.Route route : routing.routes()) {
            for (String label : labels) {
                for (String team : route.values().getOrDefault(label, List.of())) {
                    teams.give(team, routing, route.receiver(), "");
                }
            }
        }
        routing.fallback()
                .ifPresent(receiver -> platformTeams.forEach(team -> teams.give(
                        team,
                        routing,
                        receiver,
                        "it hears what no route takes, and this team seems to be the platform's; ")));
        return teams;
    }

    private void give(String team, Routing routing, String receiver, String why) {
        routing.receivers().stream()
                .filter(each -> each.name().equals(receiver))
                .findFirst()
                .ifPresent(found -> {
                    Told<ReceiverKind> kind = kind(found);
                    of.computeIfAbsent(team, _ -> new TreeMap<>())
                            .putIfAbsent(
                                    receiver,
                                    new Told<>(kind.value(), kind.guess().map(words -> why + words)));
                    unassigned.remove(receiver);
                });
    }

    /** What does not tell is taken for loud: a page to the wrong team counts, a feed does not. */
    private static Told<ReceiverKind> kind(Routing.Receiver receiver) {
        String by = receiver.integrations().isEmpty() ? "nothing" : String.join(", ", receiver.integrations());
        String name = receiver.name().toLowerCase(Locale.ROOT);
        if (receiver.integrations().stream().anyMatch(PAGERS::contains)) {
            return Told.guessed(ReceiverKind.PAGE, "it tells by " + by);
        }
        if (name.contains("ticket")
                || name.contains("jira")
                || receiver.integrations().contains("jira")) {
            return Told.guessed(ReceiverKind.TICKET, "its name, or what it tells by (" + by + ")");
        }
        if (name.contains("page") || name.contains("oncall") || name.contains("on-call")) {
            return Told.guessed(ReceiverKind.PAGE, "by its name");
        }
        if (!receiver.integrations().isEmpty() && FEEDS.containsAll(receiver.integrations())) {
            return Told.guessed(ReceiverKind.FEED, "it tells by " + by);
        }
        return Told.guessed(ReceiverKind.PAGE, "nothing tells how loud it is (it tells by " + by + "), so the loudest");
    }
}
