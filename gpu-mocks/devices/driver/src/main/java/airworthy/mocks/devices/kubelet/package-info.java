/** A DRA plugin as the kubelet sees it: gRPC over Unix sockets, and CDI files for the container runtime. Linux only. */
@NullMarked
package airworthy.mocks.devices.kubelet;

import org.jspecify.annotations.NullMarked;
