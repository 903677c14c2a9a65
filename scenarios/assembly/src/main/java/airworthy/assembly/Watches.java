package airworthy.assembly;

import airworthy.faults.accelerator.AcceleratorByPod;
import airworthy.faults.artefact.ArtefactByProxy;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Fault;
import airworthy.model.PlatformProfile;
import airworthy.model.ScenarioId;
import airworthy.model.Target;
import airworthy.probes.EventSink;
import airworthy.probes.Stamps;
import airworthy.probes.accelerator.AcceleratorProbe;
import airworthy.probes.artefact.DownloadProbe;
import airworthy.probes.driver.DriverLogProbe;
import airworthy.probes.exporter.ExporterProbe;
import airworthy.probes.inference.AllocatorProbe;
import airworthy.probes.inference.CanaryProbe;
import airworthy.probes.inference.TokenLatencySignal;
import airworthy.runner.FaultWatch;
import airworthy.runner.Preparation;
import airworthy.runner.watch.AcceleratorWatch;
import airworthy.runner.watch.AuditedWatch;
import airworthy.runner.watch.BurstWatch;
import airworthy.runner.watch.CredentialWatch;
import airworthy.runner.watch.DeviceLostWatch;
import airworthy.runner.watch.DownloadWatch;
import airworthy.runner.watch.DriverMismatchWatch;
import airworthy.runner.watch.FeltWatch;
import airworthy.runner.watch.OutOfMemoryWatch;
import airworthy.runner.watch.QuotaBurstWatch;
import airworthy.runner.watch.SlowReplicaWatch;
import java.time.Duration;
import java.util.Optional;

/** Who sees that a fault holds, for each kind of fault. Thread-safe. */
final class Watches {
    private static final Duration DEFAULT_SCRAPE = Duration.ofSeconds(30);

    /** Tokens that are to be slow are seen so from this part of the factor asked for on. */
    private static final double SLOW_FROM = 0.5;

    /** Who shares a device is hurt when tokens take so many times as long; less is what any machine does now and then. */
    private static final double FELT_FROM = 1.25;

    private final Instruments instruments;
    private final Places places;
    private final AuditRecords audit;

    Watches(Instruments instruments, Places places, AuditRecords audit) {
        this.instruments = instruments;
        this.places = places;
        this.audit = audit;
    }

    /** How a fault of this kind is seen to hold. */
    FaultWatch of(
            ScenarioId scenario,
            Fault fault,
            Preparation.Ready ready,
            Event.Surveyed survey,
            BurstWatch.Sent sent,
            String runLabel,
            EventSink journal,
            Stamps stamps)
            throws InterruptedException {
        return switch (fault) {
            case Fault.Burst _ -> new BurstWatch(scenario, sent, stamps.monotonic());
            case Fault.Overspend _ ->
                new AuditedWatch(
                        scenario, new BurstWatch(scenario, sent, stamps.monotonic()), audit.trail(), journal, stamps);
            case Fault.BadCredentials _ ->
                new AuditedWatch(scenario, new CredentialWatch(scenario, sent), audit.trail(), journal, stamps);
            case Fault.SlowTokens slow ->
                slowReplica(scenario, ready, survey, slow.factor() * SLOW_FROM, runLabel, journal, stamps);
            case Fault.DeviceLost _ ->
                new DeviceLostWatch(
                        deviceHit(scenario, ready.target()),
                        new DeviceLostWatch.Instruments(
                                instruments.devices(),
                                instruments.pods(),
                                new ExporterProbe(instruments.reads()),
                                places.exporterPage(ready.target())),
                        journal,
                        stamps);
            case Fault.DriverMismatch _ ->
                new DriverMismatchWatch(
                        new DriverMismatchWatch.Hit(
                                scenario,
                                name(ready.target(), Dimension.NODE),
                                ready.planned().changes()),
                        new DriverMismatchWatch.Instruments(
                                instruments.nodes(),
                                instruments.pods(),
                                instruments.devices(),
                                new DriverLogProbe(instruments.reads()),
                                places.driverLog(ready.target())),
                        journal,
                        stamps);
            case Fault.MemoryFragmented _ -> outOfMemory(scenario, ready, true, runLabel, journal, stamps);
            case Fault.MemoryExhausted _ -> outOfMemory(scenario, ready, false, runLabel, journal, stamps);
            case Fault.MemoryHeld held -> onDevice(scenario, held, ready);
            case Fault.NoisyNeighbour neighbour ->
                new FeltWatch(
                        onDevice(scenario, neighbour, ready),
                        slowReplica(scenario, ready, survey, FELT_FROM, runLabel, journal, stamps));
            case Fault.QuotaBurst burst ->
                new QuotaBurstWatch(quotaBurst(scenario, burst, ready), instruments.devices(), journal, stamps);
            case Fault.Download download ->
                new DownloadWatch(
                        downloadHit(scenario, download, ready),
                        new DownloadProbe(instruments.reads()),
                        instruments.pods(),
                        journal,
                        stamps);
        };
    }

    private SlowReplicaWatch slowReplica(
            ScenarioId scenario,
            Preparation.Ready ready,
            Event.Surveyed survey,
            double seenFrom,
            String runLabel,
            EventSink journal,
            Stamps stamps)
            throws InterruptedException {
        Target target = ready.target();
        return new SlowReplicaWatch(
                new SlowReplicaWatch.Subject(
                        scenario,
                        target,
                        places.served(target)
                                .orElseThrow(() -> new IllegalStateException("no served model: " + target)),
                        places.asked(ready).map(base -> base.resolve("v1")),
                        Optional.ofNullable(survey.intervalsNs().get("scrape"))
                                .map(Duration::ofNanos)
                                .orElse(DEFAULT_SCRAPE)),
                seenFrom,
                new CanaryProbe(instruments.caller(), runLabel, stamps.monotonic()),
                instruments.prometheus().map(TokenLatencySignal::new),
                journal,
                stamps);
    }

    private FaultWatch outOfMemory(
            ScenarioId scenario,
            Preparation.Ready ready,
            boolean inPieces,
            String runLabel,
            EventSink journal,
            Stamps stamps)
            throws InterruptedException {
        Target target = ready.target();
        return new OutOfMemoryWatch(
                new OutOfMemoryWatch.Hit(
                        scenario,
                        places.served(target)
                                .orElseThrow(() -> new IllegalStateException("no served model: " + target)),
                        target.replica().orElseThrow(),
                        name(target, Dimension.NODE),
                        inPieces),
                new OutOfMemoryWatch.Instruments(
                        new CanaryProbe(instruments.caller(), runLabel, stamps.monotonic()),
                        places.replicaBase(target).map(base -> base.resolve("v1")),
                        new AllocatorProbe(instruments.cluster(), instruments.reads(), instruments.pods()),
                        instruments.pods()),
                journal,
                stamps);
    }

    private FaultWatch onDevice(ScenarioId scenario, Fault.OfAccelerator fault, Preparation.Ready ready) {
        return new AcceleratorWatch(
                scenario,
                fault,
                AcceleratorByPod.device(ready.planned()).orElseThrow(),
                new AcceleratorProbe(instruments.reads()));
    }

    private static QuotaBurstWatch.Burst quotaBurst(
            ScenarioId scenario, Fault.QuotaBurst burst, Preparation.Ready ready) {
        Target target = ready.target();
        return new QuotaBurstWatch.Burst(
                scenario,
                target.namespace().orElseThrow(),
                target.bystanders().stream()
                        .flatMap(names -> Optional.ofNullable(names.get(Dimension.NAMESPACE)).stream())
                        .findFirst(),
                ready.planned().changes(),
                burst);
    }

    private DeviceLostWatch.Hit deviceHit(ScenarioId scenario, Target target) {
        return new DeviceLostWatch.Hit(
                scenario,
                places.served(target)
                        .map(PlatformProfile.Inference::workload)
                        .orElseThrow(() -> new IllegalStateException("no served model: " + target)),
                target.replica().orElseThrow(),
                name(target, Dimension.NODE),
                name(target, Dimension.DEVICE));
    }

    private static DownloadWatch.Hit downloadHit(ScenarioId scenario, Fault.Download fault, Preparation.Ready ready) {
        return new DownloadWatch.Hit(
                scenario,
                fault,
                ready.target().namespace().orElseThrow(),
                ready.target().twin().orElseThrow(),
                ArtefactByProxy.downloads(ready.planned()).orElseThrow());
    }

    private static String name(Target target, Dimension dimension) {
        return Optional.ofNullable(target.names().get(dimension))
                .orElseThrow(() -> new IllegalStateException("no " + dimension.id() + ": " + target));
    }
}
