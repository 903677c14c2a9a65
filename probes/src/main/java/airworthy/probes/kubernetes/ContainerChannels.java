package airworthy.probes.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What comes over one web socket from a container, told apart by the first byte of each message
 * ({@code v4.channel.k8s.io}). No more is asked for while much waits to be read. Thread-safe.
 */
final class ContainerChannels implements WebSocket.Listener {
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    /** Beyond so many bytes the other side has to wait. */
    private static final int MOST = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Channel output = new Channel();
    private final Channel error = new Channel();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private int waiting;
    private @Nullable WebSocket heldBack;
    private @Nullable Throwable broken;

    InputStream output() {
        return output;
    }

    InputStream error() {
        return error;
    }

    /** Done once nothing more will come. */
    CompletableFuture<Boolean> ended() {
        return ended;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        message.writeBytes(part);
        if (last) {
            byte[] whole = message.toByteArray();
            message.reset();
            take(whole);
        }
        askForMore(socket);
        return null;
    }

    /** The status of the session, on the third channel, says less than that of the pod, and is not kept. */
    private void take(byte[] whole) {
        if (whole.length > 1 && (whole[0] == STANDARD_OUTPUT || whole[0] == STANDARD_ERROR)) {
            lock.lock();
            try {
                (whole[0] == STANDARD_OUTPUT ? output : error).parts.add(ByteBuffer.wrap(whole, 1, whole.length - 1));
                waiting += whole.length - 1;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void askForMore(WebSocket socket) {
        lock.lock();
        try {
            if (waiting > MOST) {
                heldBack = socket;
                return;
            }
        } finally {
            lock.unlock();
        }
        socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        end(null);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable thrown) {
        end(thrown);
    }

    /** @param why if it did not end in good order */
    void end(@Nullable Throwable why) {
        lock.lock();
        try {
            if (!ended.isDone()) {
                broken = why;
                ended.complete(true);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One of the container's streams. */
    private final class Channel extends InputStream {
        private final Queue<ByteBuffer> parts = new ArrayDeque<>();

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            if (most == 0) {
                return 0;
            }
            WebSocket goesOn = null;
            int length;
            lock.lock();
            try {
                while (parts.isEmpty() && !ended.isDone()) {
                    changed.awaitUninterruptibly();
                }
                ByteBuffer part = parts.peek();
                if (part == null) {
                    if (broken != null) {
                        throw new IOException("the session with the container broke: " + broken.getMessage(), broken);
                    }
                    return -1;
                }
                length = Math.min(most, part.remaining());
                part.get(into, from, length);
                if (!part.hasRemaining()) {
                    parts.remove();
                }
                waiting -= length;
                if (waiting <= MOST) {
                    goesOn = heldBack;
                    heldBack = null;
                }
            } finally {
                lock.unlock();
            }
            if (goesOn != null) {
                goesOn.request(1);
            }
            return length;
        }
    }
}
