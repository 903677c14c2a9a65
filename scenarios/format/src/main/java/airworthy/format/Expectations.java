package airworthy.format;

import airworthy.model.Cause;
import airworthy.model.Check;
import airworthy.model.Dimension;
import airworthy.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Converts {@code expect}: the closed vocabulary of checks that a file can name. */
final class Expectations {
    private static final List<Cause> CAUSES = List.of(Cause.values());
    private static final List<Dimension> DIMENSIONS = List.of(Dimension.values());
    private static final List<Role> ROLES = List.of(Role.values());

    private final List<Check> checks = new ArrayList<>();

    private Expectations() {}

    /** The checks that the file names; those of {@code recover} are all implied. */
    static List<Check> of(Cursor expect) {
        Expectations expectations = new Expectations();
        expectations.withstand(expect.get("withstand"));
        expectations.question(expect, "detect", detect -> new Check.NotifiedInTime(within(detect)));
        expectations.attribute(expect.get("attribute"));
        expectations.question(
                expect, "route", route -> new Check.ReachesOwner(route.get("to").word(ROLES, Role::id)));
        expectations.contain(expect.get("contain"));
        return List.copyOf(expectations.checks);
    }

    private void withstand(Cursor withstand) {
        question(
                withstand,
                "trafficMoves",
                moves -> new Check.TrafficMoves(
                        within(moves), moves.get("remaining").share()));
        question(
                withstand,
                "answersComplete",
                answers -> new Check.AnswersComplete(answers.get("ok").share()));
        question(withstand, "runsAgain", again -> new Check.RunsAgain(within(again)));
        question(withstand, "lostNotAllocated", _ -> new Check.LostNotAllocated());
        question(withstand, "neverReady", _ -> new Check.NeverReady());
        question(withstand, "neverServes", _ -> new Check.NeverServes());
        question(withstand, "runningWorkGoesOn", _ -> new Check.RunningWorkGoesOn());
        question(withstand, "noNewPodsThere", none -> new Check.NoNewPodsThere(within(none)));
        question(withstand, "failsCleanly", _ -> new Check.FailsCleanly());
        question(
                withstand,
                "noCrashLoop",
                none -> new Check.NoCrashLoop(none.get("restarts").integerFrom(0)));
        question(withstand, "excessRefused", _ -> new Check.ExcessRefused());
        question(withstand, "neverAboveQuota", _ -> new Check.NeverAboveQuota());
        question(withstand, "overspendRefused", _ -> new Check.OverspendRefused());
        question(
                withstand,
                "tokensMetered",
                metered -> new Check.TokensMetered(metered.get("off").share()));
        question(withstand, "credentialsRefused", _ -> new Check.CredentialsRefused());
        question(withstand, "noTokensSpent", _ -> new Check.NoTokensSpent());
        question(withstand, "oneOwner", _ -> new Check.OneOwner());
        question(withstand, "receiverExists", _ -> new Check.ReceiverExists());
    }

    private void attribute(Cursor attribute) {
        question(attribute, "cause", cause -> new Check.NamesCause(cause.word(CAUSES, Cause::id)));
        question(
                attribute,
                "names",
                names -> new Check.NamesTarget(names.items().stream()
                        .map(name -> name.word(DIMENSIONS, Dimension::id))
                        .toList()));
        question(attribute, "deviceChain", _ -> new Check.DeviceChain());
    }

    private void contain(Cursor contain) {
        question(contain, "bystanders", _ -> new Check.BystandersSlo());
        question(contain, "otherReplicas", _ -> new Check.OtherReplicasSlo());
        question(contain, "neighboursRun", _ -> new Check.NeighboursRun());
        question(contain, "otherNodesRun", _ -> new Check.OtherNodesRun());
        question(contain, "nextTenant", next -> new Check.NextTenantServed(within(next)));
        question(contain, "bystanderAlerts", _ -> new Check.NoBystanderAlert());
    }

    private void question(Cursor parent, String key, Function<Cursor, Check> check) {
        parent.find(key).map(check).ifPresent(checks::add);
    }

    private static Duration within(Cursor check) {
        return check.get("within").positiveDuration();
    }
}
