package airworthy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathResource;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import airworthy.assembly.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource;
import org.junit.platform.engine.support.hierarchical.Node;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class DiscoveryTest {
    private static final DiscoverySelector BUILT_IN = selectClasspathResource(Catalogue.V1 + "/suite.yaml");

    @TempDir
    private Path dir;

    private static EngineDiscoveryResults discover(DiscoverySelector... selectors) {
        return EngineTestKit.engine(new AirworthyTestEngine())
                .selectors(selectors)
                .discover();
    }

    private static List<String> names(EngineDiscoveryResults results) {
        return results.getEngineDescriptor().getChildren().stream()
                .map(TestDescriptor::getDisplayName)
                .toList();
    }

    private static ScenarioDescriptor builtIn(String id) {
        return discover(BUILT_IN).getEngineDescriptor().getChildren().stream()
                .map(ScenarioDescriptor.class::cast)
                .filter(found -> found.scenario().id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFolderIsASuiteOfTheScenariosBelowIt() throws Exception {
        Audits.write(dir.resolve("b"), "OWN-2");
        Path first = Audits.write(dir.resolve("a"), "OWN-9");

        EngineDiscoveryResults results = discover(selectDirectory(dir.toFile()));

        assertThat(names(results)).containsExactly("OWN-9 owners", "OWN-2 owners");
        assertThat(results.getDiscoveryIssues()).isEmpty();
        assertThat(results.getEngineDescriptor().getChildren())
                .allMatch(TestDescriptor::isTest)
                .first()
                .satisfies(child -> assertThat(child.getSource()).hasValue(FileSource.from(first.toFile())));
    }

    @Test
    void oneFileIsASuiteOfOneScenario() throws Exception {
        Audits.write(dir, "OWN-2");
        assertThat(names(discover(selectFile(Audits.write(dir, "OWN-1").toFile()))))
                .containsExactly("OWN-1 owners");
    }

    @Test
    void theSuiteThatShipsIsSelectedByItsResource() {
        EngineDiscoveryResults results = discover(BUILT_IN);
        assertThat(results.getDiscoveryIssues()).isEmpty();
        assertThat(names(results)).contains("SCH-1 quota-burst", "SRV-4 slow-tokens", "OWN-1 owner-chain");
    }

    @Test
    void everyIdThatIsIssuedSelectsThatScenarioAgain() {
        Set<UniqueId> issued = discover(BUILT_IN).getEngineDescriptor().getChildren().stream()
                .map(TestDescriptor::getUniqueId)
                .collect(Collectors.toSet());

        for (UniqueId id : issued) {
            EngineDiscoveryResults results = discover(selectUniqueId(id));
            assertThat(results.getEngineDescriptor().getChildren())
                    .extracting(TestDescriptor::getUniqueId)
                    .containsExactly(id);
            assertThat(results.getDiscoveryIssues()).isEmpty();
        }
        DiscoverySelector[] all = issued.stream()
                .map(id -> (DiscoverySelector) selectUniqueId(id))
                .toArray(DiscoverySelector[]::new);
        assertThat(discover(all).getEngineDescriptor().getChildren())
                .extracting(TestDescriptor::getUniqueId)
                .containsExactlyInAnyOrderElementsOf(issued);
    }

    @Test
    void idsHoldNoPathOfThisMachine() throws Exception {
        Audits.write(dir, "OWN-1");
        assertThat(discover(selectDirectory(dir.toFile())).getEngineDescriptor().getChildren())
                .extracting(child -> child.getUniqueId().toString())
                .containsExactly("[engine:airworthy]/[scenario:OWN-1]");
    }

    @Test
    void anIdOfNoScenarioSelectsNothing() {
        assertThat(names(discover(selectUniqueId("[engine:airworthy]/[scenario:XXX-99]"))))
                .isEmpty();
    }

    @Test
    void aBrokenFileIsAnErrorAtItsLineAndColumnAndOthersAreTestedToo() throws Exception {
        Path good = Audits.write(dir, "OWN-1");
        Path broken = Audits.write(dir, "OWN-2", "remedi: again\n");
        Path torn = Files.writeString(dir.resolve("torn.yaml"), "kind: [");

        List<DiscoveryIssue> issues = discover(selectDirectory(dir.toFile())).getDiscoveryIssues();

        assertThat(issues).allMatch(issue -> issue.severity() == DiscoveryIssue.Severity.ERROR);
        assertThat(issues)
                .extracting(DiscoveryIssue::message)
                .anySatisfy(message -> assertThat(message)
                        .contains(broken + ":10:1")
                        .contains("remedi")
                        .contains("remedy"))
                .anySatisfy(message -> assertThat(message).contains(torn + ":1:"))
                .noneSatisfy(message -> assertThat(message).contains(good.toString()));
    }

    @Test
    void twoSuitesAreRefusedBecauseACardNamesOne() throws Exception {
        Audits.write(dir, "OWN-1");
        EngineDiscoveryResults results = discover(BUILT_IN, selectDirectory(dir.toFile()));
        assertThat(results.getDiscoveryIssues())
                .filteredOn(issue -> issue.severity() == DiscoveryIssue.Severity.ERROR)
                .singleElement()
                .satisfies(issue -> assertThat(issue.message()).contains("found two suites selected, expected one"));
    }

    @Test
    void theSameSuiteSelectedTwiceIsOneSuite() throws Exception {
        Audits.write(dir, "OWN-1");
        EngineDiscoveryResults results = discover(selectDirectory(dir.toFile()), selectDirectory(dir.toFile()));
        assertThat(results.getDiscoveryIssues()).isEmpty();
        assertThat(names(results)).containsExactly("OWN-1 owners");
    }

    @Test
    void otherResourcesAreLeftToOtherEngines() {
        EngineDiscoveryResults results = discover(selectClasspathResource("META-INF/MANIFEST.MF"));
        assertThat(names(results)).isEmpty();
        assertThat(results.getDiscoveryIssues()).noneMatch(issue -> issue.severity() == DiscoveryIssue.Severity.ERROR);
    }

    @Test
    void tagsAreCapabilityAndSeverity() {
        assertThat(builtIn("SRV-4").getTags())
                .containsExactlyInAnyOrder(TestTag.create("serving"), TestTag.create("critical"));
    }

    @Test
    void whatAScenarioBreaksItHasToItselfAndWhatItLooksAtItShares() {
        assertThat(builtIn("SRV-4").getExclusiveResources())
                .containsExactlyInAnyOrder(
                        new ExclusiveResource("airworthy/inference", ExclusiveResource.LockMode.READ_WRITE),
                        new ExclusiveResource("airworthy/gateway", ExclusiveResource.LockMode.READ));
        assertThat(builtIn("SCH-1").getExclusiveResources())
                .containsExactly(
                        new ExclusiveResource("airworthy/test-tenants", ExclusiveResource.LockMode.READ_WRITE));
        assertThat(builtIn("SCH-2").getExclusiveResources())
                .containsExactlyInAnyOrder(
                        new ExclusiveResource("airworthy/inference", ExclusiveResource.LockMode.READ_WRITE),
                        new ExclusiveResource("airworthy/gateway", ExclusiveResource.LockMode.READ),
                        new ExclusiveResource("airworthy/claims", ExclusiveResource.LockMode.READ_WRITE));
        assertThat(builtIn("SRV-2").getExclusiveResources())
                .as("the copy claims devices")
                .contains(new ExclusiveResource("airworthy/claims", ExclusiveResource.LockMode.READ_WRITE))
                .hasSize(3);
        assertThat(builtIn("OWN-1").getExclusiveResources())
                .containsExactlyInAnyOrder(
                        new ExclusiveResource("airworthy/gateway", ExclusiveResource.LockMode.READ),
                        new ExclusiveResource("airworthy/claims", ExclusiveResource.LockMode.READ));
        assertThat(builtIn("GW-2").getExclusiveResources())
                .as("what a tenant spends and which keys are good are two things, and both leave the model as it is")
                .containsExactlyInAnyOrder(
                        new ExclusiveResource("airworthy/inference", ExclusiveResource.LockMode.READ),
                        new ExclusiveResource("airworthy/gateway", ExclusiveResource.LockMode.READ),
                        new ExclusiveResource("airworthy/test-tenants", ExclusiveResource.LockMode.READ_WRITE));
        assertThat(builtIn("POL-3").getExclusiveResources())
                .containsExactlyInAnyOrder(
                        new ExclusiveResource("airworthy/inference", ExclusiveResource.LockMode.READ),
                        new ExclusiveResource("airworthy/gateway", ExclusiveResource.LockMode.READ),
                        new ExclusiveResource("airworthy/gateway-keys", ExclusiveResource.LockMode.READ_WRITE));
        assertThat(builtIn("OWN-1").getExecutionMode()).isEqualTo(Node.ExecutionMode.CONCURRENT);
    }
}
