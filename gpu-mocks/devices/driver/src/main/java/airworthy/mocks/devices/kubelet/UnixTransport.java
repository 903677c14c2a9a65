package airworthy.mocks.devices.kubelet;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** gRPC over Unix sockets; all servers and channels share its threads. */
public final class UnixTransport implements AutoCloseable {

    // sockaddr_un.sun_path holds 108 bytes, the last of them zero.
    private static final int LONGEST_PATH = 107;

    // gRPC sets an option of TCP on each connection, at which Netty warns. Held, since loggers are collected with their
    // level.
    private final Logger connections = Logger.getLogger("io.netty.bootstrap");
    private final EventLoopGroup loop;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Prepares the transport.
     *
     * @throws IOException when this machine has no epoll; the message says why
     */
    public UnixTransport() throws IOException {
        if (!Epoll.isAvailable()) {
            throw new IOException(
                    "gRPC over Unix sockets needs Linux's epoll: " + Epoll.unavailabilityCause(),
                    Epoll.unavailabilityCause());
        }
        connections.setLevel(Level.SEVERE);
        loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    /** Serves some services on a socket; one left over by a process that was killed is replaced. */
    UnixServer serve(Path socket, List<BindableService> services) throws IOException {
        checkLength(socket);
        if (socket.getParent() != null) {
            Files.createDirectories(socket.getParent());
        }
        Files.deleteIfExists(socket);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address(socket))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                .executor(threads);
        services.forEach(builder::addService);
        try {
            Server server = builder.build().start();
            return new UnixServer(socket, server);
        } catch (IOException e) {
            throw new IOException("cannot listen on " + socket + ": " + e.getMessage(), e);
        }
    }

    /** Connects when it is first used, and again whenever the connection was lost. */
    ManagedChannel connect(Path socket) throws IOException {
        checkLength(socket);
        return NettyChannelBuilder.forAddress(address(socket))
                .channelType(EpollDomainSocketChannel.class)
                .eventLoopGroup(loop)
                .executor(threads)
                // Servers in Go refuse a path as authority.
                .overrideAuthority("localhost")
                .usePlaintext()
                .build();
    }

    private static DomainSocketAddress address(Path socket) {
        return new DomainSocketAddress(socket.toString());
    }

    private static void checkLength(Path socket) throws IOException {
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PATH) {
            throw new IOException("%s: found a path of %d bytes, a Unix socket's has at most %d"
                    .formatted(socket, length, LONGEST_PATH));
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        threads.shutdownNow();
    }
}
