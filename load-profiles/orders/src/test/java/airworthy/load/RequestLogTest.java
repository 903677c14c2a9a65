package airworthy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.model.RequestRecord;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLogTest {

    @TempDir
    private Path folder;

    @Test
    void readsBackWhatWasWritten() throws IOException {
        LoadLog log = write(Samples.answered(), Samples.skipped());

        assertThat(RequestLog.read(log.file())).containsExactly(Samples.answered(), Samples.skipped());
        assertThat(log.records()).isEqualTo(2);
        assertThat(log.sha256()).isEqualTo(RequestLog.sha256(log.file())).hasSize(64);
    }

    @Test
    void leavesOutWhatIsEmpty() throws IOException {
        LoadLog log = write(Samples.skipped());

        assertThat(log.file())
                .hasContent(
                        "{\"stream\":\"s\",\"number\":0,\"outcome\":\"skipped-by-cap\",\"intendedNs\":3,\"endNs\":4}\n");
    }

    @Test
    void refusesATornLastLine() throws IOException {
        LoadLog log = write(Samples.answered(), Samples.skipped());
        String text = Files.readString(log.file());

        assertThatThrownBy(() -> RequestLog.parse(text.substring(0, text.length() - 1), "requests.jsonl"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("requests.jsonl:2")
                .hasMessageContaining("torn");
    }

    @Test
    void saysWhichLineIsNoRecord() {
        assertThatThrownBy(() -> RequestLog.parse("{\"stream\":\"s\"}\n", "requests.jsonl"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("requests.jsonl:1");
        assertThatThrownBy(() -> RequestLog.parse(
                        "{\"stream\":\"s\",\"number\":0,\"outcome\":\"lost\",\"intendedNs\":3,\"endNs\":4}\n", "f"))
                .hasMessageContaining("f:1")
                .hasMessageContaining("LOST");
    }

    @Test
    void neverOverwritesALog() throws IOException {
        LoadLog log = write(Samples.skipped());

        assertThatThrownBy(() -> new RequestLogWriter(log.file())).isInstanceOf(FileAlreadyExistsException.class);
    }

    private LoadLog write(RequestRecord... records) throws IOException {
        try (RequestLogWriter writer = new RequestLogWriter(folder.resolve("load/requests.jsonl"))) {
            for (RequestRecord request : List.of(records)) {
                writer.add(request);
            }
            return writer.finish();
        }
    }
}
