package airworthy.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeededConfigTest {
    @TempDir
    private Path home;

    private Installation installation() throws IOException {
        Path config = Files.createDirectories(home.resolve("platform/config/cluster"));
        Files.writeString(config.resolveSibling("rules.yml"), "for: 5m\n");
        Files.writeString(config.resolve("10-namespaces.yaml"), "owner: chat-models\n");
        return new Installation(home);
    }

    private Path defect(String find) throws IOException {
        return Files.writeString(home.resolve("late.yaml"), """
            apiVersion: airworthy/v1
            kind: Defect
            id: late
            scenario: SRV-4
            title: The alert comes late
            edits:
              - file: rules.yml
                find: "FIND"
                replace: "for: 9h"
            changes:
              - { finding: SRV-4/detect/notified-in-time, to: not-met }
            """.replace("FIND", find));
    }

    @Test
    void aCopyIsEditedAndWhatShipsStaysAsItIs() throws Exception {
        Installation installation = installation();
        try (SeededConfig seeded =
                SeededConfig.of(installation, List.of(defect("for: 5m").toString()))) {
            assertThat(seeded.folder().resolve("rules.yml")).hasContent("for: 9h\n");
            assertThat(seeded.folder().resolve("cluster/10-namespaces.yaml")).hasContent("owner: chat-models\n");
            assertThat(seeded.defects().getFirst().id()).isEqualTo("late");
        }
        assertThat(installation.platformConfig().resolve("rules.yml")).hasContent("for: 5m\n");
    }

    @Test
    void theCopyIsDeletedWhenClosed() throws Exception {
        SeededConfig seeded =
                SeededConfig.of(installation(), List.of(defect("for: 5m").toString()));
        seeded.close();
        assertThat(seeded.folder()).doesNotExist();
    }

    @Test
    void aDefectThatDoesNotFitTheConfigurationIsRefused() throws Exception {
        String path = defect("for: 7m").toString();
        Installation installation = installation();
        assertThatThrownBy(() -> SeededConfig.of(installation, List.of(path)))
                .isInstanceOf(CannotAssessException.class)
                .hasMessageContaining("rules.yml")
                .hasMessageContaining("found it nowhere, expected \"for: 7m\" exactly once");
    }

    @Test
    void aNameThatIsNeitherFileNorOfTheCatalogueIsToldWithAnExample() throws Exception {
        Installation installation = installation();
        assertThatThrownBy(() -> SeededConfig.of(installation, List.of("SRV-4/no-such")))
                .isInstanceOf(CannotAssessException.class)
                .hasMessageContaining("\"SRV-4/no-such\"")
                .hasMessageContaining("SRV-4/routing-ignores-latency");
    }

    /** The catalogue's defect is found; that it does not fit our two files shows that it was read. */
    @Test
    void aDefectOfTheCatalogueIsFoundByItsName() throws Exception {
        Installation installation = installation();
        assertThatThrownBy(() -> SeededConfig.of(installation, List.of("SRV-4/routing-ignores-latency")))
                .isInstanceOf(CannotAssessException.class)
                .hasMessageContaining("defect routing-ignores-latency, edits[0]");
    }
}
