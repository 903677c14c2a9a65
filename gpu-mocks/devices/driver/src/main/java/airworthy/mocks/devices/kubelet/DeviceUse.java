package airworthy.mocks.devices.kubelet;

/** That a container has a device of this driver by a claim. */
public record DeviceUse(String namespace, String pod, String container, String claim, String pool, String device) {}
