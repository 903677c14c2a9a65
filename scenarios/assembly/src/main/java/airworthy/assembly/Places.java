package airworthy.assembly;

import airworthy.faults.traffic.TrafficByProxy;
import airworthy.model.Dimension;
import airworthy.model.PlatformProfile;
import airworthy.model.Target;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.Replica;
import airworthy.probes.kubernetes.Workload;
import airworthy.runner.Preparation;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Where the parts of a target answer: its replica, the Service before it, its accelerators' driver. Thread-safe. */
final class Places {
    /** By convention where a pod's series are. */
    private static final String SCRAPE_PORT = "prometheus.io/port";

    /** A driver says little; its latest words are what counts. */
    private static final int DRIVER_LOG_LINES = 500;

    private final Instruments instruments;

    Places(Instruments instruments) {
        this.instruments = instruments;
    }

    /** The served model that is hit. */
    Optional<PlatformProfile.Inference> served(Target target) {
        return instruments.profile().inference().stream()
                .filter(each -> target.inference().filter(each.name()::equals).isPresent())
                .findFirst();
    }

    /** Where a question meets what the fault does: at the replica, or at the Service where the fault stands before it. */
    Reading<URI> asked(Preparation.Ready ready) throws InterruptedException {
        Optional<TrafficByProxy.Through> through = TrafficByProxy.through(ready.planned());
        return through.isPresent()
                ? new Reading.Present<>(instruments
                        .cluster()
                        .serviceAddress(
                                through.get().namespace(),
                                through.get().service(),
                                through.get().port()))
                : replicaBase(ready.target());
    }

    /** Where a replica offers levers, if the profile says that it does. */
    Reading<URI> leverBase(Target target) throws InterruptedException {
        return instruments.profile().mocks().modelServers()
                ? replicaBase(target)
                : new Reading.Absent<>("the profile does not say that model servers are mocks (mocks.modelServers)");
    }

    /** Where a replica answers by itself. */
    Reading<URI> replicaBase(Target target) throws InterruptedException {
        Optional<PlatformProfile.Inference> served = served(target);
        if (served.isEmpty() || target.replica().isEmpty()) {
            return new Reading.Absent<>(target.description() + " is no replica of a served model");
        }
        return switch (instruments.workloads().workload(served.get().workload())) {
            case Reading.Absent<Workload>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<Workload>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<Workload>(Workload workload) ->
                workload.replicas().stream()
                        .filter(replica ->
                                target.replica().filter(replica.name()::equals).isPresent())
                        .map(replica -> instruments
                                .cluster()
                                .podAddress(
                                        served.get().workload().namespace(),
                                        replica.name(),
                                        served.get().podPort()))
                        .<Reading<URI>>map(Reading.Present::new)
                        .findFirst()
                        .orElseGet(() -> new Reading.Absent<>(target.description() + " is no replica any more"));
        };
    }

    /** Where the driver of the target's device offers its levers. */
    Reading<URI> driverBase(Target target) throws InterruptedException {
        return driver(target).map(pod -> driverAddress(pod, mockDevices().port()));
    }

    /** The page of the exporter beside that driver, at the port that its pod tells scrapers. */
    Reading<URI> exporterPage(Target target) throws InterruptedException {
        return switch (driver(target)) {
            case Reading.Present<Replica>(Replica pod) ->
                pod.metadata()
                        .value(SCRAPE_PORT)
                        .<Reading<URI>>map(port -> new Reading.Present<>(
                                driverAddress(pod, Integer.parseInt(port)).resolve("metrics")))
                        .orElseGet(
                                () -> new Reading.Absent<>("pod " + pod.name() + " has no annotation " + SCRAPE_PORT));
            case Reading.Absent<Replica>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<Replica>(String why) -> new Reading.Unreadable<>(why);
        };
    }

    /** The log of that driver's pod. */
    Reading<URI> driverLog(Target target) throws InterruptedException {
        return driver(target)
                .map(pod -> instruments.cluster().podLog(mockDevices().namespace(), pod.name(), DRIVER_LOG_LINES));
    }

    private URI driverAddress(Replica pod, int port) {
        return instruments.cluster().podAddress(mockDevices().namespace(), pod.name(), port);
    }

    private PlatformProfile.MockDevices mockDevices() {
        return instruments.profile().mockDevices().orElseThrow();
    }

    private Reading<Replica> driver(Target target) throws InterruptedException {
        Optional<PlatformProfile.MockDevices> mock = instruments.profile().mockDevices();
        Optional<String> node = Optional.ofNullable(target.names().get(Dimension.NODE));
        if (mock.isEmpty() || node.isEmpty()) {
            return new Reading.Absent<>(
                    mock.isEmpty() ? "the profile has no mocks.devices" : target.description() + " is on no node");
        }
        String told = "pods of namespace " + mock.get().namespace() + " on node " + node.get() + " with labels "
                + new TreeMap<>(mock.get().labels());
        return switch (instruments
                .pods()
                .onNode(node.get(), mock.get().namespace(), mock.get().labels())) {
            case Reading.Present<List<Replica>>(List<Replica> drivers)
            when drivers.size() == 1 -> new Reading.Present<>(drivers.getFirst());
            case Reading.Present<List<Replica>>(List<Replica> drivers)
            when drivers.isEmpty() -> new Reading.Absent<>(told + ": found none");
            case Reading.Present<List<Replica>>(List<Replica> drivers) ->
                new Reading.Unreadable<>(told + ": found " + drivers.size() + ", expected one");
            case Reading.Absent<List<Replica>>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<List<Replica>>(String why) -> new Reading.Unreadable<>(why);
        };
    }
}
