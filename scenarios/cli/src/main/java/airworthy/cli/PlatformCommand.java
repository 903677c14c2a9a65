package airworthy.cli;

import airworthy.assembly.CannotAssessException;
import airworthy.assembly.Installation;
import airworthy.assembly.OtherGateway;
import airworthy.assembly.SeededConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code airworthy platform}. */
@Command(
        name = "platform",
        mixinStandardHelpOptions = true,
        description = {
            "Platforms to be assessed, in a process of their own: a simulated one, or a real Kubernetes node in a"
                    + " container.",
            "  airworthy platform up                  serves it until stopped; prints kubeconfig, URLs, platform.yaml",
            "  airworthy platform up --on k3s         the same platform on a real node; wants a container engine",
            "  airworthy platform rules --time-scale N  writes its alerting files with every duration divided by N",
            "  airworthy platform up --defect ID      the same with a seeded defect, for example"
                    + " SRV-4/routing-ignores-latency",
            "  airworthy platform up --gateway NAME   the same with somebody else's gateway, for example litellm",
            "Everything else after the verb goes to it; `airworthy platform up --help` lists it."
        })
final class PlatformCommand implements Callable<Integer> {
    private static final String DEFECT = "--defect";
    private static final String GATEWAY = "--gateway";
    private static final String ON = "--on";

    /** What {@code up} takes besides, told before the options of the platform's own program. */
    private static final String OURS = """
            Before the platform is started, airworthy itself takes:
              %s=PLACE        simulated (default), or k3s: a real node in a container
              %s=ID       a seeded defect, for example SRV-4/routing-ignores-latency
              %s=NAME    somebody else's gateway, for example litellm

            """.formatted(ON, DEFECT, GATEWAY);

    @Parameters(paramLabel = "VERB", arity = "1..*", description = "up or rules, and what they take")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private List<String> arguments;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<Installation> installation = Installed.find(spec);
        if (installation.isEmpty()) {
            return ExitCode.BAD_INPUT.code();
        }
        List<String> command = new ArrayList<>(arguments);
        Optional<String> on = take(ON, command);
        if (on.filter(place -> !List.of("simulated", "k3s").contains(place)).isPresent()) {
            spec.commandLine().getErr().println("platform: --on: found " + on.get() + ", expected simulated or k3s");
            return ExitCode.BAD_INPUT.code();
        }
        if (command.getFirst().equals("up") && (command.contains("--help") || command.contains("-h"))) {
            spec.commandLine().getOut().print(OURS);
            spec.commandLine().getOut().flush();
        }
        boolean k3s = on.filter("k3s"::equals).isPresent();
        if (k3s && !command.removeFirst().equals("up")) {
            spec.commandLine().getErr().println("platform: --on k3s goes with up");
            return ExitCode.BAD_INPUT.code();
        }
        try {
            return configured(installation.get(), k3s, command);
        } catch (CannotAssessException e) {
            e.problems().forEach(spec.commandLine().getErr()::println);
            return ExitCode.BAD_INPUT.code();
        }
    }

    private static int configured(Installation installation, boolean k3s, List<String> command)
            throws CannotAssessException, IOException, InterruptedException {
        Optional<String> defect = take(DEFECT, command);
        Optional<String> gateway = take(GATEWAY, command);
        if (defect.isPresent() && gateway.isPresent()) {
            throw new CannotAssessException("platform: --defect is one of our gateway's platform; leave out --gateway");
        }
        if (defect.isPresent()) {
            try (SeededConfig config = SeededConfig.of(installation, List.of(defect.get()))) {
                command.addAll(List.of("--config", config.folder().toString()));
                return run(installation, k3s, command);
            }
        }
        if (gateway.isPresent()) {
            try (OtherGateway other = OtherGateway.of(installation, gateway.get(), installation.platformConfig())) {
                command.addAll(k3s ? other.argumentsOnNode() : other.arguments());
                return run(installation, k3s, command);
            }
        }
        return run(installation, k3s, command);
    }

    /**
     * The platform's input is a pipe of ours that stays empty: it serves until this process ends, however it ends, and is
     * never left behind.
     */
    private static int run(Installation installation, boolean k3s, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(k3s ? installation.k3sCommand(command) : installation.platformCommand(command));
        if (k3s) {
            Installation.K3S_ENVIRONMENT.forEach(builder.environment()::putIfAbsent);
        }
        return builder.redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    /**
     * Takes an option and its value out. Defects belong to the catalogue, which no platform knows, and where a platform runs
     * decides which program it is: both are ours and go no further.
     */
    private static Optional<String> take(String option, List<String> command) {
        for (int at = 0; at < command.size(); at++) {
            String word = command.get(at);
            if (word.startsWith(option + "=")) {
                command.remove(at);
                return Optional.of(word.substring(option.length() + 1));
            }
            if (word.equals(option) && at + 1 < command.size()) {
                command.remove(at);
                return Optional.of(command.remove(at));
            }
        }
        return Optional.empty();
    }
}
