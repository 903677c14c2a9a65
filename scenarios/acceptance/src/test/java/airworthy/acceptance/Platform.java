package airworthy.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code platform up} as a process of its own. Closing it closes its standard input, which ends it. */
final class Platform implements AutoCloseable {
    /** Of all platforms and runs here: the least compression that keeps this module short. */
    static final String TIME_SCALE = "60";

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

    private static Platform start(Harness.Priority priority, Path folder, Optional<Path> config) throws IOException {
        Path state = folder.resolve("state");
        List<String> arguments =
                new ArrayList<>(List.of("platform", "up", "--state", state.toString(), "--time-scale", TIME_SCALE));
        config.ifPresent(path -> arguments.addAll(List.of("--config", path.toString())));
        Harness harness = Harness.startWithInput(priority, folder, Harness.command(arguments));
        await("the platform says READY")
                .atMost(Duration.ofSeconds(30))
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

    @Override
    public void close() throws IOException {
        Process process = harness.process();
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        process.getOutputStream().close();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
