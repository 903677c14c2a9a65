package airworthy.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing that happened in a run, as the journal keeps it. What a judge may know is here and in the load records, and
 * nowhere else.
 */
public sealed interface Event {

    /** An event that belongs to one scenario. */
    sealed interface OfScenario extends Event {
        ScenarioId scenario();
    }

    /**
     * A file that the run depends on, embedded whole.
     *
     * @param path as the user gave it
     * @param sha256 of its UTF-8 bytes, in hex
     * @param text its content
     */
    record Embedded(String path, String sha256, String text) {}

    /**
     * The first record of each journal.
     *
     * @param runId opaque
     * @param seed what every choice by chance was drawn from
     * @param harnessVersion of this program
     * @param suite the suite's name
     * @param planned how many scenarios the finished suite holds
     * @param profile the platform profile
     * @param scenarios the scenario files, in suite order
     */
    record RunStarted(
            String runId,
            long seed,
            String harnessVersion,
            String suite,
            int planned,
            Embedded profile,
            List<Embedded> scenarios)
            implements Event {
        public RunStarted {
            scenarios = List.copyOf(scenarios);
        }
    }

    /**
     * This run makes no fault: its scenarios go through all their phases under their load, and nothing is changed. What is
     * raised all the same is raised by the platform itself.
     *
     * @param without the scenarios whose faults are not made
     */
    record ControlRun(List<ScenarioId> without) implements Event {
        public ControlRun {
            without = List.copyOf(without);
        }
    }

    /**
     * What was found of the platform before anything was changed.
     *
     * @param parts each part that scenarios need, and what was found
     * @param kubernetesVersion what the API server said
     * @param simulated layers that said of themselves that they are simulated; this wins over the profile
     * @param intervalsNs the platform's own intervals (scrape, evaluation, group wait, ...) in nanoseconds
     * @param receivers the receivers that Alertmanager knows
     */
    record Surveyed(
            Map<Need, PartFound> parts,
            Optional<String> kubernetesVersion,
            Set<PlatformLayer> simulated,
            SortedMap<String, Long> intervalsNs,
            List<String> receivers)
            implements Event {
        public Surveyed {
            parts = Map.copyOf(parts);
            simulated = Set.copyOf(simulated);
            intervalsNs = Collections.unmodifiableSortedMap(new TreeMap<>(intervalsNs));
            receivers = List.copyOf(receivers);
        }
    }

    /**
     * What was found of one part.
     *
     * @param presence present, absent or unreadable
     * @param detail what was tried and what came of it
     */
    record PartFound(Presence presence, String detail) {}

    /**
     * What a scenario will do, before it does it.
     *
     * @param target what it hits
     * @param injector the mechanism chosen
     * @param touches the layers that this mechanism touches
     * @param changes one line for each change
     */
    record Planned(ScenarioId scenario, Target target, String injector, Set<Layer> touches, List<String> changes)
            implements OfScenario {
        public Planned {
            touches = Set.copyOf(touches);
            changes = List.copyOf(changes);
        }
    }

    /** A phase began. */
    record PhaseBegan(ScenarioId scenario, Phase phase) implements OfScenario {}

    /** What is to be undone, flushed before the first change. */
    record UndoPlanned(ScenarioId scenario, List<UndoStep> steps) implements OfScenario {
        public UndoPlanned {
            steps = List.copyOf(steps);
        }
    }

    /**
     * An undo step moved on.
     *
     * @param step the step's id
     * @param state where it stands now
     * @param detail what was seen
     */
    record UndoMoved(ScenarioId scenario, String step, UndoState state, String detail) implements OfScenario {}

    /** All changes of the fault are made: the onset. */
    record FaultApplied(ScenarioId scenario) implements OfScenario {}

    /** All changes of the contrast are made. */
    record ContrastApplied(ScenarioId scenario) implements OfScenario {}

    /** The contrast could not be made, so that nothing is known of how it would have looked. */
    record ContrastFailed(ScenarioId scenario, String why) implements OfScenario {}

    /**
     * Whether the fault holds, observed on a layer that it touches and not through the detector.
     *
     * @param layer where it was looked at
     * @param holds whether it holds
     * @param how what was measured, with units, and against what
     */
    record LandedSeen(ScenarioId scenario, Layer layer, boolean holds, String how) implements OfScenario {}

    /**
     * A figure that ought to move when the fault bites.
     *
     * @param signal its name
     * @param subject of what, for example a replica
     * @param value the figure
     * @param unit its unit
     */
    record SignalSampled(ScenarioId scenario, String signal, String subject, double value, String unit)
            implements OfScenario {}

    /**
     * A part of the harness asked for something that a tenant may or may not have.
     *
     * @param purpose why it was asked
     * @param object what was asked for
     * @param devices how many accelerators
     * @param accepted whether the API took it
     * @param status the HTTP status
     * @param message the API's own words
     */
    record ClaimAsked(
            ScenarioId scenario,
            ClaimPurpose purpose,
            ObjectRef object,
            int devices,
            boolean accepted,
            OptionalInt status,
            String message)
            implements OfScenario {}

    /** Why a claim was asked for. */
    enum ClaimPurpose {
        /** Within the tenant's quota. */
        WITHIN_QUOTA,
        /** Above the tenant's quota: to be refused or queued. */
        EXCESS,
        /** Of a tenant that the fault does not concern, within its own quota: to be served. */
        NEXT_TENANT
    }

    /**
     * What a namespace holds.
     *
     * @param namespace whose
     * @param quota the quota that limits it, if it has one
     * @param hard devices granted, if it has one
     * @param used devices that the quota counts, if it has one
     * @param allocated devices really allocated, by claim
     */
    record DevicesHeld(
            ScenarioId scenario,
            String namespace,
            Optional<String> quota,
            OptionalInt hard,
            OptionalInt used,
            SortedMap<String, Integer> allocated)
            implements OfScenario {
        public DevicesHeld {
            allocated = Collections.unmodifiableSortedMap(new TreeMap<>(allocated));
        }
    }

    /**
     * How the device of a device fault stands.
     *
     * @param device driver/pool/device
     * @param standing what its driver publishes of it
     * @param taints as published, each written key=value:effect
     * @param holders the claims that hold it: namespace/name by uid
     */
    record DeviceSeen(
            ScenarioId scenario,
            String device,
            DeviceStanding standing,
            List<String> taints,
            SortedMap<String, String> holders)
            implements OfScenario {
        public DeviceSeen {
            taints = List.copyOf(taints);
            holders = Collections.unmodifiableSortedMap(new TreeMap<>(holders));
        }
    }

    /**
     * How the accelerators of a node stand.
     *
     * @param node which node
     * @param unschedulable whether the node itself is cordoned or tainted so that no new pod is placed there
     * @param devices what their drivers publish of them, by driver/pool/device
     * @param holders the claims that hold some of them: namespace/name by uid
     */
    record NodeDevicesSeen(
            ScenarioId scenario,
            String node,
            boolean unschedulable,
            SortedMap<String, DeviceStanding> devices,
            SortedMap<String, String> holders)
            implements OfScenario {
        public NodeDevicesSeen {
            devices = Collections.unmodifiableSortedMap(new TreeMap<>(devices));
            holders = Collections.unmodifiableSortedMap(new TreeMap<>(holders));
        }
    }

    /**
     * What the driver of a node's accelerators says of its own two halves.
     *
     * @param node which node
     * @param driverVersion of the kernel module
     * @param libraryVersion of the library in user space
     * @param words as the driver wrote them
     */
    record DriverSeen(ScenarioId scenario, String node, String driverVersion, String libraryVersion, String words)
            implements OfScenario {}

    /**
     * The replica that is hit was asked a question of our own, past the gateway.
     *
     * @param replica which
     * @param outcome how that ended
     * @param told what came in place of an answer, in the replica's own words
     */
    record ReplicaAsked(ScenarioId scenario, String replica, RequestOutcome outcome, String told)
            implements OfScenario {}

    /** What a driver publishes of a device. */
    enum DeviceStanding {
        /** It may be given to a claim that nobody made tolerant. */
        ALLOCATABLE,
        /** A taint keeps claims from it. */
        TAINTED,
        /** The newest slices of its pool hold it no more. */
        WITHDRAWN
    }

    /**
     * The pods that a fault of devices concerns. Of one device: those of its node, and those of the workload wherever they are.
     * Of a node: those that hold accelerators, wherever they are. Pods that the harness made are left out.
     *
     * @param node whose pods
     * @param pods by namespace and name
     */
    record PodsSeen(ScenarioId scenario, String node, List<PodSeen> pods) implements OfScenario {
        public PodsSeen {
            pods = List.copyOf(pods);
        }
    }

    /**
     * The pods of the copy that a fault hits in place of the workload itself.
     *
     * @param twin the copy's controller
     * @param pods by name; none while it has none
     */
    record TwinSeen(ScenarioId scenario, String twin, List<PodSeen> pods) implements OfScenario {
        public TwinSeen {
            pods = List.copyOf(pods);
        }
    }

    /**
     * A pod as it was seen.
     *
     * @param namespace its namespace
     * @param name its name
     * @param uid what tells it from another pod of its name
     * @param node where it runs, once it is placed
     * @param ofTarget whether it belongs to the workload that the fault hits
     * @param condition how it does
     * @param restarts of all its containers together
     * @param devices those that its claims hold, each driver/pool/device
     */
    record PodSeen(
            String namespace,
            String name,
            String uid,
            Optional<String> node,
            boolean ofTarget,
            PodCondition condition,
            int restarts,
            List<String> devices) {
        public PodSeen {
            devices = List.copyOf(devices);
        }
    }

    /** How a pod does. */
    enum PodCondition {
        /** It says that it serves, and is not being deleted. */
        READY,
        NOT_READY,
        /** A container of it ended by itself again and again, and waits to be started once more. */
        CRASH_LOOPING,
        /** It ended by itself, and well. */
        SUCCEEDED
    }

    /** What an alerting source showed; journalled when it changes. */
    record AlertSeen(AlertState state, Alert alert, List<String> receivers, Optional<String> startsAt)
            implements Event {
        public AlertSeen {
            receivers = List.copyOf(receivers);
        }
    }

    /**
     * A notification arrived at our own webhook.
     *
     * @param receiver the receiver that the payload names
     * @param resolved whether it says that the alert is over
     * @param alert one alert of the payload
     */
    record Notified(String receiver, boolean resolved, Alert alert) implements Event {}

    /**
     * An alerting source could not be read for a while.
     *
     * @param what which source
     * @param why what came in place of an answer
     */
    record SourceUnreadable(String what, String why) implements Event {}

    /**
     * A runbook page was fetched.
     *
     * @param url as the alert gave it
     * @param status the HTTP status, if there was an answer
     * @param text the page, shortened to 16 KiB; empty if there was no answer
     */
    record RunbookFetched(String url, OptionalInt status, String text) implements Event {}

    /**
     * The way from one AI workload to its owner and receiver.
     *
     * @param workload which
     * @param owners each owner named on the way, by where it was found
     */
    record OwnersFound(ScenarioId scenario, WorkloadRef workload, SortedMap<String, String> owners)
            implements OfScenario {
        public OwnersFound {
            owners = Collections.unmodifiableSortedMap(new TreeMap<>(owners));
        }
    }

    /**
     * The way from one allocated accelerator to its owner.
     *
     * @param device driver/pool/device
     * @param links what was found for each link, in order
     * @param broken the first link that leads nowhere, if one does
     */
    record DeviceTraced(ScenarioId scenario, String device, List<String> links, Optional<String> broken)
            implements OfScenario {
        public DeviceTraced {
            links = List.copyOf(links);
        }
    }

    /**
     * The load of a stream is on, at a steady rate.
     *
     * @param stream the stream's name
     * @param inference the served model
     * @param role why it is sent
     * @param perSecond requests scheduled per second
     */
    record LoadOn(ScenarioId scenario, String stream, String inference, LoadRole role, double perSecond)
            implements OfScenario {}

    /** Why a stream of load is sent. */
    enum LoadRole {
        TARGET,
        BYSTANDER
    }

    /** The load of a stream was ended. */
    record LoadOff(ScenarioId scenario, String stream) implements OfScenario {}

    /**
     * All load records of the run are written.
     *
     * @param file relative to the run's folder
     * @param sha256 of the file, in hex
     * @param records how many
     */
    record LoadRecorded(String file, String sha256, long records) implements Event {}

    /** A stop condition was met: healing begins at once, and the scenario's questions are unknown. */
    record Stopped(ScenarioId scenario, String why) implements OfScenario {}

    /** The scenario could not be run as written; its questions are unknown. */
    record Invalid(ScenarioId scenario, String why) implements OfScenario {}

    /** A scenario is over and nothing more will be said of it. */
    record ScenarioEnded(ScenarioId scenario) implements OfScenario {}

    /**
     * The last record of a run that came to its end.
     *
     * @param restored whether every undo step was seen restored
     */
    record RunEnded(boolean restored) implements Event {}

    /**
     * The gateway's audit records of a stretch of time, added up.
     *
     * @param sinceNs the instant from which on records were counted, monotonic
     * @param untilNs the instant up to which, monotonic
     * @param groups the records of each tenant, status and source
     * @param blind why nothing is known of them, if nothing is
     */
    record AuditRead(ScenarioId scenario, long sinceNs, long untilNs, List<AuditGroup> groups, Optional<String> blind)
            implements OfScenario {
        public AuditRead {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Audit records that agree.
     *
     * @param tenant whose requests they were; empty text where the gateway names none
     * @param status what was answered, if the records say so
     * @param source where the requests came from, as the gateway says; empty text where it says nothing
     * @param records how many
     * @param promptTokens that the gateway booked for prompts
     * @param completionTokens that the gateway booked for answers
     */
    record AuditGroup(
            String tenant, OptionalInt status, String source, long records, long promptTokens, long completionTokens) {}
}
