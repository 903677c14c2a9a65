package airworthy.mocks.devices.kubelet;

/** A device that the scheduler gave a request of a claim. */
public record AllocatedDevice(String request, String pool, String device) {}
