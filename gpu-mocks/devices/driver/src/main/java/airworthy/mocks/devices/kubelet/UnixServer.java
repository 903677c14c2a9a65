package airworthy.mocks.devices.kubelet;

import io.grpc.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A gRPC server on a socket that goes with it. */
record UnixServer(Path socket, Server server) implements AutoCloseable {

    /** Takes the socket away first: whoever watches its folder learns before calls fail. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(socket);
        } finally {
            server.shutdownNow();
        }
    }
}
