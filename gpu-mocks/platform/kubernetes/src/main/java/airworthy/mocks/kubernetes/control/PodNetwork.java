package airworthy.mocks.kubernetes.control;

/** The address that nodes report, and the first three octets (with a dot at the end) of pod addresses. */
public record PodNetwork(String hostIp, String podPrefix) {}
