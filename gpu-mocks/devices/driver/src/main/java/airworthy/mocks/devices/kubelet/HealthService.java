package airworthy.mocks.devices.kubelet;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.Device;
import airworthy.mocks.devices.Health;
import airworthy.mocks.devices.kubelet.api.health.DRAResourceHealthGrpc;
import airworthy.mocks.devices.kubelet.api.health.DeviceHealth;
import airworthy.mocks.devices.kubelet.api.health.DeviceIdentifier;
import airworthy.mocks.devices.kubelet.api.health.HealthStatus;
import airworthy.mocks.devices.kubelet.api.health.NodeWatchResourcesRequest;
import airworthy.mocks.devices.kubelet.api.health.NodeWatchResourcesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Streams the health of all devices to whoever watches: at once, on each change, and often enough to stay believed. */
final class HealthService extends DRAResourceHealthGrpc.DRAResourceHealthImplBase {

    // The kubelet takes a device that it has not heard of for 30 s for unknown.
    static final Duration PERIOD = Duration.ofSeconds(10);

    private final Accelerators accelerators;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final Duration period;

    HealthService(Accelerators accelerators, ScheduledExecutorService timer, InstantSource clock, Duration period) {
        this.accelerators = accelerators;
        this.timer = timer;
        this.clock = clock;
        this.period = period;
    }

    @Override
    public void nodeWatchResources(
            NodeWatchResourcesRequest request, StreamObserver<NodeWatchResourcesResponse> answer) {
        Watcher watcher = new Watcher((ServerCallStreamObserver<NodeWatchResourcesResponse>) answer);
        watcher.stream.setOnCancelHandler(watcher::stop);
        watcher.start();
    }

    private NodeWatchResourcesResponse all() {
        NodeWatchResourcesResponse.Builder all = NodeWatchResourcesResponse.newBuilder();
        long now = clock.instant().getEpochSecond();
        for (Device device : accelerators.devices()) {
            Health health = accelerators.health(device);
            all.addDevices(DeviceHealth.newBuilder()
                    .setDevice(DeviceIdentifier.newBuilder()
                            .setPoolName(accelerators.node())
                            .setDeviceName(device.name()))
                    .setHealth(status(health.status()))
                    .setMessage(health.message())
                    .setLastUpdatedTime(now));
        }
        return all.build();
    }

    private static HealthStatus status(Health.Status status) {
        return switch (status) {
            case HEALTHY -> HealthStatus.HEALTHY;
            case UNHEALTHY -> HealthStatus.UNHEALTHY;
            case UNKNOWN -> HealthStatus.UNKNOWN;
        };
    }

    /** One stream. Each message is made under its lock, so that the last one sent is the newest. */
    private final class Watcher {

        private final ServerCallStreamObserver<NodeWatchResourcesResponse> stream;
        private final ReentrantLock lock = new ReentrantLock();
        private final List<Runnable> ends = new ArrayList<>();
        private boolean stopped;

        Watcher(ServerCallStreamObserver<NodeWatchResourcesResponse> stream) {
            this.stream = stream;
        }

        void start() {
            lock.lock();
            try {
                if (!stopped) {
                    ends.add(accelerators.observe(this::send)::close);
                    ScheduledFuture<?> beat =
                            timer.scheduleWithFixedDelay(this::send, 0, period.toMillis(), TimeUnit.MILLISECONDS);
                    ends.add(() -> beat.cancel(false));
                }
            } finally {
                lock.unlock();
            }
        }

        void stop() {
            lock.lock();
            try {
                stopped = true;
                ends.forEach(Runnable::run);
            } finally {
                lock.unlock();
            }
        }

        private void send() {
            lock.lock();
            try {
                if (!stopped) {
                    stream.onNext(all());
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
