package airworthy.assembly;

import airworthy.load.LoadProcess;
import airworthy.load.LoadProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Starts the load JVM of an installation. */
final class LoadJvm {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** Of util-linux. */
    private static final Path CHRT = Path.of("/usr/bin/chrt");

    private LoadJvm() {}

    /**
     * Returns when it is warm.
     *
     * @param requests the log that it writes, which must not exist
     * @param users requests that may be under way at a time
     * @param progress hears each second how far the load is
     * @throws IOException if it does not get so
     */
    static LoadProcess start(Installation installation, Path requests, int users, Consumer<LoadProgress> progress)
            throws IOException, InterruptedException {
        return LoadProcess.start(
                ChildProcesses.deafToInterrupt(
                        beforeAllElse(),
                        installation.loadCommand(List.of(requests.toString(), Integer.toString(users)))),
                START_LIMIT,
                progress);
    }

    /**
     * Returns when it is warm and would run a simulation.
     *
     * @param requests the log that it writes, which must not exist
     * @param simulation its class
     * @param classPath where that is, before our own jars
     * @param progress hears each second how far it is
     * @throws IOException if it does not get so
     */
    static LoadProcess simulate(
            Installation installation,
            Path requests,
            String simulation,
            List<Path> classPath,
            Consumer<LoadProgress> progress)
            throws IOException, InterruptedException {
        return LoadProcess.start(
                ChildProcesses.deafToInterrupt(
                        beforeAllElse(),
                        installation.simulationCommand(classPath, List.of(requests.toString(), simulation))),
                START_LIMIT,
                progress);
    }

    /**
     * The client's clock comes first: where the system lets us, and load and platform share one machine, its process is
     * scheduled before what it measures. Round robin at the lowest real-time priority, because niceness counts only among
     * processes of one session or control group, and the platform is in others.
     */
    private static List<String> beforeAllElse() {
        boolean may = "root".equals(System.getProperty("user.name")) && Files.isExecutable(CHRT);
        return may ? List.of(CHRT.toString(), "--rr", "1") : List.of();
    }
}
