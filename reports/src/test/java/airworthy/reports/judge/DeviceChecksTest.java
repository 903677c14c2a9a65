package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static airworthy.reports.judge.DeviceRun.FORMER;
import static airworthy.reports.judge.DeviceRun.device;
import static airworthy.reports.judge.DeviceRun.finding;
import static airworthy.reports.judge.DeviceRun.hit;
import static airworthy.reports.judge.DeviceRun.neighbour;
import static airworthy.reports.judge.DeviceRun.pods;
import static airworthy.reports.judge.DeviceRun.replica;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Event.DeviceSeen;
import airworthy.model.Event.DeviceStanding;
import airworthy.model.Event.PodCondition;
import airworthy.model.Event.PodSeen;
import airworthy.model.Event.PodsSeen;
import airworthy.model.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DeviceChecksTest {
    /** At a time scale of 30: 4 s. */
    private static final Check RUNS_AGAIN = new Check.RunsAgain(Duration.ofMinutes(2));

    private static final Check NOT_ALLOCATED = new Check.LostNotAllocated();
    private static final Check NEIGHBOURS = new Check.NeighboursRun();
    /** At a time scale of 30: 2 s. */
    private static final Check RETURNS = new Check.DeviceReturns(Duration.ofMinutes(1));

    @Test
    void runsAgainIsMetOnceAsManyPodsAsBeforeAreReadyOnHealthyDevices() {
        Finding finding = finding(RUNS_AGAIN, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message())
                .isEqualTo("all 2 pods of the target were ready on healthy devices 3.00 s (± 250 ms) after onset,"
                        + " at most 4.00 s, and stayed so");
    }

    @Test
    void aPodThatStaysReadyOnTheLostDeviceDoesNotRunAgain() {
        Finding finding = finding(RUNS_AGAIN, never(pods(hit(PodCondition.READY), replica("chat-1"))));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message())
                .startsWith("when healing began 1 of 2 pods of the target were ready on healthy devices;"
                        + " pod team-a/chat-0 still held the lost gpu.nvidia.com/gpu-1/gpu-3");
    }

    @Test
    void runningAgainTooLateIsNotMetAndTooCloseIsUnknown() {
        assertThat(finding(new Check.RunsAgain(Duration.ofSeconds(60)), history -> {})
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(new Check.RunsAgain(Duration.ofSeconds(90)), history -> {})
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void runningAgainMustLast() {
        assertThat(finding(RUNS_AGAIN, history -> history.at(33, pods(replica("chat-1"))))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(
                                RUNS_AGAIN,
                                history -> history.at(28, pods(replica("chat-1")))
                                        .at(31, pods(replica("chat-1"), replica("chat-2"))))
                        .outcome())
                .as("counted from the second return")
                .isEqualTo(NOT_MET);
    }

    @Test
    void runningAgainIsUnknownWhereNobodyLookedOrTheHoldWasTooShort() {
        assertThat(finding(RUNS_AGAIN, history -> history.without(PodsSeen.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(RUNS_AGAIN, history -> history.without(DeviceSeen.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(
                                RUNS_AGAIN,
                                history -> history.without(PodsSeen.class::isInstance)
                                        .at(11, pods(hit(PodCondition.NOT_READY))))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(
                                new Check.RunsAgain(Duration.ofMinutes(10)),
                                never(pods(hit(PodCondition.NOT_READY), replica("chat-1"))))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void aDeviceThatWasGivenBackAndKeptFromOthersIsNotAllocated() {
        Finding finding = finding(NOT_ALLOCATED, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("given back", "tainted gpu.nvidia.com/gpu-lost=:NoExecute");
        assertThat(finding(NOT_ALLOCATED, history -> history.at(30, device(DeviceStanding.WITHDRAWN, Map.of())))
                        .outcome())
                .isEqualTo(MET);
    }

    @Test
    void aLostDeviceThatIsGivenToAnotherClaimIsNotMet() {
        Finding finding = finding(
                NOT_ALLOCATED,
                history -> history.at(26, device(DeviceStanding.TAINTED, Map.of("claim-uid-1", "team-a/chat-2-gpu")))
                        .at(27, device(DeviceStanding.TAINTED, Map.of())));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).contains("was lost and was given to claim team-a/chat-2-gpu");
        assertThat(finding(
                                NOT_ALLOCATED,
                                history -> history.at(
                                        40,
                                        device(DeviceStanding.ALLOCATABLE, Map.of("claim-uid-1", "team-a/chat-2-gpu"))))
                        .outcome())
                .as("after healing")
                .isEqualTo(MET);
    }

    @Test
    void whatNobodyCouldHaveBeenGivenProvesNothing() {
        Finding held = finding(
                NOT_ALLOCATED,
                history -> history.without(DeviceSeen.class::isInstance)
                        .at(11, device(DeviceStanding.ALLOCATABLE, FORMER))
                        .at(25, device(DeviceStanding.ALLOCATABLE, FORMER)));
        assertThat(held.outcome()).isEqualTo(UNKNOWN);
        assertThat(held.message()).contains("team-a/chat-0-gpu held", "all the time");
        Finding free = finding(NOT_ALLOCATED, history -> history.at(30, device(DeviceStanding.ALLOCATABLE, Map.of())));
        assertThat(free.outcome()).isEqualTo(UNKNOWN);
        assertThat(free.message()).contains("no taint keeps the next claim from it");
        assertThat(finding(NOT_ALLOCATED, history -> history.without(DeviceSeen.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void neighboursThatStayTheSameAndReadyRun() {
        Finding finding = finding(NEIGHBOURS, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).startsWith("1 other pods of gpu-1 kept running");
        assertThat(finding(NEIGHBOURS, then(neighbour(PodCondition.SUCCEEDED, 1)))
                        .outcome())
                .as("a job may end")
                .isEqualTo(MET);
        assertThat(finding(NEIGHBOURS, history -> history.at(40, pods())).outcome())
                .as("after healing")
                .isEqualTo(MET);
    }

    @Test
    void aNeighbourThatRestartsIsUnreadyOrGoneIsNotMet() {
        assertThat(finding(NEIGHBOURS, then(neighbour(PodCondition.READY, 2))).message())
                .contains("team-b/sum-0", "restarted 1 times");
        assertThat(finding(NEIGHBOURS, then(neighbour(PodCondition.NOT_READY, 1)))
                        .message())
                .contains("was not ready");
        assertThat(finding(NEIGHBOURS, history -> history.at(30, pods())).message())
                .contains("was gone");
        PodSeen another =
                new PodSeen("team-b", "sum-0", "uid-10", Optional.of("gpu-1"), false, PodCondition.READY, 0, List.of());
        assertThat(finding(NEIGHBOURS, then(another)).outcome())
                .as("another pod of the same name")
                .isEqualTo(NOT_MET);
    }

    @Test
    void withoutNeighboursOrLooksNothingIsKnownOfThem() {
        assertThat(finding(NEIGHBOURS, history -> history.change(DeviceChecksTest::alone))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(NEIGHBOURS, history -> history.without(PodsSeen.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void aDeviceThatMayBeAllocatedAgainIsBack() {
        Finding finding = finding(RETURNS, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("allocatable again 1.00 s (± 250 ms) after healing, at most 2.00 s");
    }

    @Test
    void aDeviceThatStaysTaintedOrComesBackLateIsNotMet() {
        assertThat(finding(RETURNS, history -> history.at(45, device(DeviceStanding.TAINTED, Map.of())))
                        .message())
                .contains("stood tainted gpu.nvidia.com/gpu-lost=:NoExecute at the end");
        assertThat(finding(new Check.DeviceReturns(Duration.ofSeconds(15)), history -> {})
                        .outcome())
                .isEqualTo(NOT_MET);
    }

    @Test
    void aReturnThatNobodySawIsUnknown() {
        assertThat(finding(RETURNS, history -> history.without(DeviceSeen.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(
                                new Check.DeviceReturns(Duration.ofMinutes(20)),
                                history -> history.at(45, device(DeviceStanding.WITHDRAWN, Map.of())))
                        .outcome())
                .as("watched for less than the deadline")
                .isEqualTo(UNKNOWN);
    }

    /** From the onset to the start of healing only this was seen. */
    private static Consumer<HistoryBuilder> never(PodsSeen seen) {
        return history -> history.without(PodsSeen.class::isInstance)
                .at(11, pods(hit(PodCondition.READY), replica("chat-1")))
                .at(25, seen);
    }

    private static Consumer<HistoryBuilder> then(PodSeen neighbour) {
        return history -> history.at(30, pods(replica("chat-1"), replica("chat-2"), neighbour));
    }

    private static Event alone(Event event) {
        return event instanceof PodsSeen(var scenario, var node, var pods)
                ? new PodsSeen(
                        scenario, node, pods.stream().filter(PodSeen::ofTarget).toList())
                : event;
    }
}
