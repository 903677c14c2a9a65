package airworthy.cli;

import airworthy.assembly.HarnessVersion;
import airworthy.assembly.LoadRun;
import airworthy.assembly.WorkerPlace;
import airworthy.format.Problem;
import airworthy.format.Read;
import airworthy.format.SecretReferences;
import airworthy.load.Demand;
import airworthy.load.LoadProfile;
import airworthy.load.LoadProfiles;
import airworthy.load.measures.LoadSettings;
import airworthy.model.Slo;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  airworthy load ... --rate 1..100/s           from 1/s straight to 100/s, to find where it gives way",
            "  airworthy load ... --rate 10,20,40/s         a third of the time each",
            "  airworthy load ... --concurrency 32          32 users, each asks again once it was answered",
            "  airworthy load ... --trace BurstGPT.csv      what others once asked",
            "  airworthy load ... --workers 4 --kubeconfig ~/.kube/config --namespace airworthy-load",
            "                                               by four pods of a cluster, from one instant on",
            "",
            "Exit codes: 0 measured, 3 nothing whole was answered or the client is not to be trusted, 2 bad input,",
            "4 something is left on the cluster."
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

    @Mixin
    private final DemandOptions demand = new DemandOptions();

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

    @Mixin
    private final WorkerOptions workers = new WorkerOptions();

    @Option(
            names = "--replica-header",
            paramLabel = "NAME",
            description = "the response header that tells which replica, or which request, it was: requests.jsonl keeps"
                    + " its value")
    private @Nullable String replicaHeader;

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
        if (workers.printJob() && order.get().place() instanceof WorkerPlace.InCluster place) {
            spec.commandLine().getOut().print(LoadRun.job(order.get(), place).yaml());
            spec.commandLine().getOut().flush();
            return ExitCode.READY.code();
        }
        return new MeasuredLoad(
                        "load", spec.commandLine().getOut(), spec.commandLine().getErr())
                .tell(order.get().folder(), (progress, stop) -> LoadRun.run(order.get(), progress, stop));
    }

    private Optional<LoadRun.Order> order(List<String> problems) {
        Optional<WorkerPlace> place = workers.read(problems);
        Optional<DemandOptions.Asked> asked = demand.read(problems);
        Optional<LoadProfile> shape = shape(problems);
        Optional<Duration> first = shape.flatMap(known -> firstToken == null
                ? Optional.of(known.slo().firstToken())
                : TimeOption.read("load", "--first-token", firstToken, problems));
        Optional<Duration> each = shape.flatMap(known -> tokenTime == null
                ? Optional.of(known.slo().tokenTime())
                : TimeOption.read("load", "--token-time", tokenTime, problems));
        boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
        if (!web || endpoint.getHost() == null) {
            problems.add("load: --endpoint: found " + endpoint + ", expected http://host/v1 or https://host/v1");
        }
        if (users < 1) {
            problems.add("load: --most-in-flight: found " + users + ", expected 1 or more");
        }
        if (workers.inCluster()) {
            mustTravel(asked, problems);
        }
        Optional<String> bearer = bearer(problems);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Instant begun = Instant.now();
        return Optional.of(new LoadRun.Order(
                place.orElseThrow(),
                folder(out, begun),
                HarnessVersion.current(),
                begun,
                new LoadSettings.Profile(
                        endpoint,
                        model,
                        profile,
                        asked.orElseThrow().demand(),
                        asked.orElseThrow().duration(),
                        seed),
                new Slo(first.orElseThrow(), each.orElseThrow()),
                bearer,
                Math.max(users, asked.orElseThrow().leastUsers()),
                workers.workers(),
                Optional.ofNullable(replicaHeader)));
    }

    /** What workers would read from a disk that they do not share with us. */
    private void mustTravel(Optional<DemandOptions.Asked> asked, List<String> problems) {
        if (asked.filter(one -> one.demand() instanceof Demand.Replay).isPresent()) {
            problems.add("load: --trace: found a file of this machine, which workers in a cluster cannot read; use"
                    + " --rate or --concurrency, or leave out --kubeconfig");
        }
        if (LoadProfiles.isFile(profile)) {
            problems.add("load: --profile: found " + profile + ", a file of this machine, which workers in a cluster"
                    + " cannot read; expected chat, code, rag, long-context or agent, or no --kubeconfig");
        }
    }

    /** Where a load's files go that was begun at some time, if nobody says otherwise. */
    static Path folder(@Nullable Path named, Instant begun) {
        return named == null ? Path.of("loads", STAMP.format(begun)) : named;
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
}
