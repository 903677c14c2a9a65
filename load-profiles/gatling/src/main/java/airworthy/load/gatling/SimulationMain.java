package airworthy.load.gatling;

import airworthy.load.LoadLog;
import airworthy.load.Notice;
import airworthy.load.RequestNotices;
import airworthy.load.Wire;
import io.gatling.javaapi.core.Simulation;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The JVM of somebody's own simulation: {@code SimulationMain <log file> <class>}. Says on standard output when it is warm, and runs
 * the simulation once a line comes on standard input.
 */
public final class SimulationMain {
    private static final int BROKEN = 1;
    private static final int BAD_INPUT = 2;

    /** To get warm with. */
    private static final int USERS = 50;

    private SimulationMain() {}

    /**
     * Runs one simulation. Ends the JVM, whatever Gatling's threads still wait for.
     *
     * @param args the log file, which must not exist, and the simulation's class
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        if (args.length != 2) {
            System.err.println("simulate: found %s, expected: <log file> <class>".formatted(List.of(args)));
            return BAD_INPUT;
        }
        try {
            Optional<Class<? extends Simulation>> simulation = simulation(args[1]);
            if (simulation.isEmpty()) {
                return BAD_INPUT;
            }
            serve(Path.of(args[0]), simulation.get());
            return 0;
        } catch (IOException e) {
            System.err.println("simulate: " + e.getMessage());
            return BROKEN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.err.println("simulate: interrupted");
            return BROKEN;
        }
    }

    private static Optional<Class<? extends Simulation>> simulation(String name) {
        try {
            Class<?> found = Class.forName(name, false, SimulationMain.class.getClassLoader());
            if (Simulation.class.isAssignableFrom(found)) {
                return Optional.of(found.asSubclass(Simulation.class));
            }
            System.err.println("simulate: found " + name + ", expected a subclass of " + Simulation.class.getName());
        } catch (ClassNotFoundException | LinkageError e) {
            System.err.println("simulate: found no class %s on the class path: %s".formatted(name, e));
        }
        return Optional.empty();
    }

    private static void serve(Path log, Class<? extends Simulation> simulation)
            throws IOException, InterruptedException {
        PrintStream notices = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Gatling prints, and so may the simulation; what they say is no notice.
        System.setOut(System.err);
        Wire wire = new Wire();
        warmUp(wire);
        Vitals vitals = new Vitals();
        Tally tally = new Tally();
        try (Recorder recorder = Recorder.open(log);
                ScheduledExecutorService seconds = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("progress").daemon().factory())) {
            notices.println(wire.line(new Notice.Ready(Wire.PROTOCOL, USERS)));
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            commands.readLine();
            Thread.ofPlatform().name("parent").daemon().start(() -> {
                if (hurried(commands)) {
                    finish(recorder, vitals, notices);
                    Runtime.getRuntime().halt(0);
                }
                Runtime.getRuntime().halt(BROKEN);
            });
            vitals.begin();
            var _ = seconds.scheduleAtFixedRate(
                    () -> notices.println(wire.line(new Notice.Progress(tally.progress()))), 1, 1, TimeUnit.SECONDS);
            try {
                new GatlingRun(vitals).run(simulation, ScopedValue.where(Llm.LISTENER, new Recorded(tally, recorder)));
            } catch (RuntimeException e) {
                throw new IOException("%s did not run: %s".formatted(simulation.getName(), told(e)), e);
            } finally {
                seconds.shutdownNow();
            }
            finish(recorder, vitals, notices);
        }
    }

    private static void finish(Recorder recorder, Vitals vitals, PrintStream notices) {
        try {
            LoadLog written = recorder.finish();
            notices.println(new Wire().line(new Notice.Finished(written, vitals.health())));
        } catch (IOException e) {
            System.err.println("simulate: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a second line: finish with what there is. Once the input closes instead, nobody is left to send load for. */
    private static boolean hurried(BufferedReader commands) {
        try {
            return commands.readLine() != null;
        } catch (IOException e) {
            System.err.println("simulate: " + e.getMessage());
            return false;
        }
    }

    /** What went wrong first: Gatling wraps what a simulation's constructor throws. */
    private static String told(Throwable e) {
        Throwable first = e;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first.toString();
    }

    /** By a pool of its own, so that the simulation's first answers are like its last ones. */
    private static void warmUp(Wire wire) throws IOException, InterruptedException {
        try (GatlingEngine engine = GatlingEngine.start(Recorder.to(new RequestNotices(_ -> {})), USERS)) {
            WarmUp.run(engine, wire);
        }
    }
}
