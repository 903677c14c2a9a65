package airworthy.model;

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
 */
public record Target(
        String description,
        Map<Dimension, String> names,
        Map<String, String> owners,
        Optional<String> inference,
        Optional<String> replica,
        List<Map<Dimension, String>> bystanders) {
    public Target {
        names = Map.copyOf(names);
        owners = Map.copyOf(owners);
        bystanders = bystanders.stream().map(Map::copyOf).toList();
    }

    /** The namespace that it is in, if it is in one. */
    public Optional<String> namespace() {
        return Optional.ofNullable(names.get(Dimension.NAMESPACE));
    }
}
