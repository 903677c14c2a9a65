package airworthy.assembly;

import java.util.ArrayList;
import java.util.List;

/** What has been opened so far, so that an opening that fails half-way closes it again, last first. */
final class Opened {
    private final List<AutoCloseable> open = new ArrayList<>();

    <T extends AutoCloseable> T keep(T opened) {
        open.addFirst(opened);
        return opened;
    }

    /** Everything kept, last first, but for these. */
    List<AutoCloseable> except(AutoCloseable... others) {
        List<AutoCloseable> rest = new ArrayList<>(open);
        rest.removeAll(List.of(others));
        return List.copyOf(rest);
    }

    /** Closes everything; what goes wrong then stands beside the reason. */
    @SuppressWarnings("try") // closing one after the other, each on its own
    void closeAfter(Throwable reason) {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                reason.addSuppressed(e);
            }
        }
    }
}
