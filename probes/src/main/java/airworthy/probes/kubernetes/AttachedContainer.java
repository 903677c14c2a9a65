package airworthy.probes.kubernetes;

import airworthy.probes.Reading;
import airworthy.probes.http.Login;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The standard streams of a running container, for as long as somebody holds them. What it said before is not heard. Each
 * stream is for one thread.
 *
 * <p>The web socket is the JDK's own: the client library's loses a message that is sent while another is under way, and looks
 * at the pod first, for which a user needs more rights.
 */
public final class AttachedContainer implements AutoCloseable {
    private static final String PROTOCOL = "v4.channel.k8s.io";

    private static final Duration OPEN_WITHIN = ApiTransport.LIMIT;

    /** For the other side to read what is sent, and to answer a farewell. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WebSocket socket;
    private final ContainerChannels channels;
    private final OutputStream input = new Input();

    private AttachedContainer(WebSocket socket, ContainerChannels channels) {
        this.socket = socket;
        this.channels = channels;
    }

    /**
     * Opens a session.
     *
     * @param asked for messages
     * @param address of the pod's {@code attach}, with what is asked of it
     */
    static Reading<AttachedContainer> open(String asked, URI address, Login login) throws InterruptedException {
        ContainerChannels channels = new ContainerChannels();
        WebSocket.Builder builder = HttpClient.newBuilder()
                .sslContext(login.tls())
                .connectTimeout(OPEN_WITHIN)
                .build()
                .newWebSocketBuilder()
                .subprotocols(PROTOCOL)
                .connectTimeout(OPEN_WITHIN);
        login.headers().get().forEach(builder::header);
        CompletableFuture<WebSocket> opening =
                builder.buildAsync(URI.create(address.toString().replaceFirst("^http", "ws")), channels);
        try {
            return new Reading.Present<>(
                    new AttachedContainer(opening.get(OPEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS), channels));
        } catch (TimeoutException _) {
            return new Reading.Unreadable<>(asked + ": no answer within " + OPEN_WITHIN.toSeconds() + " s");
        } catch (ExecutionException e) {
            return refused(asked, e.getCause() == null ? e : e.getCause());
        }
    }

    private static Reading<AttachedContainer> refused(String asked, Throwable why) {
        if (!(why instanceof WebSocketHandshakeException handshake)) {
            return new Reading.Unreadable<>(asked + ": " + why);
        }
        int status = handshake.getResponse().statusCode();
        return switch (status) {
            case 404 -> new Reading.Absent<>(asked + ": 404, no such pod");
            case 403 ->
                new Reading.Unreadable<>(
                        asked + ": 403; grant get and create on pods/attach to the user of this kubeconfig");
            default -> new Reading.Unreadable<>(asked + ": " + status);
        };
    }

    /** What it reads. Closing it ends the whole session: the protocol knows no other way to tell of an end. */
    public OutputStream input() {
        return input;
    }

    /** What it says; ends with the session. */
    public InputStream output() {
        return channels.output();
    }

    /** What it complains of; ends with the session. */
    public InputStream error() {
        return channels.error();
    }

    /**
     * Waits until the session has ended, because the container has or because it was cut.
     *
     * @return whether it has, within that time
     */
    public boolean awaitEnd(Duration within) throws InterruptedException {
        try {
            return channels.ended().get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end is never exceptional", e);
        }
    }

    /** Lets go of it: a container whose input is for one session ({@code stdinOnce}) then reads its end. */
    @Override
    public void close() {
        var _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .thenCompose(_ -> channels.ended().copy())
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> abort());
    }

    private void abort() {
        socket.abort();
        channels.end(null);
    }

    /** One message at a time: the JDK refuses another while one is under way. */
    private final class Input extends OutputStream {
        private static final byte CHANNEL = 0;

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            ByteBuffer message = ByteBuffer.allocate(length + 1).put(CHANNEL).put(bytes, from, length);
            try {
                socket.sendBinary(message.flip(), true).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new IOException("the session with the container has ended: " + e.getMessage(), e);
            } catch (TimeoutException e) {
                throw new IOException("the container has not read for " + PATIENCE.toSeconds() + " s", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the container was written to", e);
            }
        }

        @Override
        public void close() {
            AttachedContainer.this.close();
        }
    }
}
