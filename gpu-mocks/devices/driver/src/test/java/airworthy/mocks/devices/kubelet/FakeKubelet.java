package airworthy.mocks.devices.kubelet;

import airworthy.mocks.devices.kubelet.api.dra.Claim;
import airworthy.mocks.devices.kubelet.api.dra.DRAPluginGrpc;
import airworthy.mocks.devices.kubelet.api.dra.NodePrepareResourcesRequest;
import airworthy.mocks.devices.kubelet.api.dra.NodePrepareResourcesResponse;
import airworthy.mocks.devices.kubelet.api.dra.NodeUnprepareResourcesRequest;
import airworthy.mocks.devices.kubelet.api.dra.NodeUnprepareResourcesResponse;
import airworthy.mocks.devices.kubelet.api.health.DRAResourceHealthGrpc;
import airworthy.mocks.devices.kubelet.api.health.DeviceHealth;
import airworthy.mocks.devices.kubelet.api.health.HealthStatus;
import airworthy.mocks.devices.kubelet.api.health.NodeWatchResourcesRequest;
import airworthy.mocks.devices.kubelet.api.health.NodeWatchResourcesResponse;
import airworthy.mocks.devices.kubelet.api.podresources.ClaimResource;
import airworthy.mocks.devices.kubelet.api.podresources.ContainerResources;
import airworthy.mocks.devices.kubelet.api.podresources.DynamicResource;
import airworthy.mocks.devices.kubelet.api.podresources.ListPodResourcesRequest;
import airworthy.mocks.devices.kubelet.api.podresources.ListPodResourcesResponse;
import airworthy.mocks.devices.kubelet.api.podresources.PodResourcesListerGrpc;
import airworthy.mocks.devices.kubelet.api.registration.InfoRequest;
import airworthy.mocks.devices.kubelet.api.registration.PluginInfo;
import airworthy.mocks.devices.kubelet.api.registration.RegistrationGrpc;
import airworthy.mocks.devices.kubelet.api.registration.RegistrationStatus;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The kubelet's side of the sockets in one folder: it introduces itself to the plugin, calls it, and tells about pods. */
public final class FakeKubelet implements AutoCloseable {

    private final KubeletPaths paths;
    private final UnixTransport transport = new UnixTransport();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private volatile ListPodResourcesResponse pods = ListPodResourcesResponse.getDefaultInstance();
    private final UnixServer podResources;

    public FakeKubelet(KubeletPaths paths) throws IOException {
        this.paths = paths;
        podResources = transport.serve(
                paths.podResourcesSocket(), List.of(new PodResourcesListerGrpc.PodResourcesListerImplBase() {
                    @Override
                    public void list(ListPodResourcesRequest request, StreamObserver<ListPodResourcesResponse> answer) {
                        answer.onNext(pods);
                        answer.onCompleted();
                    }
                }));
    }

    public boolean seesPlugin() {
        return Files.exists(paths.registrationSocket());
    }

    PluginInfo info() throws IOException {
        return registration().getInfo(InfoRequest.getDefaultInstance());
    }

    public void tellRegistered(boolean registered, String error) throws IOException {
        var _ = registration()
                .notifyRegistrationStatus(RegistrationStatus.newBuilder()
                        .setPluginRegistered(registered)
                        .setError(error)
                        .build());
    }

    public NodePrepareResourcesResponse prepare(ClaimKey... claims) throws IOException {
        NodePrepareResourcesRequest.Builder request = NodePrepareResourcesRequest.newBuilder();
        for (ClaimKey claim : claims) {
            request.addClaims(message(claim));
        }
        return DRAPluginGrpc.newBlockingStub(channel(endpoint())).nodePrepareResources(request.build());
    }

    NodeUnprepareResourcesResponse unprepare(ClaimKey... claims) throws IOException {
        NodeUnprepareResourcesRequest.Builder request = NodeUnprepareResourcesRequest.newBuilder();
        for (ClaimKey claim : claims) {
            request.addClaims(message(claim));
        }
        return DRAPluginGrpc.newBlockingStub(channel(endpoint())).nodeUnprepareResources(request.build());
    }

    /** Opens a stream of health; every message of it names all devices. */
    public Iterator<NodeWatchResourcesResponse> watchHealth() throws IOException {
        return DRAResourceHealthGrpc.newBlockingStub(channel(endpoint()))
                .nodeWatchResources(NodeWatchResourcesRequest.getDefaultInstance());
    }

    /** Reads a stream until a device is as expected, and returns all devices of that message. */
    public static List<DeviceHealth> awaitHealth(
            Iterator<NodeWatchResourcesResponse> stream, String device, HealthStatus expected) {
        while (true) {
            List<DeviceHealth> all = stream.next().getDevicesList();
            if (all.stream()
                    .anyMatch(one -> one.getDevice().getDeviceName().equals(device) && one.getHealth() == expected)) {
                return all;
            }
        }
    }

    /** Says that a container has a device; the only one that has any. */
    public void runs(String namespace, String pod, String container, String claim, String driver, String device) {
        pods = ListPodResourcesResponse.newBuilder()
                .addPodResources(airworthy.mocks.devices.kubelet.api.podresources.PodResources.newBuilder()
                        .setNamespace(namespace)
                        .setName(pod)
                        .addContainers(ContainerResources.newBuilder()
                                .setName(container)
                                .addDynamicResources(DynamicResource.newBuilder()
                                        .setClaimNamespace(namespace)
                                        .setClaimName(claim)
                                        .addClaimResources(ClaimResource.newBuilder()
                                                .setDriverName(driver)
                                                .setPoolName("gpu-1")
                                                .setDeviceName(device)))))
                .build();
    }

    public void runsNothing() {
        pods = ListPodResourcesResponse.getDefaultInstance();
    }

    private Path endpoint() throws IOException {
        return Path.of(info().getEndpoint());
    }

    private RegistrationGrpc.RegistrationBlockingStub registration() throws IOException {
        return RegistrationGrpc.newBlockingStub(channel(paths.registrationSocket()));
    }

    private ManagedChannel channel(Path socket) throws IOException {
        ManagedChannel channel = transport.connect(socket);
        channels.add(channel);
        return channel;
    }

    private static Claim message(ClaimKey claim) {
        return Claim.newBuilder()
                .setNamespace(claim.namespace())
                .setName(claim.name())
                .setUid(claim.uid())
                .build();
    }

    @Override
    public void close() throws IOException {
        channels.forEach(ManagedChannel::shutdownNow);
        podResources.close();
        transport.close();
    }
}
