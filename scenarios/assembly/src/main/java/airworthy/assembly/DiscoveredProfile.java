package airworthy.assembly;

import airworthy.format.Problem;
import airworthy.format.ProfileReader;
import airworthy.format.Read;
import airworthy.format.SchemaCheck;
import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import airworthy.probes.discovery.Discovery;
import airworthy.probes.discovery.Findings;
import airworthy.probes.discovery.ProfileText;
import airworthy.probes.discovery.Summary;
import airworthy.probes.discovery.WebhookSnippet;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import airworthy.probes.kubernetes.KubernetesConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A profile written from a live cluster.
 *
 * @param text the profile, which its reader accepts
 * @param summary what was found, as lines of a table
 * @param snippet what Alertmanager's receivers lack for the harness to hear what they hear, as lines of its configuration
 */
public record DiscoveredProfile(String text, List<String> summary, List<String> snippet) {
    public DiscoveredProfile {
        summary = List.copyOf(summary);
        snippet = List.copyOf(snippet);
    }

    /**
     * Looks at a cluster. Only reads.
     *
     * @param context of the kubeconfig; its current one if empty
     * @param name what the profile's text will be called, for messages
     * @throws CannotAssessException if the cluster cannot be asked
     */
    public static DiscoveredProfile of(Path kubeconfig, Optional<String> context, Path name)
            throws CannotAssessException, InterruptedException {
        Path file = kubeconfig.toAbsolutePath().normalize();
        try (KubernetesConnection cluster = open(new PlatformProfile.Cluster(file, context));
                HttpCaller caller = new HttpCaller(Names.none(), Limits.standard(), Optional.of(cluster.login()))) {
            require(cluster.accepted());
            Findings.Cluster found = new Findings.Cluster(file, cluster.context(), require(cluster.version()));
            Findings findings = new Discovery(cluster, new HttpReads(caller)).look(found);
            String text = ProfileText.of(findings);
            requireReadable(name, text);
            return new DiscoveredProfile(text, Summary.of(findings, text), WebhookSnippet.of(findings));
        }
    }

    private static KubernetesConnection open(PlatformProfile.Cluster cluster) throws CannotAssessException {
        return require(KubernetesConnection.open(cluster));
    }

    private static <T> T require(Reading<T> reading) throws CannotAssessException {
        return switch (reading) {
            case Reading.Present<T>(T value) -> value;
            case Reading.Absent<T>(String how) -> throw new CannotAssessException(how);
            case Reading.Unreadable<T>(String why) -> throw new CannotAssessException(why);
        };
    }

    private static void requireReadable(Path name, String text) {
        Path folder = Optional.ofNullable(name.toAbsolutePath().getParent()).orElse(name.toAbsolutePath());
        Read<PlatformProfile> read = new ProfileReader(new SchemaCheck(), Path.of(System.getProperty("user.home")))
                .read(name.toString(), text, folder);
        if (read instanceof Read.Bad<PlatformProfile>(List<Problem> problems)) {
            throw new IllegalStateException(
                    "the profile that discover wrote is not one: " + problems + System.lineSeparator() + text);
        }
    }
}
