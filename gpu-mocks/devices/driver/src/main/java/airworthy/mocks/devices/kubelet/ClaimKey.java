package airworthy.mocks.devices.kubelet;

import airworthy.mocks.devices.kubelet.api.dra.Claim;

/** What the kubelet names a ResourceClaim by. */
public record ClaimKey(String namespace, String name, String uid) {

    static ClaimKey of(Claim claim) {
        return new ClaimKey(claim.getNamespace(), claim.getName(), claim.getUid());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
