package airworthy.cli;

import airworthy.assembly.Installation;
import airworthy.assembly.WorkerPlace;
import airworthy.load.pods.Cpu;
import airworthy.model.PlatformProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many load workers send a load, and where they run. */
final class WorkerOptions {
    private static final String IMAGE = "airworthy/load:dev";
    private static final String NAMESPACE = "default";
    private static final String CPU = "1";

    /** As Kubernetes names namespaces (RFC 1123). */
    private static final String NAMESPACE_FORM = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    @Option(
            names = "--workers",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "load JVMs that send it between them (default: ${DEFAULT-VALUE}, enough for hundreds of requests"
                            + " a second)")
    private int workers;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "run the workers as pods of this cluster, in a Job that is deleted at the end; --endpoint is"
                    + " asked from there")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "in the kubeconfig; its current one if not given")
    private @Nullable String context;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "where the Job is made (default: " + NAMESPACE + ")")
    private @Nullable String namespace;

    @Option(
            names = "--worker-image",
            paramLabel = "IMAGE",
            description = "what the pods run (default: " + IMAGE + ", which gpu-mocks/testbed/pod-images makes)")
    private @Nullable String image;

    @Option(
            names = "--worker-cpu",
            paramLabel = "CPU",
            description = "processor that each pod asks for; it may use 2 at least (default: " + CPU + ")")
    private @Nullable String cpu;

    @Option(names = "--print-job", description = "print the Job's manifest, and do nothing else")
    private boolean printJob;

    /** Whether only the manifest is asked for. */
    boolean printJob() {
        return printJob;
    }

    /** Whether they are to run in a cluster. */
    boolean inCluster() {
        return kubeconfig != null;
    }

    /** How many. */
    int workers() {
        return workers;
    }

    /** Reads where; empty if a problem was added. */
    Optional<WorkerPlace> read(List<String> problems) {
        if (workers < 1) {
            problems.add("load: --workers: found " + workers + ", expected 1 or more");
        }
        return kubeconfig == null ? here(problems) : inCluster(kubeconfig, problems);
    }

    private Optional<WorkerPlace> here(List<String> problems) {
        boolean aboutCluster =
                printJob || Stream.of(context, namespace, image, cpu).anyMatch(Objects::nonNull);
        if (aboutCluster) {
            problems.add("load: found --context, --namespace, --worker-image, --worker-cpu or --print-job and no"
                    + " --kubeconfig, expected one: they are about workers in a cluster");
        }
        Optional<Installation> installation = Installation.named();
        if (installation.isEmpty()) {
            problems.add("load: found no installation; start by the project's launcher");
        }
        return installation.map(WorkerPlace.Here::new);
    }

    private Optional<WorkerPlace> inCluster(Path file, List<String> problems) {
        String space = Objects.requireNonNullElse(namespace, NAMESPACE);
        if (!space.matches(NAMESPACE_FORM)) {
            problems.add("load: --namespace: found " + space + ", expected small letters, digits and dashes");
        }
        String runs = Objects.requireNonNullElse(image, IMAGE);
        if (runs.isBlank() || runs.chars().anyMatch(Character::isWhitespace)) {
            problems.add("load: --worker-image: found \"" + runs + "\", expected a name such as " + IMAGE);
        }
        Optional<Cpu> processor = Cpu.of(Objects.requireNonNullElse(cpu, CPU));
        if (processor.isEmpty()) {
            problems.add("load: --worker-cpu: found " + cpu + ", expected " + Cpu.EXPECTED);
        }
        PlatformProfile.Cluster cluster =
                new PlatformProfile.Cluster(file.toAbsolutePath().normalize(), Optional.ofNullable(context));
        return processor.map(asked -> new WorkerPlace.InCluster(cluster, space, runs, asked));
    }
}
