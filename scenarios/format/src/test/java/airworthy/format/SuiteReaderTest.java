package airworthy.format;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteReaderTest {
    private final SuiteReader reader = new SuiteReader(new SchemaCheck());

    @TempDir
    private Path folder;

    @Test
    void aListedSuiteKeepsItsOrderAndItsTexts() throws IOException {
        write("b/B.yaml", audit("BB-2"));
        write("A.yaml", audit("AA-1"));
        write("suite.yaml", suite(5, "b/B.yaml", "A.yaml"));

        SuiteFiles read = ok(folder);

        assertThat(read.suite().name()).isEqualTo("mine");
        assertThat(read.suite().planned()).isEqualTo(5);
        assertThat(ids(read)).containsExactly("BB-2", "AA-1");
        assertThat(read.files())
                .extracting(Event.Embedded::path)
                .containsExactly(
                        folder.resolve("b/B.yaml").toString(),
                        folder.resolve("A.yaml").toString());
        assertThat(read.files().getFirst().text()).isEqualTo(audit("BB-2"));
        assertThat(read.files().getFirst().sha256()).isEqualTo(Embedding.sha256(audit("BB-2")));
        assertThat(ok(folder.resolve("suite.yaml"))).isEqualTo(read);
    }

    @Test
    void aTextFromTheJournalIsTheSameScenario() throws IOException {
        write("A.yaml", audit("AA-1"));
        SuiteFiles read = ok(folder);
        Event.Embedded kept = read.files().getFirst();

        assertThat(new ScenarioReader(new SchemaCheck()).read(kept.path(), kept.text()))
                .isEqualTo(new Read.Ok<>(read.suite().scenarios().getFirst()));
    }

    @Test
    void whatAJournalKeptIsReadAgainUnlessItWasChanged() throws IOException {
        write("A.yaml", audit("AA-1"));
        write("B.yaml", audit("BB-2"));
        SuiteFiles read = ok(folder);
        Event.Embedded first = read.files().getFirst();
        Event.Embedded changed = new Event.Embedded(first.path(), first.sha256(), first.text() + "#\n");

        assertThat(reader.readKept(read.suite().name(), 2, read.files())).isEqualTo(new Read.Ok<>(read));
        assertThat(reader.readKept("x", 2, List.of(changed)).problems())
                .extracting(Problem::expected)
                .containsExactly("the one kept: " + first.sha256());
    }

    @Test
    void aPlainFolderIsASuiteOfWhatItHolds() throws IOException {
        write("z/Z.yml", audit("AA-1"));
        write("y.yaml", audit("BB-2"));
        write("notes.txt", "not a scenario");

        SuiteFiles read = ok(folder);

        assertThat(read.suite().name()).isEqualTo(String.valueOf(folder.getFileName()));
        assertThat(read.suite().planned()).isEqualTo(2);
        assertThat(ids(read)).containsExactly("BB-2", "AA-1");
    }

    @Test
    void oneFileIsASuiteOfOne() throws IOException {
        write("A.yaml", audit("AA-1"));

        assertThat(ids(ok(folder.resolve("A.yaml")))).containsExactly("AA-1");
    }

    @Test
    void theProblemsOfAllFilesAreToldAtOnce() throws IOException {
        write("a.yaml", audit("AA-1").replace("title:", "titel:"));
        write("b.yaml", audit("BB-2").replace("critical", "grave"));
        write("suite.yaml", suite(3, "a.yaml", "b.yaml", "c.yaml"));

        assertThat(reader.read(folder).problems())
                .extracting(problem -> Path.of(problem.file()).getFileName() + " " + problem.path())
                .containsExactly("a.yaml title", "a.yaml titel", "b.yaml metadata.severity", "c.yaml ");
    }

    @Test
    void anIdThatComesTwiceIsToldInTheSecondFile() throws IOException {
        write("a.yaml", audit("AA-1"));
        write("b.yaml", audit("AA-1"));

        assertThat(reader.read(folder).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(folder.resolve("b.yaml").toString());
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.found()).isEqualTo("\"AA-1\" again");
            assertThat(problem.expected()).contains("a.yaml");
        });
    }

    @Test
    void aSuiteCannotHoldMoreThanIsPlannedNorReachOutOfItsFolder() throws IOException {
        write("suite.yaml", suite(1, "../a.yaml", "b.yaml"));

        assertThat(reader.read(folder).problems()).extracting(Problem::path).containsExactly("planned", "scenarios[0]");
    }

    @Test
    void anEmptyFolderAndAMissingOneAreTold() {
        assertThat(reader.read(folder).problems())
                .extracting(Problem::found)
                .containsExactly("no scenario file in this folder");
        assertThat(reader.read(folder.resolve("none")).problems())
                .extracting(Problem::found)
                .containsExactly("no such file");
        assertThat(reader.readClassPath(getClass().getClassLoader(), "no/such").problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "no/such/suite.yaml:1:1: found no such resource, expected a text file on the class path");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    private SuiteFiles ok(Path path) {
        Read<SuiteFiles> read = reader.read(path);
        assertThat(read.problems()).isEmpty();
        return ((Read.Ok<SuiteFiles>) read).value();
    }

    private static List<String> ids(SuiteFiles read) {
        return read.suite().scenarios().stream()
                .map(scenario -> scenario.id().value())
                .toList();
    }

    private static String suite(int planned, String... files) {
        return "apiVersion: airworthy/v1\nkind: Suite\nname: mine\nplanned: " + planned + "\nscenarios: ["
                + String.join(", ", files) + "]\n";
    }

    private static String audit(String id) {
        return """
            apiVersion: airworthy/v1
            kind: Audit
            metadata: { id: %s, name: owners, capability: ownership, severity: critical }
            title: Every workload has an owner
            why: Because
            needs: [kubernetes]
            expect: { withstand: { oneOwner: true } }
            remedy: Label it
            """.formatted(id);
    }
}
