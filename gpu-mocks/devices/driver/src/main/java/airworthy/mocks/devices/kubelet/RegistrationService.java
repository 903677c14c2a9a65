package airworthy.mocks.devices.kubelet;

import airworthy.mocks.devices.kubelet.api.registration.InfoRequest;
import airworthy.mocks.devices.kubelet.api.registration.PluginInfo;
import airworthy.mocks.devices.kubelet.api.registration.RegistrationGrpc;
import airworthy.mocks.devices.kubelet.api.registration.RegistrationStatus;
import airworthy.mocks.devices.kubelet.api.registration.RegistrationStatusResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/** Introduces the plugin to the kubelet and hears whether it was taken. */
final class RegistrationService extends RegistrationGrpc.RegistrationImplBase {

    private final PluginInfo info;
    private final Consumer<String> log;
    private final Consumer<String> onRefusal;

    /**
     * @param onRefusal is given the kubelet's reason when it refuses the plugin
     */
    RegistrationService(PluginInfo info, Consumer<String> log, Consumer<String> onRefusal) {
        this.info = info;
        this.log = log;
        this.onRefusal = onRefusal;
    }

    @Override
    public void getInfo(InfoRequest request, StreamObserver<PluginInfo> answer) {
        answer.onNext(info);
        answer.onCompleted();
    }

    @Override
    public void notifyRegistrationStatus(RegistrationStatus status, StreamObserver<RegistrationStatusResponse> answer) {
        answer.onNext(RegistrationStatusResponse.getDefaultInstance());
        answer.onCompleted();
        if (status.getPluginRegistered()) {
            log.accept("the kubelet registered %s with %s".formatted(info.getName(), info.getSupportedVersionsList()));
        } else {
            onRefusal.accept("the kubelet refused plugin %s (%s): %s"
                    .formatted(info.getName(), info.getSupportedVersionsList(), status.getError()));
        }
    }
}
