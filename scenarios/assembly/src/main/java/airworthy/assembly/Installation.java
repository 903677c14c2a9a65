package airworthy.assembly;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the three self-contained folders are that {@code package} makes: {@code harness}, {@code load}, {@code platform}.
 *
 * @param home the folder that holds them
 */
public record Installation(Path home) {
    /** The system property and configuration parameter that names the folder. */
    public static final String HOME = "airworthy.home";

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

    /** How the load JVM is started. Netty wants native access and Unsafe. */
    public List<String> loadCommand(List<String> arguments) {
        return command(
                "load",
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xms128m",
                        "-Xmx256m",
                        "-Xmn64m",
                        // else the first minute holds a full collection, which grows the metaspace
                        "-XX:MetaspaceSize=128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"),
                "airworthy.load.gatling.LoadMain",
                arguments);
    }

    /** How the simulated platform is started. Without nodelay, small writes of its streams wait for each other. */
    public List<String> platformCommand(List<String> arguments) {
        return command(
                "platform",
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Dsun.net.httpserver.nodelay=true",
                        "-Dairworthy.platform.config=" + platformConfig()),
                "airworthy.mocks.platform.PlatformMain",
                arguments);
    }

    /** The configuration of the simulated platform as it ships. */
    public Path platformConfig() {
        return home.resolve("platform").resolve("config");
    }

    private List<String> command(String app, List<String> flags, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(home.resolve(app).resolve("lib") + "/*");
        command.add(main);
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
