package airworthy.mocks.devices.kubelet;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.SliceContent;
import airworthy.mocks.devices.kubelet.api.registration.PluginInfo;
import io.grpc.BindableService;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** A running plugin: the kubelet finds it by its registration socket and calls it on its own. */
public final class KubeletPlugin implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("health-beat").factory());
    private final List<UnixServer> servers = new ArrayList<>();

    private KubeletPlugin() {}

    /**
     * Starts serving.
     *
     * @param library what containers find beside their devices
     * @param onRefusal is given the kubelet's reason when it refuses the plugin
     */
    public static KubeletPlugin start(
            UnixTransport transport,
            KubeletPaths paths,
            Accelerators accelerators,
            Allocations allocations,
            DriverLibrary library,
            Consumer<String> log,
            Consumer<String> onRefusal)
            throws IOException {
        KubeletPlugin plugin = new KubeletPlugin();
        List<BindableService> services = new ArrayList<>();
        PluginInfo.Builder info = PluginInfo.newBuilder()
                .setType("DRAPlugin")
                .setName(SliceContent.DRIVER)
                .setEndpoint(paths.draSocket().toString())
                .addSupportedVersions("v1.DRAPlugin");
        services.add(new DraService(
                new ClaimPreparation(accelerators, allocations, new CdiSpecs(paths.cdi(), library)), log));
        if (accelerators.watchesHealth()) {
            services.add(new HealthService(accelerators, plugin.timer, InstantSource.system(), HealthService.PERIOD));
            info.addSupportedVersions("v1alpha1.DRAResourceHealth");
        }
        try {
            plugin.servers.add(transport.serve(paths.draSocket(), services));
            // Last: from here on the kubelet may call.
            plugin.servers.addFirst(transport.serve(
                    paths.registrationSocket(), List.of(new RegistrationService(info.build(), log, onRefusal))));
            return plugin;
        } catch (IOException e) {
            plugin.close();
            throw e;
        }
    }

    /** Takes the registration back, then stops serving. */
    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        for (UnixServer server : servers) {
            server.close();
        }
    }
}
