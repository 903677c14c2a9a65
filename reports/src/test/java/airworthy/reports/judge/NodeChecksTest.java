package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.AlertState;
import airworthy.model.Capability;
import airworthy.model.Check;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Event.DeviceStanding;
import airworthy.model.Event.NodeDevicesSeen;
import airworthy.model.Event.PodCondition;
import airworthy.model.Event.PodSeen;
import airworthy.model.Event.PodsSeen;
import airworthy.model.Fault;
import airworthy.model.Finding;
import airworthy.model.Layer;
import airworthy.model.Need;
import airworthy.model.Phase;
import airworthy.model.Phases;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.model.Severity;
import airworthy.model.Target;
import airworthy.model.TargetSelector;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Node gpu-1 has two devices; its driver's halves disagree from second 24 to second 34. Time scale 30. */
class NodeChecksTest {
    private static final ScenarioId ID = new ScenarioId("OBS-9");
    private static final Check GOES_ON = new Check.RunningWorkGoesOn();
    private static final Check OTHERS = new Check.OtherNodesRun();
    /** 2 s. */
    private static final Check CLOSED = new Check.NoNewPodsThere(Duration.ofMinutes(1));

    /** 2 s. */
    private static final Check RETURNS = new Check.DeviceReturns(Duration.ofMinutes(1));

    private static final Map<String, String> FORMER = Map.of("claim-0", "team-a/chat-0-gpu");

    @Test
    void workThatRunsOnIsMet() {
        assertThat(finding(GOES_ON, history -> {}))
                .extracting(Finding::outcome, Finding::message)
                .containsExactly(
                        MET,
                        "1 pods on the accelerators of the node kept running: the same pods, ready, without a restart"
                                + " (looked at 1 times)");
        assertThat(finding(OTHERS, history -> {}).outcome()).isEqualTo(MET);
    }

    @ParameterizedTest
    @CsvSource({"NOT_READY, 0", "READY, 1"})
    void aPodThatIsHurtIsToldOfItsOwnNodeAlone(PodCondition condition, int restarts) {
        assertThat(finding(GOES_ON, later(pods(pod("gpu-1", condition, restarts), ran("gpu-2"))))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(OTHERS, later(pods(pod("gpu-1", condition, restarts), ran("gpu-2"))))
                        .outcome())
                .isEqualTo(MET);
        assertThat(finding(OTHERS, later(pods(ran("gpu-1"), pod("gpu-2", condition, restarts))))
                        .outcome())
                .isEqualTo(NOT_MET);
    }

    @Test
    void aPodThatIsGoneIsHurt() {
        assertThat(finding(GOES_ON, later(pods(ran("gpu-2")))).message())
                .isEqualTo("pod team-a/on-gpu-1, which ran on the accelerators of the node, was gone while the fault"
                        + " was on");
        assertThat(finding(OTHERS, later(pods(ran("gpu-1")))).outcome()).isEqualTo(NOT_MET);
    }

    @Test
    void whereNothingRanOrNobodyLookedItIsUnknown() {
        for (Check check : List.of(GOES_ON, OTHERS)) {
            assertThat(finding(check, history -> history.without(PodsSeen.class::isInstance))
                            .outcome())
                    .isEqualTo(UNKNOWN);
            assertThat(finding(
                                    check,
                                    history -> history.without(PodsSeen.class::isInstance)
                                            .at(11, pods())
                                            .at(25, pods()))
                            .outcome())
                    .isEqualTo(UNKNOWN);
        }
    }

    @Test
    void aNodeWhoseDevicesAreTaintedInTimeIsClosed() {
        assertThat(finding(CLOSED, history -> {}))
                .extracting(Finding::outcome, Finding::message)
                .containsExactly(
                        MET,
                        "gpu-1 was closed to new claims 1.00 s after onset, at most 2.00 s (each of its 2 devices), and"
                                + " no claim got a device of it from then on");
    }

    @Test
    void aCordonClosesANodeToo() {
        assertThat(finding(
                                CLOSED,
                                history -> history.without(NodeDevicesSeen.class::isInstance)
                                        .at(11, open(FORMER))
                                        .at(25, node(true, DeviceStanding.ALLOCATABLE, FORMER)))
                        .outcome())
                .isEqualTo(MET);
    }

    @Test
    void aNodeThatStaysOpenOrIsClosedTooLateIsNotMet() {
        assertThat(finding(CLOSED, NodeChecksTest::never).message())
                .startsWith("when healing began 2 of 2 devices of gpu-1 could still be given to a new claim");
        assertThat(finding(CLOSED, NodeChecksTest::never).outcome()).isEqualTo(NOT_MET);
        assertThat(finding(CLOSED, history -> history.at(30, open(FORMER)).at(31, tainted(FORMER)))
                        .outcome())
                .as("open again in between")
                .isEqualTo(NOT_MET);
        assertThat(finding(new Check.NoNewPodsThere(Duration.ofSeconds(30)), history -> {})
                        .outcome())
                .as("exactly on the bound")
                .isEqualTo(MET);
    }

    @Test
    void aClaimThatIsGivenADeviceOfAClosedNodeIsNotMet() {
        Finding finding = finding(
                CLOSED,
                history -> history.at(30, tainted(Map.of("claim-0", "team-a/chat-0-gpu", "claim-1", "tenant-x/new"))));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).startsWith("claim tenant-x/new was given a device of gpu-1");
    }

    @Test
    void whetherANodeIsClosedIsUnknownWhereNobodyLookedOrTheHoldWasTooShort() {
        assertThat(finding(CLOSED, history -> history.without(NodeDevicesSeen.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(new Check.NoNewPodsThere(Duration.ofMinutes(10)), NodeChecksTest::never)
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void devicesThatCanBeAllocatedAgainInTimeHaveReturned() {
        assertThat(finding(RETURNS, history -> {}))
                .extracting(Finding::outcome, Finding::message)
                .containsExactly(
                        MET, "all 2 devices of gpu-1 were allocatable again 1.00 s after healing, at most 2.00 s");
        assertThat(finding(RETURNS, history -> history.at(38, tainted(FORMER)).at(39, open(FORMER)))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(RETURNS, history -> history.at(38, tainted(FORMER))).outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(new Check.DeviceReturns(Duration.ofMinutes(10)), history -> history.at(38, tainted(FORMER)))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void bothVersionsAreHeldAgainstWhatTheDriverSaidItself() {
        Check names =
                new Check.NamesTarget(List.of(Dimension.NODE, Dimension.DRIVER_VERSION, Dimension.LIBRARY_VERSION));

        assertThat(finding(names, told("550.163.01", "570.195.3")).outcome())
                .as("with and without leading zeros")
                .isEqualTo(MET);
        assertThat(finding(names, told("550.163.1", "550.163.1")).message())
                .contains("library-version 570.195.3 is not named: found 550.163.1");
        assertThat(finding(
                                names,
                                told("550.163.1", "570.195.3")
                                        .andThen(history -> history.without(Event.DriverSeen.class::isInstance)))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    private static Consumer<HistoryBuilder> told(String driver, String library) {
        return history -> history.at(
                        26,
                        "prometheus",
                        0,
                        ServingRun.seen(
                                AlertState.FIRING,
                                ServingRun.alert(
                                        "Mismatch",
                                        Map.of(
                                                "node", "gpu-1",
                                                "driver_version", driver,
                                                "library_version", library))))
                .at(
                        26.5,
                        "webhook",
                        0,
                        new Event.Notified(
                                "infra-page",
                                false,
                                ServingRun.alert(
                                        "Mismatch",
                                        Map.of(
                                                "node", "gpu-1",
                                                "driver_version", driver,
                                                "library_version", library))));
    }

    private static Consumer<HistoryBuilder> later(PodsSeen pods) {
        return history -> history.at(29, pods);
    }

    private static void never(HistoryBuilder history) {
        history.without(NodeDevicesSeen.class::isInstance).at(11, open(FORMER)).at(25, open(FORMER));
    }

    private static NodeDevicesSeen open(Map<String, String> holders) {
        return node(false, DeviceStanding.ALLOCATABLE, holders);
    }

    private static NodeDevicesSeen tainted(Map<String, String> holders) {
        return node(false, DeviceStanding.TAINTED, holders);
    }

    private static NodeDevicesSeen node(boolean cordoned, DeviceStanding standing, Map<String, String> holders) {
        return new NodeDevicesSeen(
                ID,
                "gpu-1",
                cordoned,
                new TreeMap<>(Map.of(
                        "gpu.nvidia.com/gpu-1/gpu-0", standing,
                        "gpu.nvidia.com/gpu-1/gpu-1", standing)),
                new TreeMap<>(holders));
    }

    private static PodsSeen pods(PodSeen... pods) {
        return new PodsSeen(ID, "gpu-1", Arrays.asList(pods));
    }

    private static PodSeen ran(String node) {
        return pod(node, PodCondition.READY, 0);
    }

    private static PodSeen pod(String node, PodCondition condition, int restarts) {
        return new PodSeen(
                "team-a",
                "on-" + node,
                "uid-" + node,
                Optional.of(node),
                node.equals("gpu-1"),
                condition,
                restarts,
                List.of("gpu.nvidia.com/" + node + "/gpu-0"));
    }

    private static Finding finding(Check check, Consumer<HistoryBuilder> spoil) {
        Scenario scenario = new Scenario(
                ID,
                "driver-mismatch",
                Capability.OBSERVABILITY,
                Severity.CRITICAL,
                "A node's library is of another version than its kernel module",
                "It happens",
                Set.of(Need.KUBERNETES, Need.INFERENCE, Need.DEVICES),
                Optional.empty(),
                new TargetSelector.AcceleratedNode(),
                new Phases(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(5)),
                List.of(new Fault.DriverMismatch("570.195.3")),
                List.of(check),
                "Tell of it");
        HistoryBuilder history = good();
        spoil.accept(history);
        return Judge.judge(scenario, new JudgeInput(List.of(scenario), "v1", 1, Platforms.standard(), history.build()))
                .findings()
                .getFirst();
    }

    private static HistoryBuilder good() {
        return new HistoryBuilder()
                .at(1, ServingRun.survey(Map.of()))
                .at(
                        2,
                        new Event.Planned(
                                ID,
                                new Target(
                                        "node gpu-1",
                                        Map.of(Dimension.NODE, "gpu-1"),
                                        Map.of(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of()),
                                "mock",
                                Set.of(Layer.NVML, Layer.EXPORTER, Layer.DEVICE_TAINT, Layer.WORKLOAD),
                                List.of()))
                .at(10, new Event.PhaseBegan(ID, Phase.BASELINE))
                .at(11, open(FORMER))
                .at(11, pods(ran("gpu-1"), ran("gpu-2")))
                .at(20, new Event.PhaseBegan(ID, Phase.APPLY))
                .at(24, new Event.FaultApplied(ID))
                .at(24.2, new Event.LandedSeen(ID, Layer.NVML, true, "mismatch"))
                .at(24.2, new Event.DriverSeen(ID, "gpu-1", "550.163.1", "570.195.3", "mismatch"))
                .at(24.2, open(FORMER))
                .at(25, tainted(FORMER))
                .at(25, pods(ran("gpu-1"), ran("gpu-2")))
                .at(34, new Event.PhaseBegan(ID, Phase.HEAL))
                .at(35, new Event.PhaseBegan(ID, Phase.OBSERVE))
                .at(35.1, tainted(FORMER))
                .at(36, open(FORMER))
                .at(50, new Event.ScenarioEnded(ID));
    }
}
