package airworthy.mocks.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** How far a Deployment may go in one step without going below its availability or above its surge. */
final class Rollout {
    private static final String DEFAULT = "25%";

    private Rollout() {}

    /** The replicas to ask of the current ReplicaSet and of each older one. */
    record Step(int current, List<Integer> older) {}

    static Step next(ObjectNode deployment, ObjectNode current, List<ObjectNode> older) {
        int wanted = deployment.at("/spec/replicas").asInt();
        int running = replicas(current);
        int oldReplicas = older.stream().mapToInt(Rollout::replicas).sum();
        if (deployment.at("/spec/strategy/type").asText().equals("Recreate")) {
            int left = older.stream()
                    .mapToInt(r -> r.at("/status/replicas").asInt())
                    .sum();
            return new Step(
                    left == 0 ? wanted : running, older.stream().map(r -> 0).toList());
        }
        int room = Math.max(0, wanted + maxSurge(deployment) - running - oldReplicas);
        int scaled = oldReplicas == 0 ? wanted : Math.min(wanted, running + room);
        int unavailable = Math.max(0, scaled - available(current));
        int spare = Math.max(0, scaled + oldReplicas - (wanted - maxUnavailable(deployment)) - unavailable);
        return new Step(scaled, shrink(older, spare));
    }

    static int maxUnavailable(JsonNode deployment) {
        int declared = number(deployment, "maxUnavailable", Math::floor);
        return declared == 0 && maxSurge(deployment) == 0 ? 1 : declared;
    }

    private static int maxSurge(JsonNode deployment) {
        return number(deployment, "maxSurge", Math::ceil);
    }

    private static List<Integer> shrink(List<ObjectNode> older, int spare) {
        List<Integer> sizes = new ArrayList<>();
        int left = spare;
        for (ObjectNode replicaSet : older) {
            int idle = Math.max(0, replicas(replicaSet) - available(replicaSet));
            int taken = Math.min(replicas(replicaSet), Math.max(left, idle));
            sizes.add(replicas(replicaSet) - taken);
            left = Math.max(0, left - taken);
        }
        return sizes;
    }

    private static int number(JsonNode deployment, String field, DoubleUnaryOperator rounding) {
        JsonNode declared = deployment.at("/spec/strategy/rollingUpdate").path(field);
        String text = declared.asText(DEFAULT);
        if (!text.endsWith("%")) {
            return declared.asInt();
        }
        double share = Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
        return (int)
                rounding.applyAsDouble(share * deployment.at("/spec/replicas").asInt());
    }

    private static int replicas(JsonNode replicaSet) {
        return replicaSet.at("/spec/replicas").asInt();
    }

    private static int available(JsonNode replicaSet) {
        return replicaSet.at("/status/availableReplicas").asInt();
    }
}
