package airworthy.load.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadJobTest {
    private static final LoadJob JOB = job("1500m");

    static LoadJob job(String cpu) {
        return new LoadJob(
                "7f3a9c01",
                "load",
                "registry.example/airworthy/load:1",
                3,
                334,
                Cpu.of(cpu).orElseThrow(),
                Duration.ofMinutes(12),
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void runsAllWorkersAtOnceAndNoneTwice() throws JsonProcessingException {
        JsonNode job = read();

        assertThat(job.path("apiVersion").asText()).isEqualTo("batch/v1");
        assertThat(job.path("kind").asText()).isEqualTo("Job");
        assertThat(job.at("/spec/completionMode").asText()).isEqualTo("Indexed");
        assertThat(job.at("/spec/completions").asInt()).isEqualTo(3);
        assertThat(job.at("/spec/parallelism").asInt()).isEqualTo(3);
        assertThat(job.at("/spec/backoffLimit").isInt()).isTrue();
        assertThat(job.at("/spec/backoffLimit").asInt()).isZero();
        assertThat(pod().path("restartPolicy").asText()).isEqualTo("Never");
    }

    @Test
    void endsAndGoesByItselfIfNobodyIsLeftToEndIt() throws JsonProcessingException {
        JsonNode job = read();

        assertThat(job.at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(720);
        assertThat(job.at("/spec/ttlSecondsAfterFinished").asInt()).isEqualTo(600);
        assertThat(job.at("/metadata/annotations").path("airworthy/expires").asText())
                .isEqualTo("2026-01-02T03:26:05Z");
        assertThat(container().path("stdin").asBoolean()).isTrue();
        assertThat(container().path("stdinOnce").asBoolean()).isTrue();
    }

    @Test
    void hasNoRightsAndNoPrivilege() throws JsonProcessingException {
        assertThat(pod().path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod().path("securityContext").toString())
                .isEqualTo(
                        "{\"runAsNonRoot\":true,\"runAsUser\":65535,\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}");
        assertThat(container().path("securityContext").toString())
                .isEqualTo("{\"allowPrivilegeEscalation\":false,\"readOnlyRootFilesystem\":true,"
                        + "\"capabilities\":{\"drop\":[\"ALL\"]}}");
    }

    @Test
    void carriesNoSecretAndNothingOfWhatIsAsked() throws JsonProcessingException {
        assertThat(container().path("args").toString()).isEqualTo("[\"-\",\"334\"]");
        assertThat(container().has("env")).isFalse();
        assertThat(container().has("command")).isFalse();
    }

    @Test
    void namesTheRunOnJobAndPodsAndSpreadsThemOverNodes() throws JsonProcessingException {
        String labels = "{\"airworthy/run\":\"7f3a9c01\",\"app.kubernetes.io/managed-by\":\"airworthy\","
                + "\"app.kubernetes.io/name\":\"airworthy-load\"}";
        assertThat(read().at("/metadata/name").asText()).isEqualTo("airworthy-load-7f3a9c01");
        assertThat(read().at("/metadata/namespace").asText()).isEqualTo("load");
        assertThat(read().at("/metadata/labels").toString()).isEqualTo(labels);
        assertThat(read().at("/spec/template/metadata/labels").toString()).isEqualTo(labels);
        assertThat(JOB.selector()).isEqualTo("airworthy/run=7f3a9c01");
        assertThat(pod().at("/topologySpreadConstraints/0").toString())
                .isEqualTo("{\"maxSkew\":1,\"topologyKey\":\"kubernetes.io/hostname\","
                        + "\"whenUnsatisfiable\":\"ScheduleAnyway\","
                        + "\"labelSelector\":{\"matchLabels\":{\"airworthy/run\":\"7f3a9c01\"}}}");
    }

    @ParameterizedTest
    @CsvSource({"1500m, 2", "250m, 2", "3, 3", "2.5, 2.5"})
    void asksForWhatItWasGivenAndMayUseTwoCoresAtLeast(String asked, String limit) throws JsonProcessingException {
        JsonNode resources =
                new JsonMapper().readTree(job(asked).json()).at("/spec/template/spec/containers/0/resources");

        assertThat(resources.at("/requests/cpu").asText()).isEqualTo(asked);
        assertThat(resources.at("/limits/cpu").asText()).isEqualTo(limit);
        assertThat(resources.at("/requests/memory").asText())
                .isEqualTo(resources.at("/limits/memory").asText());
    }

    @Test
    void isTheSameForPeople() throws JsonProcessingException {
        assertThat(new YAMLMapper().readTree(JOB.yaml())).isEqualTo(read());
        assertThat(JOB.yaml()).startsWith("apiVersion: \"batch/v1\"\nkind: \"Job\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0m", "two", "-1", "1.5m", "1e3", "1.", "9999999"})
    void whatIsNoAmountOfProcessorIsRefused(String text) {
        assertThat(Cpu.of(text)).isEmpty();
    }

    private static JsonNode read() throws JsonProcessingException {
        return new JsonMapper().readTree(JOB.json());
    }

    private static JsonNode pod() throws JsonProcessingException {
        return read().at("/spec/template/spec");
    }

    private static JsonNode container() throws JsonProcessingException {
        return pod().at("/containers/0");
    }
}
