package airworthy.faults.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Assignment;
import airworthy.faults.JsonValue;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Event.ClaimPurpose;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ObjectRef;
import airworthy.model.Target;
import airworthy.probes.kubernetes.DeviceProbe;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotaBurstByClaimsTest {
    private static final RunMark MARK = new RunMark("r7", "ops@example.com", Instant.EPOCH);
    private static final Fault BURST = new Fault.QuotaBurst(2, 3);
    private static final int QUOTA = 2;
    /** Quota, as many above, and one in reserve. */
    private static final int ENOUGH = QUOTA + 2 + 3 + 1;

    @Test
    void theQuotaIsFilledThenExceededTwiceThenTheNextTenantAsks() throws InterruptedException {
        Planning.Planned planned = planned(true);
        ClaimLedger ledger = new ClaimLedger(planned.changes(), QUOTA);

        assertThat(claims(planned))
                .extracting(claim -> ledger.asked(claim).orElseThrow())
                .containsExactly(
                        new ClaimLedger.Asked(ClaimPurpose.WITHIN_QUOTA, 1),
                        new ClaimLedger.Asked(ClaimPurpose.WITHIN_QUOTA, 1),
                        new ClaimLedger.Asked(ClaimPurpose.EXCESS, 1),
                        new ClaimLedger.Asked(ClaimPurpose.EXCESS, 1),
                        new ClaimLedger.Asked(ClaimPurpose.EXCESS, 3),
                        new ClaimLedger.Asked(ClaimPurpose.NEXT_TENANT, 1));
        assertThat(planned.devices())
                .as("all that is asked for, as where nothing enforces the quota")
                .isEqualTo(ENOUGH);
        assertThat(planned.namespaces()).containsOnly("tenant-a", "tenant-b");
        assertThat(planned.touches()).containsOnly(Layer.WORKLOAD);
    }

    @Test
    void eachClaimIsFollowedByThePodThatUsesIt() throws InterruptedException {
        Planning.Planned planned = planned(true);
        ClaimLedger ledger = new ClaimLedger(planned.changes(), QUOTA);
        List<ObjectRef> objects = objects(planned);

        assertThat(IntStream.range(0, objects.size() / 2))
                .allSatisfy(pair ->
                        assertThat(ledger.claimOf(objects.get(2 * pair + 1))).contains(objects.get(2 * pair)));
    }

    @Test
    void nothingThatIsMadeTellsWhatItIsFor() throws InterruptedException {
        for (Change change : planned(true).changes()) {
            if (change instanceof Change.CreateObject create) {
                assertThat(create.runLabel()).isEqualTo("r7");
                assertThat(JsonValue.parse(create.manifest())
                                .node()
                                .at("/metadata/labels")
                                .toString())
                        .contains("\"airworthy/run\":\"r7\"");
                assertThat(create.manifest().toLowerCase(Locale.ROOT))
                        .doesNotContain("burst", "quota", "excess", "sch-1", "chaos", "above");
            }
        }
    }

    @Test
    void aTenantWithoutQuotaIsTakenForOneWithTheFaultsOwnNumber() throws InterruptedException {
        try (ToyApi api = cluster(3 + 2 + 3 + 1, false)) {
            assertThat(plan(api))
                    .isInstanceOfSatisfying(
                            Planning.Planned.class,
                            planned -> assertThat(planned.devices()).isEqualTo(3 + 2 + 3 + 1));
        }
    }

    @Test
    void tooFewFreeDevicesAreRefusedWithTheFigures() throws InterruptedException {
        try (ToyApi api = cluster(ENOUGH - 1, true)) {
            assertThat(plan(api))
                    .isInstanceOfSatisfying(
                            Planning.Refused.class,
                            refused -> assertThat(refused.why()).contains("found 7 free", "at least 8"));
        }
    }

    @Test
    void aTenantThatHoldsDevicesIsRefused() throws InterruptedException {
        try (ToyApi api = cluster(ENOUGH + 1, true)) {
            api.put("/apis/resource.k8s.io/v1/namespaces/tenant-a/resourceclaims/held", """
                {"metadata": {"name": "held", "namespace": "tenant-a"},
                 "status": {"allocation": {"devices": {"results": [
                  {"driver": "gpu.example.com", "pool": "node-1", "device": "gpu-0"}]}}}}
                """);

            assertThat(plan(api))
                    .isInstanceOfSatisfying(
                            Planning.Refused.class,
                            refused -> assertThat(refused.why()).contains("tenant-a holds 1 devices already"));
        }
    }

    @Test
    void aClusterWithoutDeviceClassesIsNotReached() throws InterruptedException {
        try (ToyApi api = new ToyApi()) {
            assertThat(plan(api)).isInstanceOf(Planning.NotApplicable.class);
        }
    }

    private static Planning.Planned planned(boolean withQuota) throws InterruptedException {
        try (ToyApi api = cluster(ENOUGH, withQuota)) {
            if (plan(api) instanceof Planning.Planned planned) {
                return planned;
            }
            throw new AssertionError("not planned: " + plan(api));
        }
    }

    private static Planning plan(ToyApi api) throws InterruptedException {
        Target target = new Target(
                "test tenant tenant-a",
                Map.of(Dimension.NAMESPACE, "tenant-a"),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(Map.of(Dimension.NAMESPACE, "tenant-b")));
        return new QuotaBurstByClaims(new DeviceProbe(api.connection()), "example.com/pause:1")
                .plan(new Assignment(BURST, target, Optional.empty(), MARK));
    }

    private static ToyApi cluster(int devices, boolean withQuota) {
        ToyApi api = new ToyApi();
        api.put("/apis/resource.k8s.io/v1/deviceclasses/h100", """
            {"metadata": {"name": "h100"},
             "spec": {"selectors": [{"cel": {"expression": "device.driver == 'gpu.example.com'"}}]}}
            """);
        String names = IntStream.range(0, devices)
                .mapToObj("{\"name\": \"gpu-%d\"}"::formatted)
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        api.put("/apis/resource.k8s.io/v1/resourceslices/node-1", """
            {"metadata": {"name": "node-1"},
             "spec": {"driver": "gpu.example.com", "pool": {"name": "node-1", "generation": 1}, "devices": [%s]}}
            """.formatted(names));
        if (withQuota) {
            api.put("/api/v1/namespaces/tenant-a/resourcequotas/accelerators", """
                {"metadata": {"name": "accelerators", "namespace": "tenant-a"},
                 "spec": {"hard": {"h100.deviceclass.resource.k8s.io/devices": "%d"}}}
                """.formatted(QUOTA));
        }
        return api;
    }

    private static List<ObjectRef> objects(Planning.Planned planned) {
        return planned.changes().stream()
                .map(change -> ((Change.CreateObject) change).object())
                .toList();
    }

    private static List<ObjectRef> claims(Planning.Planned planned) {
        return objects(planned).stream()
                .filter(object -> object.kind().equals("ResourceClaim"))
                .toList();
    }
}
