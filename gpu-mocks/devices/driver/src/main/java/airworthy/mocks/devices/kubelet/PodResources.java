package airworthy.mocks.devices.kubelet;

import airworthy.mocks.devices.SliceContent;
import airworthy.mocks.devices.kubelet.api.podresources.ClaimResource;
import airworthy.mocks.devices.kubelet.api.podresources.ContainerResources;
import airworthy.mocks.devices.kubelet.api.podresources.DynamicResource;
import airworthy.mocks.devices.kubelet.api.podresources.ListPodResourcesRequest;
import airworthy.mocks.devices.kubelet.api.podresources.ListPodResourcesResponse;
import airworthy.mocks.devices.kubelet.api.podresources.PodResourcesListerGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the kubelet tells about who uses which device. */
public final class PodResources implements AutoCloseable {

    private static final int LIMIT_SECONDS = 5;

    private final Path socket;
    private final ManagedChannel channel;

    /** Connects when first asked. */
    public PodResources(UnixTransport transport, Path socket) throws IOException {
        this.socket = socket;
        this.channel = transport.connect(socket);
    }

    /** Returns every use of a device of this driver on this node. */
    public List<DeviceUse> uses() throws IOException {
        ListPodResourcesResponse response;
        try {
            response = PodResourcesListerGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .list(ListPodResourcesRequest.getDefaultInstance());
        } catch (StatusRuntimeException e) {
            throw new IOException("the kubelet's pod resources on " + socket + ": " + e.getStatus(), e);
        }
        List<DeviceUse> uses = new ArrayList<>();
        response.getPodResourcesList()
                .forEach(pod -> pod.getContainersList()
                        .forEach(container -> collect(pod.getNamespace(), pod.getName(), container, uses)));
        return uses;
    }

    private static void collect(String namespace, String pod, ContainerResources container, List<DeviceUse> uses) {
        for (DynamicResource resource : container.getDynamicResourcesList()) {
            for (ClaimResource device : resource.getClaimResourcesList()) {
                if (device.getDriverName().equals(SliceContent.DRIVER)) {
                    uses.add(new DeviceUse(
                            namespace,
                            pod,
                            container.getName(),
                            resource.getClaimName(),
                            device.getPoolName(),
                            device.getDeviceName()));
                }
            }
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
