package airworthy.probes.kubernetes;

import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the file that says where a cluster is and who we are there. */
final class KubeconfigFile {
    /** Short enough that a dead address is told well within {@link ApiTransport#LIMIT}. */
    private static final int CONNECT_MILLIS = 2_000;

    private static final String CURRENT = "current-context";

    private KubeconfigFile() {}

    static Reading<Config> read(PlatformProfile.Cluster cluster) {
        Path file = cluster.kubeconfig();
        try {
            if (!(new YAMLMapper().readTree(Files.readString(file)) instanceof ObjectNode kubeconfig)) {
                return unreadable(file, "is not a kubeconfig: found no YAML object in it");
            }
            cluster.context().ifPresent(context -> kubeconfig.put(CURRENT, context));
            String context = kubeconfig.path(CURRENT).asText();
            List<String> contexts = contexts(kubeconfig);
            if (!contexts.contains(context)) {
                return unreadable(
                        file,
                        context.isEmpty()
                                ? "names no current context; found " + contexts + ", put one in cluster.context"
                                : "found contexts " + contexts + ", expected one named " + context);
            }
            // JSON is YAML; the file itself is needed beside it for certificate paths relative to it.
            return new Reading.Present<>(bounded(Config.fromKubeconfig(kubeconfig.toString(), file.toFile())));
        } catch (NoSuchFileException _) {
            return unreadable(file, "there is no such file; correct cluster.kubeconfig in the profile");
        } catch (JsonProcessingException e) {
            return unreadable(file, "is not a kubeconfig: " + e.getOriginalMessage());
        } catch (IOException | KubernetesClientException | IllegalArgumentException e) {
            return unreadable(file, "cannot be read: " + e.getMessage());
        }
    }

    private static List<String> contexts(JsonNode kubeconfig) {
        List<String> names = new ArrayList<>();
        kubeconfig
                .path("contexts")
                .forEach(context -> names.add(context.path("name").asText()));
        return names;
    }

    private static Config bounded(Config config) {
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout((int) ApiTransport.LIMIT.toMillis());
        config.setRequestRetryBackoffLimit(1);
        config.setUserAgent("airworthy");
        return config;
    }

    private static Reading<Config> unreadable(Path file, String why) {
        return new Reading.Unreadable<>("kubeconfig " + file + ": " + why);
    }
}
