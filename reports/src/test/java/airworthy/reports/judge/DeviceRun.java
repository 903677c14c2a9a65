package airworthy.reports.judge;

import airworthy.model.Capability;
import airworthy.model.Check;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Event.DeviceSeen;
import airworthy.model.Event.DeviceStanding;
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

/**
 * A run in which gpu-3 of node gpu-1 is lost at second 24 and given back at second 34: the pod on it moves to gpu-4, its
 * neighbour runs on.
 */
final class DeviceRun {
    static final ScenarioId ID = new ScenarioId("SCH-8");
    static final String LOST = "gpu.nvidia.com/gpu-1/gpu-3";
    static final String OTHER = "gpu.nvidia.com/gpu-1/gpu-4";
    static final Map<String, String> FORMER = Map.of("claim-uid-0", "team-a/chat-0-gpu");

    private DeviceRun() {}

    static Finding finding(Check check, Consumer<HistoryBuilder> spoil) {
        Scenario scenario = new Scenario(
                ID,
                "device-lost",
                Capability.SCHEDULING,
                Severity.CRITICAL,
                "An accelerator in use drops off the bus",
                "It happens",
                Set.of(Need.KUBERNETES, Need.INFERENCE, Need.DEVICES),
                Optional.empty(),
                new TargetSelector.AllocatedAccelerator(),
                new Phases(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(5)),
                List.of(new Fault.DeviceLost()),
                List.of(check),
                "Taint what is lost");
        HistoryBuilder history = good();
        spoil.accept(history);
        return Judge.judge(scenario, new JudgeInput(List.of(scenario), "v1", 1, Platforms.standard(), history.build()))
                .findings()
                .getFirst();
    }

    static HistoryBuilder good() {
        return new HistoryBuilder()
                .at(1, ServingRun.survey(Map.of()))
                .at(
                        2,
                        new Event.Planned(
                                ID,
                                new Target(
                                        "team-a/deployment/chat, replica chat-0, device " + LOST,
                                        Map.of(
                                                Dimension.NAMESPACE, "team-a",
                                                Dimension.WORKLOAD, "chat",
                                                Dimension.REPLICA, "chat-0",
                                                Dimension.NODE, "gpu-1",
                                                Dimension.DEVICE, "gpu-3"),
                                        Map.of(),
                                        Optional.of("chat"),
                                        Optional.of("chat-0"),
                                        List.of()),
                                "mock",
                                Set.of(Layer.EXPORTER, Layer.DEVICE_TAINT, Layer.WORKLOAD),
                                List.of()))
                .at(10, new Event.PhaseBegan(ID, Phase.BASELINE))
                .at(11, device(DeviceStanding.ALLOCATABLE, FORMER))
                .at(11, pods(hit(PodCondition.READY), replica("chat-1"), neighbour(PodCondition.READY, 1)))
                .at(20, new Event.PhaseBegan(ID, Phase.APPLY))
                .at(24, new Event.FaultApplied(ID))
                .at(24.2, new Event.LandedSeen(ID, Layer.DEVICE_TAINT, true, "tainted"))
                .at(24.2, device(DeviceStanding.TAINTED, FORMER))
                .at(24.2, pods(hit(PodCondition.NOT_READY), replica("chat-1"), neighbour(PodCondition.READY, 1)))
                .at(25, device(DeviceStanding.TAINTED, Map.of()))
                .at(25, pods(replica("chat-1"), neighbour(PodCondition.READY, 1)))
                .at(
                        27,
                        "kubernetes",
                        0.25,
                        pods(replica("chat-1"), replica("chat-2"), neighbour(PodCondition.READY, 1)))
                .at(34, new Event.PhaseBegan(ID, Phase.HEAL))
                .at(35, new Event.PhaseBegan(ID, Phase.OBSERVE))
                .at(35.1, device(DeviceStanding.TAINTED, Map.of()))
                .at(36, "kubernetes", 0.25, device(DeviceStanding.ALLOCATABLE, Map.of()))
                .at(50, new Event.ScenarioEnded(ID));
    }

    static DeviceSeen device(DeviceStanding standing, Map<String, String> holders) {
        return new DeviceSeen(
                ID,
                LOST,
                standing,
                standing == DeviceStanding.TAINTED ? List.of("gpu.nvidia.com/gpu-lost=:NoExecute") : List.of(),
                new TreeMap<>(holders));
    }

    static PodsSeen pods(PodSeen... pods) {
        return new PodsSeen(ID, "gpu-1", Arrays.asList(pods));
    }

    /** The pod on the device that is lost. */
    static PodSeen hit(PodCondition condition) {
        return new PodSeen("team-a", "chat-0", "uid-0", Optional.of("gpu-1"), true, condition, 0, List.of(LOST));
    }

    /** A ready pod of the same workload, on another node's device. */
    static PodSeen replica(String name) {
        return new PodSeen(
                "team-a",
                name,
                "uid-" + name,
                Optional.of("gpu-2"),
                true,
                PodCondition.READY,
                0,
                List.of("gpu.nvidia.com/gpu-2/gpu-" + name.charAt(name.length() - 1)));
    }

    /** Another workload's pod on the node. */
    static PodSeen neighbour(PodCondition condition, int restarts) {
        return new PodSeen(
                "team-b", "sum-0", "uid-9", Optional.of("gpu-1"), false, condition, restarts, List.of(OTHER));
    }
}
