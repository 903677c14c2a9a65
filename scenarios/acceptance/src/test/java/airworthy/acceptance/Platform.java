package airworthy.acceptance;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code platform up} as a process of its own. */
final class Platform implements AutoCloseable {
    /** Of all platforms and runs here: the least compression that keeps this module short. */
    static final String TIME_SCALE = "40";

    private static final Duration SIMULATED_READY = Duration.ofSeconds(30);

    private final Harness harness;
    private final Path state;

    private Platform(Harness harness, Path state) {
        this.harness = harness;
        this.state = state;
    }

    /** Starts one with the configuration that ships and waits until it is ready. */
    static Platform start(Harness.Priority priority, Path folder) throws IOException {
        return start(priority, folder, Optional.empty());
    }

    /** Starts one with a configuration of its own. */
    static Platform start(Harness.Priority priority, Path folder, Path config) throws IOException {
        return start(priority, folder, Optional.of(config));
    }

    /** Starts one whose pods find what these variables say, as on a node that has it. */
    static Platform start(Harness.Priority priority, Path folder, Map<String, String> environment) throws IOException {
        return start(priority, folder, simulated(), environment, SIMULATED_READY);
    }

    private static Platform start(Harness.Priority priority, Path folder, Optional<Path> config) throws IOException {
        List<String> arguments = simulated();
        config.ifPresent(path -> arguments.addAll(List.of("--config", path.toString())));
        return start(priority, folder, arguments, Map.of(), SIMULATED_READY);
    }

    private static List<String> simulated() {
        return new ArrayList<>(List.of("platform", "up", "--time-scale", TIME_SCALE));
    }

    /** A copy of the configuration that ships, with one file edited. */
    static Path configWith(Path folder, String file, UnaryOperator<String> edit) throws IOException {
        Path config = folder.resolve("config");
        try (Stream<Path> files = Files.walk(Harness.platformConfig())) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                Path copy = config.resolve(Harness.platformConfig().relativize(each));
                Files.createDirectories(copy.getParent());
                Files.copy(each, copy);
            }
        }
        Path edited = config.resolve(file);
        String before = Files.readString(edited);
        String after = edit.apply(before);
        if (after.equals(before)) {
            throw new IllegalArgumentException("the edit of " + file + " changed nothing");
        }
        Files.writeString(edited, after);
        return config;
    }

    /** Starts one on a real node, as it ships. */
    static Platform startOnK3s(Path folder) throws IOException {
        return start(
                Harness.Priority.BACKGROUND,
                folder,
                List.of("platform", "up", "--on", "k3s"),
                Map.of(),
                Duration.ofMinutes(10));
    }

    private static Platform start(
            Harness.Priority priority,
            Path folder,
            List<String> command,
            Map<String, String> environment,
            Duration readyWithin)
            throws IOException {
        Path state = folder.resolve("state");
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--state", state.toString()));
        Harness harness = Harness.start(priority, folder, environment, arguments.toArray(String[]::new));
        await("the platform says READY")
                .atMost(readyWithin)
                .failFast("the platform ended", () -> !harness.process().isAlive())
                .until(() -> harness.out().lines().anyMatch(line -> line.startsWith("READY")));
        return new Platform(harness, state);
    }

    /** The profile that it wrote. */
    Path profile() {
        return state.resolve("platform.yaml");
    }

    Path kubeconfig() {
        return state.resolve("kubeconfig");
    }

    /** The kubeconfig of the harness's own login. */
    Path login() {
        return state.resolve("airworthy.kubeconfig");
    }

    /** A client of its cluster, as its administrator. */
    KubernetesClient client() throws IOException {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig())))
                .build();
    }

    /** Everything that can be read of it. */
    Dump dump() throws IOException, InterruptedException {
        return Dump.of(kubeconfig());
    }

    /** A copy of its profile with one text replaced, for what a user may get wrong. */
    Path profileWith(Path folder, String found, String instead) throws IOException {
        String text = Files.readString(profile());
        if (!text.contains(found)) {
            throw new IllegalArgumentException("the profile has no \"" + found + "\":\n" + text);
        }
        return Files.writeString(folder.resolve("platform.yaml"), text.replace(found, instead));
    }

    /** The ids of its processes. */
    Set<String> processes() {
        return harness.process()
                .descendants()
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.toSet());
    }

    /** Ends it as a person would, and waits until all that it started is gone: a node takes its container with it. */
    @Override
    public void close() {
        Process process = harness.process();
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        process.destroy();
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
