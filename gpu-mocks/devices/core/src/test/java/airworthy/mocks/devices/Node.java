package airworthy.mocks.devices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalDouble;

/** A node with two products in eight GPUs, and a second one whose only GPU is partitioned. */
final class Node {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00.250Z");

    static final String INVENTORY = """
        accelerators:
          - node: gpu-1
            productName: NVIDIA H100 80GB HBM3
            brand: Nvidia
            architecture: Hopper
            cudaComputeCapability: 9.0.0
            count: 6
            memoryBytes: 85520809984
            driverVersion: 550.163.1
            cudaDriverVersion: 12.4.0
          - node: gpu-1
            productName: NVIDIA A100-SXM4-80GB
            brand: Nvidia
            architecture: Ampere
            cudaComputeCapability: 8.0.0
            count: 2
            memoryBytes: 85899345920
            driverVersion: 550.163.1
            cudaDriverVersion: 12.4.0
          - node: "*"
            productName: NVIDIA H100 80GB HBM3
            brand: Nvidia
            architecture: Hopper
            cudaComputeCapability: 9.0.0
            count: 1
            memoryBytes: 85520809984
            driverVersion: 550.163.1
            cudaDriverVersion: 12.4.0
            mig:
              - { profile: 1g.10gb, count: 2, memoryBytes: 10200547328 }
              - { profile: 3g.40gb, count: 1, memoryBytes: 42144366592 }
        """;

    private Node() {}

    static Accelerators whole(String settings) {
        return accelerators(settings, "gpu-1");
    }

    static Accelerators partitioned() {
        return accelerators("", "any-node");
    }

    static Accelerators accelerators(String settings, String node) {
        return Accelerators.of(inventory(settings + INVENTORY), node, "1", InstantSource.fixed(NOW));
    }

    static Inventory inventory(String yaml) {
        try {
            return Inventory.parse(yaml);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LeverOutcome<Double> pull(Accelerators node, int minor, DeviceLever lever, double value) {
        return node.move(node.gpus().get(minor), lever, value, OptionalDouble.empty());
    }

    /** The published device at a place of the only slice. */
    static JsonNode published(Accelerators node, int place) {
        return node.slices().specs().getFirst().at("/devices/" + place);
    }
}
