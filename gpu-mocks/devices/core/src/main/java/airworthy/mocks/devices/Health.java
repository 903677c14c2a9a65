package airworthy.mocks.devices;

/**
 * What the driver knows about a device's health.
 *
 * @param message why, for people; empty when there is nothing to say
 */
public record Health(Status status, String message) {

    /** Health as the kubelet tells it. */
    public enum Status {
        HEALTHY,
        UNHEALTHY,
        /** Nobody watches. */
        UNKNOWN
    }
}
