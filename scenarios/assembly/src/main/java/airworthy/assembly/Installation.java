package airworthy.assembly;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the three self-contained folders are that {@code package} makes: {@code harness}, {@code load}, {@code platform}.
 *
 * @param home the folder that holds them
 */
public record Installation(Path home) {
    /**
     * What Testcontainers is told, where the user does not tell it otherwise. No helper containers, whose images would have
     * to be pulled: the process that starts a node removes it, and the next one removes what a killed one left. Published
     * ports are ours, even where we run in a container ourselves: a node whose notifications cannot reach us is refused
     * anyway.
     */
    public static final Map<String, String> K3S_ENVIRONMENT = Map.of(
            "TESTCONTAINERS_RYUK_DISABLED", "true",
            "TESTCONTAINERS_CHECKS_DISABLE", "true",
            "TESTCONTAINERS_HOST_OVERRIDE", "127.0.0.1");

    /** The system property and configuration parameter that names the folder. */
    public static final String HOME = "airworthy.home";

    /**
     * What was measured, with the client on one core, stands in load-profiles/README.md. Only the first compiler: each change
     * of mind of the second one stopped event loops. Room for 5 s of garbage at 600 requests a second, touched before it is
     * needed, and what lives longer than two collections is not copied again. Without the metaspace the first minute holds
     * a full collection. Netty wants native access and Unsafe.
     */
    private static final List<String> LOAD_FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xms320m",
            "-Xmx384m",
            "-Xmn256m",
            "-XX:MaxTenuringThreshold=2",
            "-XX:+AlwaysPreTouch",
            "-XX:MetaspaceSize=128m",
            "-Dio.netty.leakDetection.level=disabled",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** What the harness's own pods run, as the images that a cluster would pull: by folder, the entry point. */
    private static final SortedMap<String, String> OWN_IMAGES = new TreeMap<>(Map.of(
            "proxy", "airworthy.proxy.ProxyMain",
            "accelerator", "airworthy.accelerator.command.AcceleratorMain"));

    /** The installation that a system property names, if it does. */
    public static Optional<Installation> named() {
        return Optional.ofNullable(System.getProperty(HOME)).map(Path::of).map(Installation::new);
    }

    /** What is missing of it, in words; empty if nothing is. */
    public Optional<String> problem() {
        for (String app : List.of("load", "platform")) {
            Path lib = home.resolve(app).resolve("lib");
            if (!Files.isDirectory(lib)) {
                return Optional.of("found no folder " + lib + ", expected an installation below " + HOME + "=" + home
                        + "; run 'mvn package' in the project's root, or start by its launcher");
            }
        }
        return Optional.empty();
    }

    /** How the load JVM is started. */
    public List<String> loadCommand(List<String> arguments) {
        return command(List.of(jars("load")), LOAD_FLAGS, "airworthy.load.gatling.LoadMain", arguments);
    }

    /** How the JVM of somebody's own simulation is started. */
    public List<String> simulationCommand(List<Path> classPath, List<String> arguments) {
        List<String> all =
                new ArrayList<>(classPath.stream().map(Path::toString).toList());
        all.add(jars("load"));
        return command(all, LOAD_FLAGS, "airworthy.load.gatling.SimulationMain", arguments);
    }

    /** How the program is started that uses a real accelerator. */
    public List<String> acceleratorCommand(List<String> arguments) {
        return command(
                List.of(jars("accelerator")),
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED"),
                "airworthy.accelerator.command.AcceleratorMain",
                arguments);
    }

    /** How the simulated platform is started. Without nodelay, small writes of its streams wait for each other. */
    public List<String> platformCommand(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        if (arguments.contains("up")) {
            OWN_IMAGES.forEach((name, main) -> {
                Path lib = home.resolve(name).resolve("lib");
                if (Files.isDirectory(lib)) {
                    all.addAll(List.of("--image", "airworthy/" + name + "=" + lib + "," + main));
                }
            });
        }
        return command(
                List.of(jars("platform")),
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Dsun.net.httpserver.nodelay=true",
                        "-Dairworthy.platform.config=" + platformConfig()),
                "airworthy.mocks.platform.PlatformMain",
                all);
    }

    /**
     * How the platform on a cluster of its own is started. The configuration that ships is named first, so that another
     * one after it wins.
     */
    public List<String> k3sCommand(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--config", platformConfig().toString(),
                "--testbed", home.resolve("../../gpu-mocks/testbed").normalize().toString(),
                "--app", home.toString()));
        all.addAll(arguments);
        return command(
                List.of(jars("k3s")),
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"),
                "airworthy.mocks.k3s.K3sMain",
                all);
    }

    /** The configuration of the simulated platform as it ships. */
    public Path platformConfig() {
        return home.resolve("platform").resolve("config");
    }

    /** Other gateways than ours that a platform may have, a folder each. */
    Path gateways() {
        return home.resolve("../../gpu-mocks/gateways").normalize();
    }

    private String jars(String app) {
        return home.resolve(app).resolve("lib") + "/*";
    }

    private static List<String> command(
            List<String> classPath, List<String> flags, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(String.join(File.pathSeparator, classPath));
        command.add(main);
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
