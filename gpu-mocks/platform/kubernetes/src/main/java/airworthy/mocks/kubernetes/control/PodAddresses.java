package airworthy.mocks.kubernetes.control;

import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Addresses of one /24, lowest free first. Used by one thread at a time, under the kubelet's lock. */
final class PodAddresses {
    private final String prefix;
    private final TreeSet<Integer> free =
            new TreeSet<>(IntStream.rangeClosed(1, 254).boxed().toList());

    /** The prefix is three octets with a dot at the end. */
    PodAddresses(String prefix) {
        this.prefix = prefix;
    }

    /** Takes an address; empty when all are in use. */
    Optional<String> take() {
        return Optional.ofNullable(free.pollFirst()).map(host -> prefix + host);
    }

    void giveBack(String address) {
        free.add(Integer.valueOf(address.substring(prefix.length())));
    }
}
