package airworthy.cli;

import airworthy.assembly.HarnessVersion;
import airworthy.assembly.Installation;
import airworthy.assembly.SimulationRun;
import airworthy.load.measures.LoadSettings;
import airworthy.model.Slo;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code airworthy simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs a Gatling simulation of your own, written in Java, in a JVM of its own, and measures what its llm(..)",
            "steps live through, as `load` does. Gatling's own writers are off unless your class path has a gatling.conf."
        },
        footer = {
            "",
            "In the simulation:",
            "  import static airworthy.load.gatling.Llm.llm;",
            "  exec(llm(\"chat\").at(\"http://127.0.0.1:8000/v1\").model(\"m\").stream(\"Hello\"))",
            "",
            "For example:",
            "  airworthy simulate --class my.Visitors --class-path target/classes",
            "",
            "Exit codes: 0 measured, 3 nothing whole was answered or the client is not to be trusted, 2 bad input."
        })
final class SimulateCommand implements Callable<Integer> {
    @Option(names = "--class", required = true, paramLabel = "NAME", description = "the simulation")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private String simulation;

    @Option(
            names = "--class-path",
            required = true,
            split = ":",
            paramLabel = "PATH",
            description = "folders and jars with it and what it needs, between colons; Gatling and llm(..) are there")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private List<Path> classPath;

    @Option(
            names = "--first-token",
            defaultValue = "450ms",
            paramLabel = "TIME",
            description =
                    "the bound on the first token that goodput is held against (default: ${DEFAULT-VALUE}, as MLPerf's"
                            + " Llama2-70B interactive)")
    @SuppressWarnings("NullAway.Init") // picocli gives it its default
    private String firstToken;

    @Option(
            names = "--token-time",
            defaultValue = "40ms",
            paramLabel = "TIME",
            description = "and on the time a token (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli gives it its default
    private String tokenTime;

    @Option(names = "--out", paramLabel = "DIR", description = "a new folder for the files (default: loads/<time>)")
    private @Nullable Path out;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>();
        Optional<Installation> installation = Installation.named();
        if (installation.isEmpty()) {
            problems.add("simulate: found no installation; start by the project's launcher");
        }
        for (Path part : classPath) {
            if (!Files.exists(part)) {
                problems.add("simulate: --class-path: found nothing at " + part);
            }
        }
        if (problems.isEmpty() && !isThere()) {
            problems.add("simulate: --class: found no " + simulation + " on --class-path");
        }
        Optional<Duration> first = TimeOption.read("simulate", "--first-token", firstToken, problems);
        Optional<Duration> each = TimeOption.read("simulate", "--token-time", tokenTime, problems);
        if (!problems.isEmpty()) {
            problems.forEach(spec.commandLine().getErr()::println);
            return ExitCode.BAD_INPUT.code();
        }
        Instant begun = Instant.now();
        Path folder = LoadCommand.folder(out, begun);
        SimulationRun.Order order = new SimulationRun.Order(
                installation.orElseThrow(),
                folder,
                HarnessVersion.current(),
                begun,
                new LoadSettings.Simulation(simulation),
                classPath,
                new Slo(first.orElseThrow(), each.orElseThrow()));
        return new MeasuredLoad(
                        "simulate",
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr())
                .tell(folder, (progress, stop) -> SimulationRun.run(order, progress, stop));
    }

    /** Looks, and loads nothing: its Gatling is not ours. */
    private boolean isThere() throws IOException {
        List<URL> places = new ArrayList<>();
        for (Path part : classPath) {
            places.add(part.toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(places.toArray(URL[]::new), null)) {
            return loader.findResource(simulation.replace('.', '/') + ".class") != null;
        }
    }
}
