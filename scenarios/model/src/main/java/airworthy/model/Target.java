package airworthy.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scenario hits on this platform: the truth that only the judge holds.
 *
 * @param description for people, for example {@code team-a/deployment/chat, replica chat-0}
 * @param names the true value of each dimension that an alert could name
 * @param owners the team named by the target's own owner keys, by key
 * @param inference the profile's name of the served model that is hit, if one is
 * @param replica the replica that is hit, if one is
 * @param bystanders names of what is not hit but could suffer, by dimension
 * @param twin the copy that is hit in place of the target itself, if one is
 */
public record Target(
        String description,
        Map<Dimension, String> names,
        Map<String, String> owners,
        Optional<String> inference,
        Optional<String> replica,
        List<Map<Dimension, String>> bystanders,
        Optional<Twin> twin) {
    public Target {
        names = Map.copyOf(names);
        owners = Map.copyOf(owners);
        bystanders = bystanders.stream().map(Map::copyOf).toList();
    }

    /** What is hit itself. */
    public Target(
            String description,
            Map<Dimension, String> names,
            Map<String, String> owners,
            Optional<String> inference,
            Optional<String> replica,
            List<Map<Dimension, String>> bystanders) {
        this(description, names, owners, inference, replica, bystanders, Optional.empty());
    }

    /**
     * A copy of a workload that the harness makes, so that the one that serves is left alone.
     *
     * @param name of the controller that we create
     * @param part the value of the label {@code airworthy/part} on its pods
     * @param revision what it calls the revision of its model
     */
    public record Twin(String name, String part, String revision) {}

    /** The same target, hit by way of a copy: who asks for the revision is told that of the copy. */
    public Target by(Twin copy) {
        Map<Dimension, String> truth = new HashMap<>(names);
        truth.put(Dimension.REVISION, copy.revision());
        return new Target(
                description + ", by copy " + copy.name(),
                truth,
                owners,
                inference,
                replica,
                bystanders,
                Optional.of(copy));
    }

    /** The namespace that it is in, if it is in one. */
    public Optional<String> namespace() {
        return Optional.ofNullable(names.get(Dimension.NAMESPACE));
    }
}
