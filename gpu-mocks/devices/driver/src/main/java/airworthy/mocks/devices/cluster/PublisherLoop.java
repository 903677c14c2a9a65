package airworthy.mocks.devices.cluster;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.incluster.ClusterApi;
import java.time.Duration;
import java.util.function.Consumer;

/** Keeps one node's ResourceSlices as its driver wants them: at each change, and when somebody else changed them. */
public final class PublisherLoop implements AutoCloseable {

    // How long a slice that somebody deleted stays away at most.
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Looping loop;
    private final Accelerators.Subscription subscription;

    /** Starts publishing. */
    public PublisherLoop(ClusterApi api, Accelerators accelerators, Consumer<String> log) {
        SlicePublisher publisher = new SlicePublisher(api, accelerators);
        loop = new Looping(
                "ResourceSlices of " + accelerators.node(),
                PERIOD,
                () -> {
                    if (publisher.reconcile()) {
                        log.accept("published the devices of %s, generation %d"
                                .formatted(accelerators.node(), publisher.generation()));
                    }
                },
                log);
        subscription = accelerators.observe(loop::wake);
    }

    /** Stops; what is published stays, as the kubelet takes the slices of a driver that is gone for long away itself. */
    @Override
    public void close() {
        subscription.close();
        loop.close();
    }
}
