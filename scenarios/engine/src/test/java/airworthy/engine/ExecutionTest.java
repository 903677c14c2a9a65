package airworthy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathResource;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import airworthy.assembly.CannotAssessException;
import airworthy.assembly.Catalogue;
import airworthy.assembly.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Executions that cannot begin: no platform is started here. */
class ExecutionTest {
    @TempDir
    private Path dir;

    private Path installation() throws IOException {
        Files.createDirectories(dir.resolve("app/load/lib"));
        Files.createDirectories(dir.resolve("app/platform/lib"));
        return dir.resolve("app");
    }

    private EngineExecutionResults execute(Map<String, String> parameters) throws IOException {
        Audits.write(dir.resolve("scenarios"), "OWN-1");
        return EngineTestKit.engine(new AirworthyTestEngine())
                .selectors(selectDirectory(dir.resolve("scenarios").toFile()))
                .configurationParameter(Settings.RUNS, dir.resolve("runs").toString())
                .configurationParameters(parameters)
                .execute();
    }

    private static Throwable whyTheRootFailed(EngineExecutionResults results) {
        assertThat(results.testEvents().started().count()).isZero();
        Event end = results.containerEvents().finished().stream().findFirst().orElseThrow();
        TestExecutionResult result = end.getRequiredPayload(TestExecutionResult.class);
        assertThat(result.getStatus()).isEqualTo(TestExecutionResult.Status.FAILED);
        return result.getThrowable().orElseThrow();
    }

    @Test
    void withoutAnInstallationTheRootFailsWithWhatToDo() throws Exception {
        Path nowhere = dir.resolve("nowhere");
        assertThat(whyTheRootFailed(execute(Map.of(Installation.HOME, nowhere.toString()))))
                .isInstanceOf(CannotAssessException.class)
                .hasMessageContaining("found no folder " + nowhere.resolve("load/lib"))
                .hasMessageContaining("mvn package");
    }

    @Test
    void aProfileWhoseKubeconfigIsMissingFailsTheRootWithAClearMessage() throws Exception {
        Path profile = Files.writeString(dir.resolve("platform.yaml"), """
            apiVersion: airworthy/v1
            kind: Platform
            environment: test
            fidelity: { kubernetes: measured }
            cluster: { kubeconfig: nowhere/kubeconfig }
            """);

        Throwable why = whyTheRootFailed(
                execute(Map.of(Installation.HOME, installation().toString(), Settings.PLATFORM, profile.toString())));

        assertThat(why)
                .isInstanceOf(CannotAssessException.class)
                .hasMessageContaining(dir.resolve("nowhere/kubeconfig").toString());
        assertThat(dir.resolve("runs")).doesNotExist();
    }

    @Test
    void aProfileThatIsNotThereFailsTheRootWithItsName() throws Exception {
        Path profile = dir.resolve("no-such.yaml");
        assertThat(whyTheRootFailed(execute(
                        Map.of(Installation.HOME, installation().toString(), Settings.PLATFORM, profile.toString()))))
                .isInstanceOf(CannotAssessException.class)
                .hasMessageContaining(profile.toString());
    }

    @Test
    void aSeedThatIsNoNumberIsToldByItsKey() throws Exception {
        assertThat(whyTheRootFailed(
                        execute(Map.of(Installation.HOME, installation().toString(), Settings.SEED, "lucky"))))
                .hasMessageContaining(Settings.SEED)
                .hasMessageContaining("lucky");
    }

    private EngineExecutionResults executeWithoutInstallation(DiscoverySelector selector) {
        return EngineTestKit.engine(new AirworthyTestEngine())
                .selectors(selector)
                .configurationParameter(
                        Installation.HOME, dir.resolve("nowhere").toString())
                .execute();
    }

    @Test
    void anIdOfNoScenarioFailsTheRootAndNothingIsOpened() {
        assertThat(whyTheRootFailed(executeWithoutInstallation(selectUniqueId("[engine:airworthy]/[scenario:XXX-99]"))))
                .hasMessageContaining("[scenario:XXX-99]] could not be resolved");
    }

    @Test
    void whereNothingIsForThisEngineNothingIsOpened() {
        EngineExecutionResults results = executeWithoutInstallation(selectClasspathResource("META-INF/MANIFEST.MF"));
        assertThat(results.containerEvents().failed().list()).isEmpty();
        assertThat(results.containerEvents().succeeded().list()).hasSize(1);
    }

    private static Launcher launcher() {
        return LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(new AirworthyTestEngine())
                .build());
    }

    @Test
    void oneBrokenFileAndNothingOfTheSuiteIsStarted() throws Exception {
        Audits.write(dir, "OWN-1");
        Path broken = Audits.write(dir, "OWN-2", "remedi: again\n");
        List<TestIdentifier> started = new ArrayList<>();
        List<Throwable> thrown = new ArrayList<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectDirectory(dir.toFile()))
                .build();

        launcher()
                .execute(LauncherExecutionRequestBuilder.request(request)
                        .listeners(new TestExecutionListener() {
                            @Override
                            public void executionStarted(TestIdentifier test) {
                                if (test.isTest()) {
                                    started.add(test);
                                }
                            }

                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                result.getThrowable().ifPresent(thrown::add);
                            }
                        })
                        .build());

        assertThat(started).isEmpty();
        assertThat(thrown).singleElement().satisfies(why -> assertThat(why).hasMessageContaining(broken + ":10:1"));
    }

    @Test
    void tagsSelectByCapabilityAndSeverity() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClasspathResource(Catalogue.V1 + "/suite.yaml"))
                .filters(TagFilter.includeTags("serving"))
                .build();
        assertThat(launcher().discover(request).countTestIdentifiers(TestIdentifier::isTest))
                .isEqualTo(2);
    }
}
