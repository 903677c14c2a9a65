package airworthy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.format.Read;
import airworthy.format.SchemaCheck;
import airworthy.format.SuiteFiles;
import airworthy.format.SuiteReader;
import airworthy.model.Event;
import airworthy.model.Scenario;
import airworthy.model.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuiteV1Test {
    private static final String FOLDER = "airworthy/catalogue/v1";
    private static final Path SOURCES = Path.of("v1");

    private final SuiteReader reader = new SuiteReader(new SchemaCheck());

    @Test
    void theSuiteIsValid() {
        Suite suite = shipped().suite();

        assertThat(suite.name()).isEqualTo("v1-preview");
        assertThat(suite.planned()).isEqualTo(49);
        assertThat(suite.scenarios())
                .extracting(scenario -> scenario.id().value())
                .containsExactly("SCH-1", "SCH-2", "SRV-2", "SRV-4", "OBS-1", "OBS-2", "GW-2", "POL-3", "OWN-1");
    }

    @Test
    void eachFileLiesInTheFolderOfItsCapabilityAndIsNamedAfterItsScenario() {
        SuiteFiles shipped = shipped();
        for (int i = 0; i < shipped.files().size(); i++) {
            Scenario scenario = shipped.suite().scenarios().get(i);
            assertThat(shipped.files().get(i).path())
                    .isEqualTo("%s/%s/%s-%s.yaml"
                            .formatted(FOLDER, scenario.capability().id(), scenario.id(), scenario.name()));
        }
    }

    @Test
    void noScenarioFileIsForgotten() throws IOException {
        List<String> listed = shipped().files().stream()
                .map(Event.Embedded::path)
                .map(path -> path.substring(FOLDER.length() + 1))
                .toList();
        try (var files = Files.walk(SOURCES)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> SOURCES.relativize(file).toString())
                            .filter(name -> !name.startsWith("defects") && !name.equals(SuiteReader.SUITE_FILE)))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void theSameSuiteIsReadFromAFolder() {
        assertThat(reader.read(SOURCES))
                .isInstanceOfSatisfying(
                        Read.Ok.class,
                        ok -> assertThat(ok.value())
                                .isInstanceOfSatisfying(
                                        SuiteFiles.class,
                                        read -> assertThat(read.suite())
                                                .isEqualTo(shipped().suite())));
    }

    private SuiteFiles shipped() {
        Read<SuiteFiles> read = reader.readClassPath(getClass().getClassLoader(), FOLDER);
        assertThat(read.problems()).isEmpty();
        return ((Read.Ok<SuiteFiles>) read).value();
    }
}
