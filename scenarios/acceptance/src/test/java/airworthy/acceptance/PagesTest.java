package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of the repository that a command makes say what the command says. */
class PagesTest {

    @Test
    void theTableOfDefectsIsWhatListPrints(@TempDir Path temp) throws IOException, InterruptedException {
        String table = Harness.run(Harness.Priority.BACKGROUND, temp, "list", "--defects")
                .with(0)
                .out();

        assertThat(table).contains("| SRV-4/routing-ignores-latency |");
        assertThat(Files.readString(Catalogue.page("DEFECTS.md")))
                .as("make it anew: ./airworthy list --defects, below the page's first lines")
                .endsWith(table);
    }
}
