package airworthy.reports.judge;

import airworthy.model.Check;
import airworthy.model.CheckName;
import airworthy.model.Event.Planned;
import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.Question;
import airworthy.model.ScenarioReport;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges all checks of one scenario. */
final class ScenarioJudge {
    private final ScenarioView view;
    private final Standing standing;
    private final Needs needs;
    private final ClientChecks client;
    private final AlertChecks alerts;
    private final AttributeChecks attribute;
    private final RouteChecks route;
    private final QuotaChecks quota;
    private final SpendChecks spend;
    private final CredentialChecks credential;
    private final DeviceChecks device;
    private final TwinChecks twin;
    private final NodeChecks node;
    private final MemoryChecks memory;
    private final ContrastChecks contrast;
    private final OwnerChecks owner;
    private final RecoveryChecks recovery;

    ScenarioJudge(ScenarioView view) {
        this.view = view;
        standing = Standing.of(view);
        needs = new Needs(view);
        client = new ClientChecks(view);
        alerts = new AlertChecks(view);
        attribute = new AttributeChecks(view);
        route = new RouteChecks(view);
        quota = new QuotaChecks(view);
        spend = new SpendChecks(view);
        credential = new CredentialChecks(view);
        device = new DeviceChecks(view);
        twin = new TwinChecks(view);
        node = new NodeChecks(view);
        memory = new MemoryChecks(view);
        contrast = new ContrastChecks(view);
        owner = new OwnerChecks(view);
        recovery = new RecoveryChecks(view);
    }

    ScenarioJudgement judge() {
        List<Finding> findings =
                view.scenario().checks().stream().map(this::finding).toList();
        DetectionClock clock = new DetectionClock(view);
        ScenarioReport report = new ScenarioReport(
                view.scenario(),
                standing.flaw(),
                standing.landed(),
                quiet(findings),
                view.planned().map(planned -> planned.target().description()),
                view.planned().map(Planned::injector),
                clock.timeline(),
                clock.routedTo(),
                ClientFigures.of(view),
                answers(findings));
        return new ScenarioJudgement(report, findings);
    }

    private Finding finding(Check check) {
        Answer answer = answer(check);
        return new Finding(view.scenario().id(), check.name(), answer.outcome(), answer.message(), answer.evidence());
    }

    private Answer answer(Check check) {
        return needs.absent(check.name(), standing.flaw().isEmpty())
                .or(() -> standing.flaw().map(why -> Answer.unknown(why, standing.evidence())))
                .or(() -> needs.unreadable(check.name()))
                .or(() -> unreachable(check.name()))
                .orElseGet(() -> isolated(check));
    }

    private Optional<Answer> unreachable(CheckName check) {
        return view.planned()
                .filter(planned -> !view.scenario().audit())
                .filter(planned -> Collections.disjoint(check.reachableThrough(), planned.touches()))
                .map(planned -> Answer.unknown("not reachable by injector " + planned.injector() + ": it touches "
                        + Say.names(planned.touches().stream()
                                .map(layer -> layer.id())
                                .sorted()
                                .toList())
                        + ", this could be met through "
                        + Say.names(check.reachableThrough().stream()
                                .map(layer -> layer.id())
                                .sorted()
                                .toList())));
    }

    /** The one place where a check's own error is caught: it makes that check unknown and no other. */
    private Answer isolated(Check check) {
        try {
            return judged(check);
        } catch (RuntimeException broken) {
            return Answer.unknown("the check broke: " + broken);
        }
    }

    private Answer judged(Check check) {
        return switch (check) {
            case Check.BaselineSlo slo -> client.baselineSlo();
            case Check.TrafficMoves moves -> client.trafficMoves(moves);
            case Check.AnswersComplete complete -> client.answersComplete(complete);
            case Check.BystandersSlo slo -> client.bystandersSlo();
            case Check.OtherReplicasSlo slo -> client.otherReplicasSlo();
            case Check.NotifiedInTime notified -> alerts.notifiedInTime(notified);
            case Check.Quiet quiet -> alerts.quiet();
            case Check.NoBystanderAlert none -> alerts.noBystanderAlert();
            case Check.NamesCause cause -> attribute.namesCause(cause);
            case Check.NamesTarget names -> attribute.namesTarget(names);
            case Check.RunbookHelps runbook -> attribute.runbookHelps(runbook);
            case Check.ReachesOwner reaches -> route.reachesOwner(reaches.to());
            case Check.ReachesNobodyElse nobody -> route.reachesNobodyElse(nobody.to());
            case Check.RunsAgain again -> device.runsAgain(again);
            case Check.LostNotAllocated never -> device.lostNotAllocated();
            case Check.NeighboursRun run -> device.neighboursRun();
            case Check.DeviceReturns returns ->
                node.concern() ? node.devicesReturn(returns) : device.deviceReturns(returns);
            case Check.RunningWorkGoesOn goesOn -> node.runningWorkGoesOn();
            case Check.NoNewPodsThere none -> node.noNewPodsThere(none);
            case Check.OtherNodesRun run -> node.otherNodesRun();
            case Check.NeverReady never -> twin.neverReady();
            case Check.NeverServes never -> twin.neverServes();
            case Check.FailsCleanly cleanly -> memory.failsCleanly();
            case Check.NoCrashLoop none -> memory.noCrashLoop(none);
            case Check.ToldApart apart -> contrast.toldApart(apart);
            case Check.ExcessRefused refused -> quota.excessRefused();
            case Check.NeverAboveQuota never -> quota.neverAboveQuota();
            case Check.NextTenantServed served -> quota.nextTenantServed(served);
            case Check.OverspendRefused refused -> spend.overspendRefused();
            case Check.TokensMetered metered -> spend.tokensMetered(metered);
            case Check.CredentialsRefused refused -> credential.credentialsRefused();
            case Check.NoTokensSpent none -> credential.noTokensSpent();
            case Check.OneOwner one -> owner.oneOwner();
            case Check.ReceiverExists receiver -> owner.receiverExists();
            case Check.DeviceChain chain -> owner.deviceChain();
            case Check.BackAtBaseline back -> recovery.backAtBaseline(back);
            case Check.AlertResolves resolves -> recovery.alertResolves(resolves);
            case Check.UndoVerified undo -> recovery.undoVerified();
        };
    }

    private static Map<Question, Outcome> answers(List<Finding> findings) {
        Map<Question, Outcome> answers = new EnumMap<>(Question.class);
        findings.forEach(finding -> answers.merge(finding.check().question(), finding.outcome(), Outcome::worse));
        return answers;
    }

    /** Where no alerting system is, there is no silence to speak of. */
    private Optional<Boolean> quiet(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.check() == CheckName.QUIET)
                .filter(finding -> needs.absent(CheckName.QUIET, true).isEmpty())
                .filter(finding -> finding.outcome() == Outcome.MET || finding.outcome() == Outcome.NOT_MET)
                .map(finding -> finding.outcome() == Outcome.MET)
                .findFirst();
    }
}
