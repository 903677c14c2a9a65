package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.store.ResourceKind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The tables that {@code kubectl get} prints: columns per kind, as data. */
final class Tables {
    private record Column(String name, Function<JsonNode, String> cell) {
        static Column at(String name, String pointer) {
            return new Column(name, o -> o.at(pointer).asText("<none>"));
        }

        static Column number(String name, String pointer) {
            return new Column(name, o -> o.at(pointer).asText("0"));
        }
    }

    private static final Map<String, List<Column>> COLUMNS = Map.of(
            "Pod",
            List.of(
                    new Column("Ready", Tables::readyContainers),
                    new Column("Status", Tables::podStatus),
                    Column.number("Restarts", "/status/containerStatuses/0/restartCount")),
            "Node",
            List.of(new Column("Status", Tables::nodeStatus), Column.at("Version", "/status/nodeInfo/kubeletVersion")),
            "Deployment",
            List.of(
                    new Column("Ready", o -> count(o, "/status/readyReplicas") + "/" + count(o, "/spec/replicas")),
                    Column.number("Up-to-date", "/status/updatedReplicas"),
                    Column.number("Available", "/status/availableReplicas")),
            "ReplicaSet",
            List.of(
                    Column.number("Desired", "/spec/replicas"),
                    Column.number("Current", "/status/replicas"),
                    Column.number("Ready", "/status/readyReplicas")),
            "ResourceClaim",
            List.of(new Column("State", Tables::claimState)),
            "ResourceSlice",
            List.of(
                    Column.at("Node", "/spec/nodeName"),
                    Column.at("Driver", "/spec/driver"),
                    Column.at("Pool", "/spec/pool/name")),
            "Namespace",
            List.of(Column.at("Status", "/status/phase")),
            "Service",
            List.of(Column.at("Type", "/spec/type"), Column.at("Cluster-IP", "/spec/clusterIP")),
            "Event",
            List.of(
                    Column.at("Type", "/type"),
                    Column.at("Reason", "/reason"),
                    new Column("Object", Tables::involved),
                    Column.at("Message", "/message")));

    private final InstantSource clock;

    Tables(InstantSource clock) {
        this.clock = clock;
    }

    ObjectNode of(ResourceKind kind, List<ObjectNode> objects, String revision) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.at("Name", "/metadata/name"));
        columns.addAll(COLUMNS.getOrDefault(kind.kind(), List.of()));
        columns.add(new Column("Age", this::age));

        ObjectNode table = JsonNodeFactory.instance.objectNode();
        table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata").put("resourceVersion", revision);
        ArrayNode definitions = table.putArray("columnDefinitions");
        for (Column column : columns) {
            definitions
                    .addObject()
                    .put("name", column.name())
                    .put("type", "string")
                    .put("format", column.name().equals("Name") ? "name" : "")
                    .put("description", "")
                    .put("priority", 0);
        }
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            columns.forEach(c -> cells.add(c.cell().apply(object)));
            ObjectNode partial = row.putObject("object");
            partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
            partial.set("metadata", object.path("metadata"));
        }
        return table;
    }

    private String age(JsonNode object) {
        String created = object.at("/metadata/creationTimestamp").asText();
        if (created.isEmpty()) {
            return "<unknown>";
        }
        Duration age = Duration.between(Instant.parse(created), clock.instant());
        if (age.toMinutes() < 2) {
            return age.toSeconds() + "s";
        }
        if (age.toHours() < 3) {
            return age.toMinutes() + "m";
        }
        return age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
    }

    private static int count(JsonNode object, String pointer) {
        return object.at(pointer).asInt();
    }

    private static String readyContainers(JsonNode pod) {
        long ready = pod.at("/status/containerStatuses")
                .valueStream()
                .filter(s -> s.path("ready").asBoolean())
                .count();
        return ready + "/" + pod.at("/spec/containers").size();
    }

    private static String podStatus(JsonNode pod) {
        if (pod.path("metadata").has("deletionTimestamp")) {
            return "Terminating";
        }
        String waiting =
                pod.at("/status/containerStatuses/0/state/waiting/reason").asText();
        return waiting.isEmpty() ? pod.at("/status/phase").asText() : waiting;
    }

    private static String nodeStatus(JsonNode node) {
        boolean ready = node.at("/status/conditions")
                .valueStream()
                .anyMatch(c -> c.path("type").asText().equals("Ready")
                        && c.path("status").asText().equals("True"));
        String suffix = node.at("/spec/unschedulable").asBoolean() ? ",SchedulingDisabled" : "";
        return (ready ? "Ready" : "NotReady") + suffix;
    }

    private static String claimState(JsonNode claim) {
        if (claim.path("metadata").has("deletionTimestamp")) {
            return "deleted";
        }
        String state = claim.at("/status").has("allocation") ? "allocated" : "pending";
        return claim.at("/status/reservedFor").isEmpty() ? state : state + ",reserved";
    }

    private static String involved(JsonNode event) {
        return event.at("/involvedObject/kind").asText().toLowerCase(Locale.ROOT) + "/"
                + event.at("/involvedObject/name").asText();
    }
}
