package airworthy.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {
    private final List<String> closed = new ArrayList<>();
    private final Opened opened = new Opened();

    private AutoCloseable part(String name) {
        return opened.keep(() -> closed.add(name));
    }

    @Test
    void whatWasOpenedLastIsClosedFirst() {
        part("connection");
        part("load");
        part("journal");

        opened.closeAfter(new IllegalStateException("half-way"));

        assertThat(closed).containsExactly("journal", "load", "connection");
    }

    @Test
    void onePartThatDoesNotCloseKeepsNoOtherOpenAndStandsBesideTheReason() {
        part("connection");
        IllegalStateException stuck = new IllegalStateException("stuck");
        opened.keep(() -> {
            throw stuck;
        });
        part("journal");
        Exception reason = new Exception("half-way");

        opened.closeAfter(reason);

        assertThat(closed).containsExactly("journal", "connection");
        assertThat(reason.getSuppressed()).containsExactly(stuck);
    }

    @Test
    void theRestIsEverythingButWhatIsClosedElsewhereLastFirst() {
        AutoCloseable connection = part("connection");
        AutoCloseable load = part("load");
        AutoCloseable listener = part("listener");

        assertThat(opened.except(load)).containsExactly(listener, connection);
    }
}
