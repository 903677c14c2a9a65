package airworthy.mocks.devices.kubelet;

import airworthy.mocks.devices.kubelet.api.dra.Claim;
import airworthy.mocks.devices.kubelet.api.dra.DRAPluginGrpc;
import airworthy.mocks.devices.kubelet.api.dra.Device;
import airworthy.mocks.devices.kubelet.api.dra.NodePrepareResourceResponse;
import airworthy.mocks.devices.kubelet.api.dra.NodePrepareResourcesRequest;
import airworthy.mocks.devices.kubelet.api.dra.NodePrepareResourcesResponse;
import airworthy.mocks.devices.kubelet.api.dra.NodeUnprepareResourceResponse;
import airworthy.mocks.devices.kubelet.api.dra.NodeUnprepareResourcesRequest;
import airworthy.mocks.devices.kubelet.api.dra.NodeUnprepareResourcesResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.function.Consumer;

/** Answers the kubelet's calls about claims; every claim asked for is in the answer, with its own error if need be. */
final class DraService extends DRAPluginGrpc.DRAPluginImplBase {

    private final ClaimPreparation claims;
    private final Consumer<String> log;

    DraService(ClaimPreparation claims, Consumer<String> log) {
        this.claims = claims;
        this.log = log;
    }

    @Override
    public void nodePrepareResources(
            NodePrepareResourcesRequest request, StreamObserver<NodePrepareResourcesResponse> answer) {
        NodePrepareResourcesResponse.Builder response = NodePrepareResourcesResponse.newBuilder();
        try {
            for (Claim claim : request.getClaimsList()) {
                response.putClaims(claim.getUid(), prepare(ClaimKey.of(claim)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.onError(closing(e));
            return;
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    private NodePrepareResourceResponse prepare(ClaimKey claim) throws InterruptedException {
        NodePrepareResourceResponse.Builder prepared = NodePrepareResourceResponse.newBuilder();
        try {
            for (AllocatedDevice device : claims.prepare(claim)) {
                prepared.addDevices(Device.newBuilder()
                        .addRequestNames(device.request())
                        .setPoolName(device.pool())
                        .setDeviceName(device.device())
                        .addCdiDeviceIds(CdiSpecs.id(claim, device.request())));
            }
            log.accept("prepared claim " + claim);
            return prepared.build();
        } catch (IOException e) {
            log.accept("not prepared: " + e.getMessage());
            return NodePrepareResourceResponse.newBuilder().setError(told(e)).build();
        }
    }

    @Override
    public void nodeUnprepareResources(
            NodeUnprepareResourcesRequest request, StreamObserver<NodeUnprepareResourcesResponse> answer) {
        NodeUnprepareResourcesResponse.Builder response = NodeUnprepareResourcesResponse.newBuilder();
        for (Claim claim : request.getClaimsList()) {
            response.putClaims(claim.getUid(), unprepare(ClaimKey.of(claim)));
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    private NodeUnprepareResourceResponse unprepare(ClaimKey claim) {
        try {
            claims.unprepare(claim);
            log.accept("unprepared claim " + claim);
            return NodeUnprepareResourceResponse.getDefaultInstance();
        } catch (IOException e) {
            log.accept("not unprepared: claim " + claim + ": " + e);
            return NodeUnprepareResourceResponse.newBuilder().setError(told(e)).build();
        }
    }

    private static String told(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static Exception closing(InterruptedException e) {
        return Status.UNAVAILABLE
                .withDescription("the driver is closing")
                .withCause(e)
                .asException();
    }
}
