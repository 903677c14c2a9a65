package airworthy.mocks.devices;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A way to cut a GPU with eight memory slices, by its number of compute slices. Profile ids and sizes are NVML's for full
 * instances without media extensions.
 */
enum MigProfile {
    ONE(1, 19, 1),
    TWO(2, 14, 2),
    THREE(3, 9, 4),
    FOUR(4, 5, 4),
    SEVEN(7, 0, 8);

    static final int MEMORY_SLICES = 8;

    private static final Pattern NAME = Pattern.compile("([1-9])g\\.[1-9]\\d*gb");

    private final int computeSlices;
    private final int id;
    private final int memorySlices;

    MigProfile(int computeSlices, int id, int memorySlices) {
        this.computeSlices = computeSlices;
        this.id = id;
        this.memorySlices = memorySlices;
    }

    static MigProfile named(String profile) {
        Matcher name = NAME.matcher(profile);
        return Arrays.stream(values())
                .filter(known -> name.matches() && Integer.parseInt(name.group(1)) == known.computeSlices)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mig: profile: found %s, expected %s and a size in GB"
                        .formatted(
                                profile,
                                Arrays.stream(values())
                                        .map(known -> known.computeSlices + "g.<n>gb")
                                        .collect(Collectors.joining(", ")))));
    }

    int computeSlices() {
        return computeSlices;
    }

    int id() {
        return id;
    }

    int memorySlices() {
        return memorySlices;
    }

    /** Returns the first place at or after {@code free} where an instance of this size may start. */
    int placement(int free) {
        return Math.ceilDiv(free, memorySlices) * memorySlices;
    }
}
