package airworthy.mocks.inference;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What a model server's container is told, by arguments and variables. */
public final class InferenceOptions {

    private static final String STORE = "MODEL_STORE";

    @Option(names = "--model", paramLabel = "NAME", required = true, description = "The model that is served.")
    private String model = "";

    @Option(names = "--port", defaultValue = "8000", description = "Where to listen; default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--model-store",
            paramLabel = "URL",
            description = "Where weights are fetched from; default: $MODEL_STORE. Without either none are.")
    private @Nullable URI store;

    @Option(
            names = "--revision",
            defaultValue = "main",
            description = "Which version of the model; default: ${DEFAULT-VALUE}.")
    private String revision = "main";

    @Option(
            names = "--first-token",
            paramLabel = "MILLIS",
            defaultValue = "40",
            description = "Time from admission to the first token, in milliseconds; default: ${DEFAULT-VALUE}.")
    private double firstTokenMillis;

    @Option(
            names = "--verify",
            defaultValue = "digest",
            description =
                    "digest or nothing: what is made sure of before weights are loaded; default: ${DEFAULT-VALUE}.")
    private String verify = "digest";

    @Option(
            names = "--exit-on-error",
            arity = "1",
            defaultValue = "true",
            description = "Whether the server ends when its model cannot be loaded; default: ${DEFAULT-VALUE}.")
    private boolean exitOnError;

    @Option(
            names = "--strict-readiness",
            arity = "1",
            defaultValue = "true",
            description = "Whether /health says so when no model is loaded; default: ${DEFAULT-VALUE}.")
    private boolean strictReadiness;

    @Option(
            names = "--step-processor",
            paramLabel = "MILLIS",
            defaultValue = "0",
            description = "Processor time that each decoding step takes, in milliseconds; default: none.")
    private double stepMillis;

    @Option(
            names = "--exit-on-oom",
            arity = "1",
            defaultValue = "false",
            description =
                    "Whether the server ends when a request finds no accelerator memory; default: ${DEFAULT-VALUE}.")
    private boolean exitOnOom;

    @Option(
            names = "--shed-after",
            defaultValue = "3",
            description =
                    "After how many such failures in a row /health says so; 0 is never; default: ${DEFAULT-VALUE}.")
    private int shedAfter;

    @Option(
            names = "--allocator-series",
            arity = "1",
            defaultValue = "true",
            description = "Whether /metrics holds the allocator's statistics; default: ${DEFAULT-VALUE}.")
    private boolean allocatorSeries;

    InferenceOptions() {}

    /**
     * Reads the arguments of a container.
     *
     * @throws IllegalArgumentException when they are not understood; the message says what was found
     */
    public static InferenceOptions parse(List<String> args) {
        try {
            return CommandLine.populateCommand(new InferenceOptions(), args.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Returns the model that is served. */
    public String model() {
        return model;
    }

    /**
     * Loads the model, and serves it.
     *
     * @param bind where to listen
     * @param pod who it says it is
     * @param environment the container's variables
     * @param names from the store's name to where it listens
     * @param levers which outlive the server where its container is started again
     * @param log where lines go
     * @throws StartFailure when there is no model to serve and the process is to end over it
     * @throws IOException when the address cannot be bound
     */
    public ModelServer start(
            InetSocketAddress bind,
            PodIdentity pod,
            Map<String, String> environment,
            UnaryOperator<URI> names,
            Levers levers,
            Consumer<String> log)
            throws StartFailure, IOException, InterruptedException {
        return start(ModelServerSettings.of(bind, model, pod), environment, names, levers, log);
    }

    /** The same as a process that does nothing else. */
    ModelServer startAlone(PodIdentity pod, Map<String, String> environment, Consumer<String> log)
            throws StartFailure, IOException, InterruptedException {
        return start(
                ModelServerSettings.of(new InetSocketAddress(port), model, pod).inAProcessOfItsOwn(),
                environment,
                UnaryOperator.identity(),
                new Levers(),
                log);
    }

    private ModelServer start(
            ModelServerSettings usual,
            Map<String, String> environment,
            UnaryOperator<URI> names,
            Levers levers,
            Consumer<String> log)
            throws StartFailure, IOException, InterruptedException {
        ModelServerSettings settings = usual.withStep(
                        DecodingStep.rounds(Duration.ofNanos(Math.round(stepMillis * 1e6))))
                .withTiming(new Timing(Duration.ofNanos(Math.round(firstTokenMillis * 1e6)), Timing.FAST.gap()))
                .withMemory(new OnOutOfMemory(exitOnOom, shedAfter), allocatorSeries);
        Optional<ModelSource> source = source(environment);
        if (source.isEmpty()) {
            return ModelServer.start(settings, levers, log);
        }
        try {
            source.get().load(names);
            return ModelServer.start(settings, levers, log);
        } catch (StartFailure e) {
            if (exitOnError) {
                throw e;
            }
            return ModelServer.start(
                    settings.withoutModel(new ModelServerSettings.NoModel(e.text(), !strictReadiness)), levers, log);
        }
    }

    private Optional<ModelSource> source(Map<String, String> environment) {
        return Optional.ofNullable(store)
                .or(() -> Optional.ofNullable(environment.get(STORE))
                        .filter(value -> !value.isEmpty())
                        .map(URI::create))
                .map(url -> new ModelSource(
                        url, model, revision, ModelSource.Verify.valueOf(verify.toUpperCase(Locale.ROOT))));
    }
}
