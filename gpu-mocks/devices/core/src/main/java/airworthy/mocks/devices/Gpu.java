package airworthy.mocks.devices;

/**
 * One GPU, as it is built in.
 *
 * @param node name of the node that it is in
 * @param minor its number on the node; its device file is {@code /dev/nvidia<minor>}
 */
public record Gpu(String node, int minor, AcceleratorGroup model, String uuid) implements Device {

    // As many as find room on one PCI domain's 256 buses at this distance.
    private static final int PCI_SLOTS = 16;
    private static final int BUS_STEP = 15;

    @Override
    public String name() {
        return "gpu-" + minor;
    }

    @Override
    public Gpu gpu() {
        return this;
    }

    @Override
    public long memoryBytes() {
        return model.memoryBytes();
    }

    /** Returns its address on the PCI bus as Linux writes it. */
    public String pciBusId() {
        return "%04x:%02x:00.0".formatted(minor / PCI_SLOTS, bus());
    }

    /** Returns the PCI root that it hangs on; two neighbours share one. */
    public String pcieRoot() {
        return "pci%04x:%02x".formatted(minor / PCI_SLOTS, minor % PCI_SLOTS / 2 * 2 * BUS_STEP + BUS_STEP - 1);
    }

    /** Returns its address on the PCI bus as NVML writes it. */
    public String nvmlBusId() {
        return "%08X:%02X:00.0".formatted(minor / PCI_SLOTS, bus());
    }

    private int bus() {
        return (minor % PCI_SLOTS + 1) * BUS_STEP;
    }
}
