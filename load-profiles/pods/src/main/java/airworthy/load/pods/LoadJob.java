package airworthy.load.pods;

import airworthy.model.ObjectRef;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The Indexed Job whose pods are load workers. Each waits until somebody attaches and tells it to begin, and ends when its
 * input closes; no rights, no root, no secret. Pure.
 *
 * @param label opaque, different for every run: objects carry it, and selectors go by it
 * @param namespace where it is made
 * @param image what its pods run: the load JVM
 * @param workers how many pods
 * @param users requests that each may have under way at a time
 * @param cpu processor that each asks for
 * @param longest after so long all of it is ended, whatever happens here
 * @param made when, which only labels it
 */
public record LoadJob(
        String label, String namespace, String image, int workers, int users, Cpu cpu, Duration longest, Instant made) {

    /** What a pod's container is called. */
    static final String CONTAINER = "load";

    /** The key of the run label, as on everything else that the harness makes. */
    private static final String RUN = "airworthy/run";

    /** Any user that is not root. */
    private static final int NOBODY = 65_535;

    /** For a heap of 384 MiB and what Netty and the compiler take beside it. */
    private static final String MEMORY = "896Mi";

    /** More than one, so that the compiler does not stand in the way of event loops; a bound, so that a large node's are not all taken. */
    private static final String CPU_LIMIT = "2";

    /** Native libraries are unpacked into it. */
    private static final String TEMPORARY = "64Mi";

    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final int GRACE_SECONDS = 5;

    /** What it is called. */
    public ObjectRef ref() {
        return new ObjectRef("batch/v1", "Job", Optional.of(namespace), "airworthy-load-" + label);
    }

    /** Selects the pods. */
    String selector() {
        return RUN + "=" + label;
    }

    /** The manifest as the API takes it. */
    public String json() {
        return manifest().toString();
    }

    /** The manifest for people and for {@code kubectl apply}. Texts are quoted: a label may look like a number. */
    public String yaml() {
        try {
            return YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .build()
                    .writeValueAsString(manifest());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON cannot be written as YAML: " + e.getMessage(), e);
        }
    }

    private ObjectNode manifest() {
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        job.put("apiVersion", ref().apiVersion()).put("kind", ref().kind());
        ObjectNode metadata = job.putObject("metadata");
        metadata.put("name", ref().name()).put("namespace", namespace);
        labels(metadata);
        metadata.putObject("annotations")
                .put("airworthy/expires", made.plus(longest).plus(KEPT).toString());
        ObjectNode spec = job.putObject("spec");
        spec.put("completionMode", "Indexed")
                .put("completions", workers)
                .put("parallelism", workers)
                // a worker that is lost is lost with what it sent: another one in its place would send it twice
                .put("backoffLimit", 0)
                .put("activeDeadlineSeconds", longest.toSeconds())
                .put("ttlSecondsAfterFinished", KEPT.toSeconds());
        ObjectNode template = spec.putObject("template");
        labels(template.putObject("metadata"));
        pod(template.putObject("spec"));
        return job;
    }

    private void labels(ObjectNode metadata) {
        metadata.putObject("labels")
                .put(RUN, label)
                .put("app.kubernetes.io/managed-by", "airworthy")
                .put("app.kubernetes.io/name", "airworthy-load");
    }

    private void pod(ObjectNode pod) {
        pod.put("restartPolicy", "Never")
                .put("automountServiceAccountToken", false)
                .put("enableServiceLinks", false)
                .put("terminationGracePeriodSeconds", GRACE_SECONDS);
        pod.putObject("securityContext")
                .put("runAsNonRoot", true)
                .put("runAsUser", NOBODY)
                .putObject("seccompProfile")
                .put("type", "RuntimeDefault");
        ObjectNode spread = pod.putArray("topologySpreadConstraints").addObject();
        spread.put("maxSkew", 1)
                .put("topologyKey", "kubernetes.io/hostname")
                .put("whenUnsatisfiable", "ScheduleAnyway")
                .putObject("labelSelector")
                .putObject("matchLabels")
                .put(RUN, label);
        container(pod.putArray("containers"));
        pod.putArray("volumes")
                .addObject()
                .put("name", "tmp")
                .putObject("emptyDir")
                .put("sizeLimit", TEMPORARY);
    }

    private void container(ArrayNode containers) {
        ObjectNode load = containers.addObject();
        load.put("name", CONTAINER).put("image", image).put("imagePullPolicy", "IfNotPresent");
        load.putArray("args").add("-").add(Integer.toString(users));
        load.put("stdin", true)
                // whoever attaches first is the only one: when the harness is gone, the worker reads the end of its
                // input
                .put("stdinOnce", true)
                // a worker that cannot even start says why in its pod's status
                .put("terminationMessagePolicy", "FallbackToLogsOnError");
        ObjectNode resources = load.putObject("resources");
        resources.putObject("requests").put("cpu", cpu.text()).put("memory", MEMORY);
        resources.putObject("limits").put("cpu", cpu.atLeast(CPU_LIMIT)).put("memory", MEMORY);
        ObjectNode security = load.putObject("securityContext");
        security.put("allowPrivilegeEscalation", false).put("readOnlyRootFilesystem", true);
        security.putObject("capabilities").putArray("drop").add("ALL");
        load.putArray("volumeMounts").addObject().put("name", "tmp").put("mountPath", "/tmp");
    }
}
