package airworthy.faults.mock;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Applied;
import airworthy.faults.Assignment;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.faults.TestServer;
import airworthy.faults.kubernetes.NewWork;
import airworthy.faults.kubernetes.ToyApi;
import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ObjectRef;
import airworthy.model.Restoration;
import airworthy.model.Target;
import airworthy.model.Undo;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.NodeProbe;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverMismatchByLeverTest {
    private static final String LEVER = "/admin/levers/libraryVersion";
    private static final RunMark MARK = new RunMark("r7", "ops@example.com", Instant.EPOCH);

    private final AtomicReference<String> library = new AtomicReference<>("\"550.163.1\"");
    private final TestServer driver = new TestServer(this::answer);
    private final HttpCaller http = new HttpCaller(Names.none(), Limits.standard());
    private final ToyApi api = new ToyApi();

    DriverMismatchByLeverTest() {
        api.put("/apis/resource.k8s.io/v1/deviceclasses/gpu", """
            {"metadata": {"name": "gpu"},
             "spec": {"selectors": [{"cel": {"expression": "device.driver == 'gpu.nvidia.com'"}}]}}
            """);
        for (String node : List.of("gpu-1", "gpu-2")) {
            api.put("/api/v1/nodes/" + node, "{\"metadata\": {\"name\": \"%s\"}}".formatted(node));
            devices(node, "[{\"name\": \"gpu-0\"}, {\"name\": \"gpu-1\"}]");
        }
        quota(2);
    }

    private TestServer.Reply answer(String method, String path, String body) {
        if (!path.equals(LEVER)) {
            return new TestServer.Reply(404, "{}");
        }
        if (method.equals("PUT")) {
            library.set(body.replaceFirst(".*\"value\":(\"[^\"]*\").*", "$1"));
        }
        return new TestServer.Reply(200, "{\"value\": " + library.get() + "}");
    }

    @AfterEach
    void close() {
        http.close();
        driver.close();
        api.close();
    }

    @Test
    void theLibraryIsInstalledFirstAndThenSomebodyAsksForADevice() throws InterruptedException {
        Planning.Planned planned = (Planning.Planned) plan(node());

        assertThat(planned.changes().getFirst())
                .isEqualTo(new Change.PullLever(driver.at(LEVER), "\"570.195.3\"", "\"550.163.1\""));
        assertThat(planned.changes().stream().skip(1).map(change -> ((Change.CreateObject) change).object()))
                .containsExactly(
                        new ObjectRef("resource.k8s.io/v1", "ResourceClaim", Optional.of("tenant-x"), "aw-r7-0"),
                        new ObjectRef("v1", "Pod", Optional.of("tenant-x"), "aw-r7-0"));
        assertThat(planned.touches()).containsOnly(Layer.NVML, Layer.DEVICE_TAINT, Layer.EXPORTER, Layer.WORKLOAD);
        assertThat(planned.namespaces()).containsOnly("tenant-x");
        assertThat(planned.devices()).as("two of the node, and the claim's own").isEqualTo(3);
        assertThat(library).as("planning only reads").hasValue("\"550.163.1\"");
    }

    @Test
    void theLeverCanBePulledAndPutBack() throws InterruptedException {
        Change pull = ((Planning.Planned) plan(node())).changes().getFirst();
        LeverActuator actuator = new LeverActuator(http);

        assertThat(actuator.apply(pull)).isInstanceOf(Applied.Done.class);
        assertThat(library).hasValue("\"570.195.3\"");
        assertThat(actuator.restore((Undo.PutLeverBack) pull.undo())).isInstanceOf(Restoration.Restored.class);
        assertThat(library).hasValue("\"550.163.1\"");
    }

    @Test
    void whereNoOtherNodeHasADeviceNobodyIsAsked() throws InterruptedException {
        devices("gpu-2", "[]");
        Planning.Planned planned = (Planning.Planned) plan(node());

        assertThat(planned.changes()).hasSize(1);
        assertThat(planned.namespaces()).isEmpty();
        assertThat(planned.devices()).isEqualTo(2);
    }

    @Test
    void aNodeWithoutAFreeDeviceIsRefused() throws InterruptedException {
        devices("gpu-1", "[{\"name\": \"gpu-0\", \"taints\": [{\"key\": \"x\", \"effect\": \"NoSchedule\"}]}]");

        assertThat(plan(node()))
                .isInstanceOfSatisfying(
                        Planning.Refused.class,
                        refused -> assertThat(refused.why()).contains("node gpu-1 has no free accelerator"));
    }

    @Test
    void aTenantWithoutRoomToSpareIsRefused() throws InterruptedException {
        quota(1);

        assertThat(plan(node()))
                .isInstanceOfSatisfying(
                        Planning.Refused.class,
                        refused -> assertThat(refused.why()).contains("tenant-x has 1 devices left", "at least 2"));
    }

    @Test
    void aLibraryThatIsInstalledAlreadyIsRefused() throws InterruptedException {
        library.set("\"570.195.3\"");

        assertThat(plan(node())).isInstanceOf(Planning.Refused.class);
    }

    @Test
    void withoutANodeADriverOrATenantItDoesNotApply() throws InterruptedException {
        assertThat(plan(Map.of())).isInstanceOf(Planning.NotApplicable.class);
        assertThat(plan(node(), new Reading.Absent<>("no pod"), Optional.of("tenant-x")))
                .isInstanceOf(Planning.NotApplicable.class);
        assertThat(plan(node(), new Reading.Unreadable<>("403"), Optional.of("tenant-x")))
                .isInstanceOf(Planning.Refused.class);
        assertThat(plan(node(), new Reading.Present<>(driver.at("/")), Optional.empty()))
                .isInstanceOf(Planning.NotApplicable.class);
    }

    private static Map<Dimension, String> node() {
        return Map.of(Dimension.NODE, "gpu-1");
    }

    private Planning plan(Map<Dimension, String> names) throws InterruptedException {
        return plan(names, new Reading.Present<>(driver.at("/")), Optional.of("tenant-x"));
    }

    private Planning plan(Map<Dimension, String> names, Reading<URI> address, Optional<String> tenant)
            throws InterruptedException {
        Target target = new Target("node gpu-1", names, Map.of(), Optional.empty(), Optional.empty(), List.of());
        NewWork work = new NewWork(
                new DeviceProbe(api.connection()), new NodeProbe(api.connection()), tenant, "example.com/pause:1");
        return new DriverMismatchByLever(_ -> address, work, http)
                .plan(new Assignment(new Fault.DriverMismatch("570.195.3"), target, Optional.empty(), MARK));
    }

    private void devices(String node, String devices) {
        api.put("/apis/resource.k8s.io/v1/resourceslices/" + node, """
            {"metadata": {"name": "%1$s"},
             "spec": {"driver": "gpu.nvidia.com", "nodeName": "%1$s", "pool": {"name": "%1$s", "generation": 1},
              "devices": %2$s}}
            """.formatted(node, devices));
    }

    private void quota(int hard) {
        api.put("/api/v1/namespaces/tenant-x/resourcequotas/accelerators", """
            {"metadata": {"name": "accelerators", "namespace": "tenant-x"},
             "spec": {"hard": {"gpu.deviceclass.resource.k8s.io/devices": "%d"}},
             "status": {"used": {"gpu.deviceclass.resource.k8s.io/devices": "0"}}}
            """.formatted(hard));
    }
}
