package airworthy.mocks.devices;

/** A node's accelerators, and who tells whose they are. */
public record NodeDevices(Accelerators accelerators, Attribution attribution) {}
