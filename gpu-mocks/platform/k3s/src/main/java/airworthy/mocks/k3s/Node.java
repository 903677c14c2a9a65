package airworthy.mocks.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A real Kubernetes node in a container. Closing it removes the container and all that ran on it. */
final class Node implements AutoCloseable {

    /** Tells whose container it is, so that the next start removes what a killed process left. */
    private static final String OWNER = "airworthy.owner-pid";

    private static final String K3S = "rancher/k3s";
    private static final String IMAGES = "/var/lib/rancher/k3s/agent/images/";
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration PULLED_WITHIN = Duration.ofMinutes(10);

    private static final Pattern CERTIFICATE = Pattern.compile("(?m)^( *)client-certificate-data:.*$");
    private static final Pattern KEY = Pattern.compile("(?m)^ *client-key-data:.*\\R");

    private final K3sContainer container;

    private Node(K3sContainer container) {
        this.container = container;
    }

    /**
     * Starts a node and waits until it is ready.
     *
     * @param name of the node in the cluster
     * @param podImages archives of the images that its pods run
     * @param ports NodePorts that are to be reached from here
     * @throws CannotStartException when no engine answers, the image is not to be had, or the node does not get ready
     */
    static Node start(String image, String name, List<Path> podImages, List<Integer> ports)
            throws CannotStartException {
        requireEngine();
        requireImage(image);
        removeLeftOvers();
        K3sContainer container = new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor(K3S));
        List<Integer> exposed = new ArrayList<>(ports);
        exposed.add(K3sContainer.KUBE_SECURE_PORT);
        container
                .withExposedPorts(exposed.toArray(Integer[]::new))
                .withLabel(OWNER, Long.toString(ProcessHandle.current().pid()))
                .withCreateContainerCmdModifier(command -> command.withHostName(name))
                .withStartupTimeout(READY_WITHIN);
        for (Path archive : podImages) {
            container.withCopyFileToContainer(MountableFile.forHostPath(archive), IMAGES + archive.getFileName());
        }
        try {
            container.start();
        } catch (ContainerLaunchException e) {
            String words = lastWords(container);
            container.stop();
            throw new CannotStartException(
                    "the node did not get ready from image " + image + ": " + rootMessage(e) + words, e);
        }
        return new Node(container);
    }

    private static void requireEngine() throws CannotStartException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new CannotStartException(
                    "no container engine answers, and the node of the cluster runs in a container:"
                            + " install and start Docker; as root on Debian, gpu-mocks/testbed/engine up does both");
        }
    }

    /** Pulls it once if it is not here: Testcontainers would try for minutes, and say no more. */
    private static void requireImage(String image) throws CannotStartException {
        DockerClient docker = DockerClientFactory.instance().client();
        try {
            docker.inspectImageCmd(image).exec();
            return;
        } catch (NotFoundException notHere) {
            // Pulled below.
        }
        try {
            if (!docker.pullImageCmd(image).start().awaitCompletion(PULLED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw noImage(image, "not pulled within " + PULLED_WITHIN.toSeconds() + " s");
            }
        } catch (DockerException | DockerClientException e) {
            throw noImage(image, String.valueOf(e.getMessage()).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noImage(image, "interrupted");
        }
    }

    private static CannotStartException noImage(String image, String why) {
        return new CannotStartException("the node's image " + image + " is not here and could not be pulled: " + why
                + "\nName one that is here in AIRWORTHY_K3S_IMAGE; where none can be pulled,"
                + " export AIRWORTHY_K3S_IMAGE=$(gpu-mocks/testbed/build)");
    }

    /** Containers whose process was killed before it could remove them. */
    private static void removeLeftOvers() {
        DockerClient docker = DockerClientFactory.instance().client();
        for (Container left : docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(OWNER))
                .exec()) {
            long owner = Long.parseLong(left.getLabels().getOrDefault(OWNER, "0"));
            if (ProcessHandle.of(owner).isEmpty()) {
                docker.removeContainerCmd(left.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            }
        }
    }

    /** Copies a folder of this machine onto the node. */
    void copy(Path folder, String to) {
        container.copyFileToContainer(MountableFile.forHostPath(folder), to);
    }

    /**
     * Runs kubectl on the node, as the cluster's administrator.
     *
     * @throws CannotStartException when it ends with anything but 0; the message holds its words
     */
    String kubectl(String... arguments) throws CannotStartException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", "/etc/rancher/k3s/k3s.yaml"));
        command.addAll(List.of(arguments));
        ExecResult result = container.execInContainer(command.toArray(String[]::new));
        if (result.getExitCode() != 0) {
            throw new CannotStartException("kubectl " + String.join(" ", arguments) + " ended with "
                    + result.getExitCode() + ": " + result.getStderr().strip());
        }
        return result.getStdout();
    }

    /** The administrator's kubeconfig. */
    String kubeconfig() {
        return container.getKubeConfigYaml();
    }

    /** A kubeconfig of a service account, good for a day. */
    String kubeconfig(String namespace, String serviceAccount)
            throws CannotStartException, IOException, InterruptedException {
        String token = kubectl("create", "token", serviceAccount, "--namespace", namespace, "--duration=24h")
                .strip();
        String mine = CERTIFICATE.matcher(kubeconfig()).replaceFirst("$1token: " + token);
        if (!mine.contains(token)) {
            throw new CannotStartException(
                    "the node's kubeconfig holds no client certificate to put a token in place of");
        }
        return KEY.matcher(mine).replaceFirst("");
    }

    /** Where a NodePort is reached from here, as {@code host:port}. */
    String reached(int nodePort) {
        return container.getHost() + ":" + container.getMappedPort(nodePort);
    }

    /** The address of this machine as the node sees it. */
    String gateway() {
        Map<String, ContainerNetwork> networks =
                container.getContainerInfo().getNetworkSettings().getNetworks();
        return String.valueOf(networks.values().iterator().next().getGateway());
    }

    private static String rootMessage(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static String lastWords(K3sContainer container) {
        if (container.getContainerId() == null) {
            return "";
        }
        List<String> lines = container.getLogs().lines().toList();
        return "; its last words:\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }

    @Override
    public void close() {
        container.stop();
    }
}
