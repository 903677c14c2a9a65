package airworthy.mocks.platform.gateway;

import java.util.ArrayDeque;

/** The last requests, a JSON object a line, oldest first. Safe for any number of threads. */
final class AccessLog {

    private static final int KEPT = 20_000;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    synchronized void add(AccessRecord request) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(request.json());
    }

    synchronized String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
