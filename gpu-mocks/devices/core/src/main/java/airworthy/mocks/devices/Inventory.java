package airworthy.mocks.devices;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What accelerators the nodes of a cluster have, and how their driver is set up.
 *
 * @param healthTaints whether the driver watches health and publishes what it finds; NVIDIA's gate
 *     {@code NVMLDeviceHealthCheck}, which is off in a stock installation
 * @param evictOnLoss whether a lost device is tainted so that its pods are evicted, as NVIDIA's driver never does
 * @param onMismatch the taint's effect on all devices of a node where driver and library are of two versions; NVIDIA's driver
 *     sets none
 */
public record Inventory(
        boolean healthTaints,
        boolean evictOnLoss,
        Optional<DeviceTaint.Effect> onMismatch,
        List<AcceleratorGroup> accelerators) {

    public Inventory {
        accelerators = List.copyOf(accelerators);
        if (accelerators.isEmpty()) {
            throw new IllegalArgumentException("accelerators: found none, expected at least one group");
        }
    }

    /**
     * Reads an inventory in YAML.
     *
     * @throws IOException when it cannot be read or is not understood; the message says what was found and expected
     */
    public static Inventory read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException("found no file %s, expected the inventory of accelerators".formatted(file), e);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new IOException("%s:%d: %s".formatted(file, line, e.getOriginalMessage()), e);
        }
    }

    /** Reads an inventory from the text of its YAML. */
    public static Inventory parse(String yaml) throws JsonProcessingException {
        ObjectMapper mapper =
                new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        Document document = mapper.readValue(yaml, Document.class);
        try {
            return document.inventory();
        } catch (IllegalArgumentException e) {
            throw new JsonMappingException(null, e.getMessage(), e);
        }
    }

    /**
     * The same where one node has what these nodes have: a cluster of one node stands for a larger one.
     *
     * @param others nodes of this inventory
     */
    public Inventory gathered(String node, Collection<String> others) {
        return new Inventory(
                healthTaints,
                evictOnLoss,
                onMismatch,
                accelerators.stream()
                        .map(group -> others.contains(group.node()) ? group.on(node) : group)
                        .toList());
    }

    /** Returns the groups of one node in their order: those that name it, or else those for any node. */
    public List<AcceleratorGroup> of(String node) {
        List<AcceleratorGroup> named =
                accelerators.stream().filter(group -> group.node().equals(node)).toList();
        return named.isEmpty()
                ? accelerators.stream()
                        .filter(group -> group.node().equals(AcceleratorGroup.ANY_NODE))
                        .toList()
                : named;
    }

    /** The file as it is written: what may be left out is null. */
    private record Document(
            @Nullable Boolean healthTaints,
            @Nullable Boolean evictOnLoss,
            @Nullable String onMismatch,
            @JsonProperty(required = true) List<AcceleratorGroup> accelerators) {

        Inventory inventory() {
            return new Inventory(
                    Objects.requireNonNullElse(healthTaints, true),
                    Objects.requireNonNullElse(evictOnLoss, false),
                    Optional.ofNullable(onMismatch).map(DeviceTaint.Effect::named),
                    accelerators);
        }
    }
}
