package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The installed files agree with one another; nothing else ties them together. */
class ConfigurationTest {

    private static final Placeholders FILLED = new Placeholders(
            Map.of("CONTROL_PLANE", "127.32.0.1", "HARNESS", "127.32.0.2", "STATE", "/state", "TIME_SCALE", "30"));

    private final ConfigDirectory config = new ConfigDirectory(RunningPlatform.CONFIG);
    private final JsonNode profile = yaml(FILLED.fill(config.text("platform.yaml")));
    private final List<JsonNode> alerts = yaml(config.text("rules.yml"))
            .path("groups")
            .valueStream()
            .flatMap(group -> group.path("rules").valueStream())
            .filter(rule -> rule.has("alert"))
            .toList();

    ConfigurationTest() throws IOException {}

    @Test
    void everyAlertHasARunbookThatNamesItAndItsCause() throws IOException {
        for (JsonNode alert : alerts) {
            String page = alert.at("/annotations/runbook_url").asText().replaceFirst(".*/", "");
            Path runbook = RunningPlatform.CONFIG.resolve("runbooks").resolve(page + ".md");
            assertThat(Files.readString(runbook))
                    .contains(alert.path("alert").asText())
                    .contains("Cause: `" + alert.at("/labels/cause").asText() + "`");
        }
    }

    @Test
    void everyAlertHasTheCauseThatTheProfileDeclares() {
        assertThat(alerts)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(profile.path("alerts")
                                .path("causes")
                                .path(alert.path("alert").asText())
                                .asText())
                        .isEqualTo(alert.at("/labels/cause").asText()));
    }

    @Test
    void everyOwnerHasAReceiverThatExists() throws IOException {
        Set<String> receivers = yaml(config.text("alertmanager.yml"))
                .path("receivers")
                .valueStream()
                .map(receiver -> receiver.path("name").asText())
                .collect(Collectors.toSet());
        List<String> owners = config.manifests(FILLED).stream()
                .map(object -> object.at("/metadata/labels/owner").asText())
                .filter(owner -> !owner.isEmpty())
                .distinct()
                .toList();

        assertThat(owners)
                .hasSize(5)
                .allSatisfy(owner -> assertThat(receivers)
                        .containsAll(profile.at("/ownership/receivers")
                                .path(owner)
                                .propertyStream()
                                .map(Map.Entry::getKey)
                                .toList())
                        .contains(owner + "-pager"));
    }

    @Test
    void everyNamespaceDeploymentAndPodNamesItsOwner() throws IOException {
        List<ObjectNode> owned = config.manifests(FILLED).stream()
                .filter(object -> Set.of("Namespace", "Deployment", "Pod")
                        .contains(object.path("kind").asText()))
                .toList();

        assertThat(owned)
                .hasSize(15)
                .allSatisfy(object ->
                        assertThat(object.at("/metadata/labels/owner").asText()).isNotEmpty());
    }

    @Test
    void everyReceiverTellsTheHarnessAlso() throws IOException {
        JsonNode receivers = yaml(config.text("alertmanager.yml")).path("receivers");

        assertThat(receivers)
                .allSatisfy(receiver -> assertThat(
                                receiver.at("/webhook_configs/0/url").asText())
                        .isEqualTo(profile.at("/alertmanager/webhook/url").asText()));
    }

    @Test
    void namesOfServicesResolveToWhereThePlatformListens() throws IOException {
        ServiceNames names = ServiceNames.of(config.manifests(FILLED));

        assertThat(names.addresses())
                .containsEntry("runbooks.monitoring", "127.32.0.1")
                .containsEntry("airworthy.airworthy-system", "127.32.0.2");
    }

    private static JsonNode yaml(String text) throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(text);
    }
}
