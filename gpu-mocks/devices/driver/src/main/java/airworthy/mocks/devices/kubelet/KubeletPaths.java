package airworthy.mocks.devices.kubelet;

import airworthy.mocks.devices.SliceContent;
import java.nio.file.Path;

/**
 * Where the kubelet and the container runtime look.
 *
 * @param kubelet the kubelet's root folder
 * @param cdi folder of CDI specs
 */
public record KubeletPaths(Path kubelet, Path cdi) {

    /** Where they look unless told otherwise. */
    public static KubeletPaths standard() {
        return new KubeletPaths(Path.of("/var/lib/kubelet"), Path.of("/var/run/cdi"));
    }

    /** Returns the driver's own folder, which is the node's by the same path. */
    public Path plugin() {
        return kubelet.resolve("plugins").resolve(SliceContent.DRIVER);
    }

    Path draSocket() {
        return plugin().resolve("dra.sock");
    }

    Path registrationSocket() {
        return kubelet.resolve("plugins_registry").resolve(SliceContent.DRIVER + "-reg.sock");
    }

    /** Returns the kubelet's own socket that tells which pod has which devices. */
    public Path podResourcesSocket() {
        return kubelet.resolve("pod-resources").resolve("kubelet.sock");
    }
}
