package airworthy.faults.kubernetes;

import airworthy.faults.JsonValue;
import airworthy.model.Change;
import airworthy.model.Event.ClaimPurpose;
import airworthy.model.ObjectRef;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each claim of a planned burst is for. Told by the order of the plan alone, because nothing on the cluster may
 * tell it: the first claim names the tenant; its claims count as within quota until the quota's devices are reached, and
 * as excess after; claims in any other namespace are the next tenant's.
 */
public final class ClaimLedger {
    private final Map<ObjectRef, Asked> claims = new HashMap<>();
    private final Map<ObjectRef, ObjectRef> usedBy = new HashMap<>();

    /**
     * Reads a plan.
     *
     * @param changes all changes, in the order of making
     * @param hard devices that the tenant may hold
     */
    public ClaimLedger(List<Change> changes, int hard) {
        Optional<String> tenant = Optional.empty();
        int within = 0;
        for (Change change : changes) {
            if (!(change instanceof Change.CreateObject(ObjectRef object, String manifest, String _))) {
                continue;
            }
            JsonNode spec = JsonValue.parse(manifest).node().path("spec");
            if (object.kind().equals("Pod")) {
                String claim = spec.at("/resourceClaims/0/resourceClaimName").asText();
                claims.keySet().stream()
                        .filter(known -> known.namespace().equals(object.namespace()))
                        .filter(known -> known.name().equals(claim))
                        .forEach(known -> usedBy.put(object, known));
            } else if (object.kind().equals("ResourceClaim")) {
                int devices = spec.at("/devices/requests/0/exactly/count").asInt(1);
                if (tenant.isEmpty()) {
                    tenant = object.namespace();
                }
                ClaimPurpose purpose;
                if (!object.namespace().equals(tenant)) {
                    purpose = ClaimPurpose.NEXT_TENANT;
                } else if (within + devices <= hard) {
                    purpose = ClaimPurpose.WITHIN_QUOTA;
                    within += devices;
                } else {
                    purpose = ClaimPurpose.EXCESS;
                }
                claims.put(object, new Asked(purpose, devices));
            }
        }
    }

    /** What an object was asked for, if it is one of the plan's claims. */
    public Optional<Asked> asked(ObjectRef object) {
        return Optional.ofNullable(claims.get(object));
    }

    /** The claim that one of the plan's pods uses. A pod whose claim was refused need not be made. */
    public Optional<ObjectRef> claimOf(ObjectRef pod) {
        return Optional.ofNullable(usedBy.get(pod));
    }

    /**
     * A claim.
     *
     * @param purpose why it is asked for
     * @param devices how many devices it asks for
     */
    public record Asked(ClaimPurpose purpose, int devices) {}
}
