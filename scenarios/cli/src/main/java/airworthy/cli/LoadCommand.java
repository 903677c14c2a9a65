package airworthy.cli;

import airworthy.assembly.CannotAssessException;
import airworthy.assembly.HarnessVersion;
import airworthy.assembly.Installation;
import airworthy.assembly.LoadRun;
import airworthy.format.DurationText;
import airworthy.format.Problem;
import airworthy.format.RateText;
import airworthy.format.Read;
import airworthy.format.SecretReferences;
import airworthy.load.LoadEngineDied;
import airworthy.load.LoadProfile;
import airworthy.load.LoadProfiles;
import airworthy.load.measures.LoadSettings;
import airworthy.load.measures.LoadSummary;
import airworthy.load.measures.Measure;
import airworthy.load.measures.SummaryText;
import airworthy.model.Slo;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code airworthy load}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends inference load to any OpenAI-compatible endpoint and measures what its users live through.",
            "Breaks nothing and scores nothing. Ctrl-C ends it early and still tells what was measured."
        },
        footer = {
            "",
            "For example:",
            "  airworthy load --endpoint http://127.0.0.1:8000/v1 --model m --rate 20/s --duration 60s",
            "",
            "Exit codes: 0 measured, 3 nothing whole was answered or the client is not to be trusted, 2 bad input."
        })
final class LoadCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Option(
            names = "--endpoint",
            required = true,
            paramLabel = "URL",
            description = "base URL of the API, up to and including /v1")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private URI endpoint;

    @Option(names = "--model", required = true, paramLabel = "NAME", description = "the model to ask for")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private String model;

    @Option(
            names = "--rate",
            required = true,
            paramLabel = "N/s",
            description = "requests scheduled per second, whatever the server does")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private String rate;

    @Option(
            names = "--duration",
            defaultValue = "60s",
            paramLabel = "TIME",
            description = "for how long requests are scheduled (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli gives it its default
    private String duration;

    @Option(
            names = "--profile",
            defaultValue = "chat",
            paramLabel = "NAME|FILE",
            description = "how prompts and answers are shaped: chat, code, rag, long-context, agent, or a YAML file of"
                    + " your own (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli gives it its default
    private String profile;

    @Option(
            names = "--key",
            paramLabel = "REF",
            description = "where the API key is: env:NAME or file:PATH; never the key itself")
    private @Nullable String key;

    @Option(
            names = "--first-token",
            paramLabel = "TIME",
            description = "the bound on the first token that goodput is held against (default: the profile's)")
    private @Nullable String firstToken;

    @Option(
            names = "--token-time",
            paramLabel = "TIME",
            description = "the bound on the time a token that goodput is held against (default: the profile's)")
    private @Nullable String tokenTime;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "what schedule and prompts are drawn from (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--most-in-flight",
            defaultValue = "1000",
            paramLabel = "N",
            description = "requests that may be under way at a time; more are skipped and counted (default:"
                    + " ${DEFAULT-VALUE})")
    private int users;

    @Option(names = "--out", paramLabel = "DIR", description = "a new folder for the files (default: loads/<time>)")
    private @Nullable Path out;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>();
        Optional<LoadRun.Order> order = order(problems);
        if (order.isEmpty()) {
            problems.forEach(spec.commandLine().getErr()::println);
            return ExitCode.BAD_INPUT.code();
        }
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch told = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopAndTell(stop, told), "airworthy-load-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return measured(order.get(), stop);
        } catch (CannotAssessException e) {
            e.problems().forEach(spec.commandLine().getErr()::println);
            return ExitCode.BAD_INPUT.code();
        } catch (LoadEngineDied e) {
            spec.commandLine().getErr().println("load: " + e.getMessage());
            return ExitCode.INCONCLUSIVE.code();
        } finally {
            told.countDown();
            remove(hook);
        }
    }

    private int measured(LoadRun.Order order, AtomicBoolean stop)
            throws CannotAssessException, IOException, InterruptedException {
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println("warming up the client");
        terminal.flush();
        LoadSummary summary = LoadRun.run(order, new LoadProgressLine(terminal), stop::get);
        terminal.println();
        SummaryText.lines(summary).forEach(terminal::println);
        terminal.println();
        terminal.println("Page:       " + order.folder().resolve("load.html"));
        terminal.println("Figures:    " + order.folder().resolve("summary.json"));
        terminal.println("Histograms: " + order.folder().resolve("latencies.hlog"));
        terminal.println("Requests:   " + order.folder().resolve("requests.jsonl"));
        terminal.flush();
        boolean answered = summary.measures().of(Measure.ANSWER).count() > 0;
        return answered && summary.trust().trusted() ? ExitCode.READY.code() : ExitCode.INCONCLUSIVE.code();
    }

    private Optional<LoadRun.Order> order(List<String> problems) {
        Optional<Installation> installation = Installation.named();
        if (installation.isEmpty()) {
            problems.add("load: found no installation; start by the project's launcher");
        }
        Optional<Double> perSecond = RateText.parse(rate);
        if (perSecond.isEmpty()) {
            problems.add("load: --rate: found " + rate + ", expected " + RateText.EXPECTED);
        }
        Optional<Duration> length = length("--duration", duration, problems);
        Optional<LoadProfile> shape = shape(problems);
        Optional<Duration> first = shape.flatMap(known -> firstToken == null
                ? Optional.of(known.slo().firstToken())
                : length("--first-token", firstToken, problems));
        Optional<Duration> each = shape.flatMap(known ->
                tokenTime == null ? Optional.of(known.slo().tokenTime()) : length("--token-time", tokenTime, problems));
        boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
        if (!web || endpoint.getHost() == null) {
            problems.add("load: --endpoint: found " + endpoint + ", expected http://host/v1 or https://host/v1");
        }
        if (users < 1) {
            problems.add("load: --most-in-flight: found " + users + ", expected 1 or more");
        }
        Optional<String> bearer = bearer(problems);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Instant begun = Instant.now();
        LoadSettings settings = new LoadSettings(
                HarnessVersion.current(),
                begun,
                endpoint,
                model,
                profile,
                perSecond.orElseThrow(),
                length.orElseThrow(),
                seed);
        Path folder = out == null ? Path.of("loads", STAMP.format(begun)) : out;
        return Optional.of(new LoadRun.Order(
                installation.orElseThrow(),
                folder,
                settings,
                new Slo(first.orElseThrow(), each.orElseThrow()),
                bearer,
                users));
    }

    private static Optional<Duration> length(String option, String text, List<String> problems) {
        Optional<Duration> parsed = DurationText.parse(text).filter(length -> !length.isZero());
        if (parsed.isEmpty()) {
            problems.add("load: " + option + ": found " + text + ", expected " + DurationText.EXPECTED);
        }
        return parsed;
    }

    private Optional<LoadProfile> shape(List<String> problems) {
        try {
            return Optional.of(LoadProfiles.named(profile));
        } catch (IOException e) {
            problems.add("load: --profile: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> bearer(List<String> problems) {
        if (key == null) {
            return Optional.empty();
        }
        return switch (new SecretReferences(System.getenv()).resolve("--key", key)) {
            case Read.Ok<String>(String value) -> Optional.of(value);
            case Read.Bad<String>(List<Problem> bad) -> {
                bad.forEach(problem -> problems.add("load: " + problem));
                yield Optional.empty();
            }
        };
    }

    /** Ctrl-C: the process goes down once the summary was told. */
    private static void stopAndTell(AtomicBoolean stop, CountDownLatch told) {
        stop.set(true);
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is already going down, and waits for what was told
        }
    }
}
