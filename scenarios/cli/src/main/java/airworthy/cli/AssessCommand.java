package airworthy.cli;

import airworthy.assembly.CannotAssessException;
import airworthy.assembly.Catalogue;
import airworthy.assembly.Installation;
import airworthy.assembly.SeededConfig;
import airworthy.engine.AirworthyTestEngine;
import airworthy.format.SuiteReader;
import airworthy.format.journal.JournalDamagedException;
import airworthy.model.Scorecard;
import airworthy.reports.judge.Judge;
import airworthy.reports.render.terminal.TerminalCard;
import airworthy.reports.render.terminal.TerminalStyle;
import airworthy.runner.Outputs;
import airworthy.runner.RunFolder;
import airworthy.runner.StoredRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code airworthy assess}. */
@Command(
        name = "assess",
        mixinStandardHelpOptions = true,
        description = {
            "Assesses a platform: breaks it, watches, heals it, and prints a scorecard.",
            "With no platform named, the simulated one is started and assessed: a self-test of this program.",
            "With --target k3s, a real Kubernetes node is started in a container, with real Prometheus and"
                    + " Alertmanager."
        })
final class AssessCommand implements Callable<Integer> {
    @Option(
            names = "--platform",
            paramLabel = "FILE",
            description = "the platform's profile (platform.yaml); the simulated platform if not given")
    private @Nullable Path platform;

    @Option(
            names = "--target",
            paramLabel = "KIND",
            defaultValue = "simulated",
            description = "what is started where no --platform is named: simulated or k3s (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli gives it its default
    private Target target;

    /** Platforms that this program starts itself. */
    private enum Target {
        SIMULATED,
        K3S;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "where runs are kept; each gets a folder of its own (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli gives it its default
    private Path runs;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "what every choice by chance is drawn from (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--time-scale",
            paramLabel = "N",
            description =
                    "how much the platform that is started is compressed; a profile states its own (default: 30, and"
                            + " 20 on k3s)")
    private @Nullable Integer timeScale;

    @Option(
            names = "--at-a-time",
            paramLabel = "N",
            description =
                    "scenarios that may run at a time where they do not touch the same things (default: 4, and 1 on"
                            + " k3s, where the node shares the machine with the load)")
    private @Nullable Integer atATime;

    @Option(
            names = "--defect",
            paramLabel = "ID",
            description =
                    "seed the platform that is started with this defect, for example SRV-4/routing-ignores-latency;"
                            + " repeatable")
    private List<String> defects = List.of();

    @Option(
            names = "--control",
            description = "change nothing: go through all phases under load, and report whatever the platform raises by"
                    + " itself (exit code 0: nothing, 1: something, 3: not known)")
    private boolean control;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "only scenarios of this capability or severity, for example serving or critical; repeatable")
    private List<String> tags = List.of();

    @Parameters(
            paramLabel = "SUITE",
            arity = "0..1",
            description = "a folder of scenarios or one scenario file; the suite that ships if not given")
    private @Nullable Path suite;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (atATime != null && atATime < 1) {
            err.println("assess: --at-a-time: found " + atATime + ", expected 1 or more");
            return ExitCode.BAD_INPUT.code();
        }
        if (defects.isEmpty()) {
            return assess(out, err, Optional.empty());
        }
        Optional<Installation> installation = Installation.named();
        Optional<String> problem = installation.isPresent()
                ? installation.get().problem()
                : Optional.of("found no installation; start by the project's launcher");
        if (problem.isPresent()) {
            err.println("assess: " + problem.get());
            return ExitCode.BAD_INPUT.code();
        }
        try (SeededConfig config = SeededConfig.of(installation.get(), defects)) {
            return assess(out, err, Optional.of(config.folder()));
        } catch (CannotAssessException e) {
            e.problems().forEach(err::println);
            return ExitCode.BAD_INPUT.code();
        }
    }

    private int assess(PrintWriter out, PrintWriter err, Optional<Path> config) throws IOException {
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new AirworthyTestEngine())
                .build());
        DiscoveryProblems problems = new DiscoveryProblems();
        TestPlan plan = launcher.discover(request(config, problems));
        if (!problems.all().isEmpty()) {
            problems.all().forEach(err::println);
            return ExitCode.BAD_INPUT.code();
        }
        if (!plan.containsTests()) {
            err.println("airworthy: no scenario is selected; `airworthy list` shows what there is.");
            return ExitCode.BAD_INPUT.code();
        }
        CancellationToken token = CancellationToken.create();
        FlightRecorder recorder = new FlightRecorder(ProgressView.of(out));
        try (Interrupts interrupts = Interrupts.heal(token, err)) {
            launcher.execute(LauncherExecutionRequestBuilder.request(plan)
                    .listeners(recorder)
                    .cancellationToken(token)
                    .build());
            int code = finish(out, err, recorder);
            interrupts.ended(code == ExitCode.NOT_RESTORED.code() ? code : ExitCode.INCONCLUSIVE.code());
            return code;
        }
    }

    private LauncherDiscoveryRequest request(Optional<Path> config, DiscoveryProblems problems) {
        DiscoverySelector selector = suite == null
                ? DiscoverySelectors.selectClasspathResource(Catalogue.V1 + "/" + SuiteReader.SUITE_FILE)
                : suite.toFile().isDirectory()
                        ? DiscoverySelectors.selectDirectory(suite.toFile())
                        // by its name: a File would have to exist, and what is missing is told in our own words
                        : DiscoverySelectors.selectFile(suite.toString());
        Map<String, String> parameters = new HashMap<>();
        // else discovery itself throws at the first problem; all of them are printed instead, and nothing is executed
        parameters.put(LauncherConstants.DISCOVERY_ISSUE_FAILURE_PHASE_PROPERTY_NAME, "execution");
        parameters.put("airworthy.target", target.toString());
        parameters.put("airworthy.runs", runs.toString());
        parameters.put("airworthy.control", Boolean.toString(control));
        parameters.put("airworthy.seed", Long.toString(seed));
        Optional.ofNullable(atATime)
                .or(() -> target == Target.K3S ? Optional.of(1) : Optional.empty())
                .ifPresent(scenarios -> parameters.put("airworthy.parallel.threads", scenarios.toString()));
        Optional.ofNullable(timeScale).ifPresent(scale -> parameters.put("airworthy.time-scale", scale.toString()));
        Optional.ofNullable(platform).ifPresent(file -> parameters.put("airworthy.platform", file.toString()));
        config.ifPresent(folder -> parameters.put("airworthy.platform-config", folder.toString()));
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selector)
                .filters(tags.isEmpty() ? new Filter<?>[0] : new Filter<?>[] {TagFilter.includeTags(tags)})
                .configurationParameters(parameters)
                .listeners(problems)
                .build();
    }

    private static int finish(PrintWriter out, PrintWriter err, FlightRecorder recorder) throws IOException {
        Optional<Path> run = recorder.run();
        if (run.isEmpty()) {
            if (recorder.userProblems().isEmpty()) {
                throw recorder.bug();
            }
            recorder.userProblems().forEach(err::println);
            return ExitCode.BAD_INPUT.code();
        }
        RunFolder folder = new RunFolder(run.get());
        Scorecard card;
        try {
            card = Judge.judge(StoredRun.read(folder).input());
        } catch (JournalDamagedException e) {
            throw new IOException(e.getMessage(), e);
        }
        out.println();
        out.print(new TerminalCard(new TerminalStyle(Terminals.colour())).render(card));
        out.println();
        out.println("Scorecard: " + folder.output(Outputs.HTML));
        out.println("Evidence:  " + folder.journal());
        out.flush();
        return ExitCode.of(card).code();
    }
}
