package airworthy.mocks.platform.gateway;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/** The last requests, a JSON object a line, oldest first. Safe for any number of threads. */
public final class AccessLog implements Consumer<String> {

    private static final int KEPT = 20_000;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    @Override
    public synchronized void accept(String request) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(request);
    }

    /** Returns what is kept. */
    public synchronized String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
