package airworthy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.model.RequestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestTailTest {

    @TempDir
    private Path folder;

    @Test
    void aLogThatIsNotThereYetHoldsNothing() throws IOException {
        assertThat(RequestTail.fromStart(folder.resolve("requests.jsonl")).next())
                .isEmpty();
    }

    @Test
    void eachRequestIsGivenOnce() throws IOException {
        Path file = folder.resolve("requests.jsonl");
        RequestTail tail = RequestTail.fromStart(file);
        try (RequestLogWriter writer = new RequestLogWriter(file)) {
            writer.add(Samples.answered());
            writer.flush();
            assertThat(tail.next()).containsExactly(Samples.answered());
            assertThat(tail.next()).isEmpty();

            writer.add(Samples.skipped());
            writer.add(Samples.answered());
            writer.flush();
            assertThat(tail.next()).containsExactly(Samples.skipped(), Samples.answered());
        }
    }

    @Test
    void aLineThatIsStillBeingWrittenIsGivenWhenItIsWhole() throws IOException {
        Path file = folder.resolve("requests.jsonl");
        String line = "{\"stream\":\"s\",\"number\":0,\"outcome\":\"skipped-by-cap\",\"intendedNs\":3,\"endNs\":4,"
                + "\"detail\":\"für später\"}\n";
        RequestTail tail = RequestTail.fromStart(file);

        Files.writeString(file, line + line.substring(0, 40));
        assertThat(tail.next()).hasSize(1);
        Files.writeString(file, line.substring(40), StandardOpenOption.APPEND);
        assertThat(tail.next())
                .singleElement()
                .satisfies(request -> assertThat(request.detail()).isEqualTo("für später"));
    }

    @Test
    void whatIsWrittenWholeByNowCanBeLeftOut() throws IOException {
        Path file = folder.resolve("requests.jsonl");
        assertThat(RequestTail.fromNow(file).next()).isEmpty();
        String line = "{\"stream\":\"%s\",\"number\":0,\"outcome\":\"skipped-by-cap\",\"intendedNs\":3,\"endNs\":4}\n";
        Files.writeString(file, line.formatted("early") + "{\"stream\":\"half");
        RequestTail tail = RequestTail.fromNow(file);
        assertThat(tail.next()).isEmpty();

        Files.writeString(file, line.formatted("early") + line.formatted("half"));

        assertThat(tail.next()).extracting(RequestRecord::stream).containsExactly("half");
    }

    @Test
    void whatIsNoRecordIsNotSkipped() throws IOException {
        Path file = Files.writeString(folder.resolve("requests.jsonl"), "{}\n");
        assertThatThrownBy(() -> RequestTail.fromStart(file).next()).isInstanceOf(IOException.class);
    }
}
