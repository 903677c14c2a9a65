package airworthy.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The direction graph of ARCHITECTURE.md, kept. All modules' classes are read from their output folders, the mocks' too,
 * which stand on nobody's class path.
 */
class ArchitectureTest {
    private static final Path ROOT = Path.of(System.getProperty("airworthy.root", "../.."));
    private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(outputs());

    private static List<Path> outputs() {
        try (Stream<Path> files = Files.walk(ROOT, 5)) {
            return files.filter(path -> path.endsWith(Path.of("target", "classes")))
                    .filter(Files::isDirectory)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void allModulesAreRead() {
        assertThat(List.of(
                        "model",
                        "format",
                        "probes",
                        "faults",
                        "load",
                        "reports",
                        "runner",
                        "assembly",
                        "engine",
                        "cli",
                        "levers",
                        "proxy",
                        "accelerator",
                        "mocks"))
                .allSatisfy(name -> assertThat(CLASSES.stream()
                                .filter(type -> type.getPackageName().startsWith("airworthy." + name)))
                        .as("classes of airworthy.%s", name)
                        .isNotEmpty());
    }

    @Test
    void modulesDependInOneDirection() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("airworthy..")
                .layer("model")
                .definedBy("airworthy.model..")
                .layer("format")
                .definedBy("airworthy.format..")
                .layer("probes")
                .definedBy("airworthy.probes..")
                .layer("faults")
                .definedBy("airworthy.faults..")
                .layer("orders")
                .definedBy("airworthy.load")
                .layer("gatling")
                .definedBy("airworthy.load.gatling..")
                .layer("measures")
                .definedBy("airworthy.load.measures..")
                .layer("pods")
                .definedBy("airworthy.load.pods..")
                .layer("reports")
                .definedBy("airworthy.reports..")
                .layer("runner")
                .definedBy("airworthy.runner..")
                .layer("assembly")
                .definedBy("airworthy.assembly..")
                .layer("engine")
                .definedBy("airworthy.engine..")
                .layer("cli")
                .definedBy("airworthy.cli..")
                .layer("levers")
                .definedBy("airworthy.levers..")
                .layer("proxy")
                .definedBy("airworthy.proxy..")
                .layer("accelerator")
                .definedBy("airworthy.accelerator..")
                .layer("mocks")
                .definedBy("airworthy.mocks..")
                .whereLayer("model")
                .mayNotAccessAnyLayer()
                .whereLayer("format")
                .mayOnlyAccessLayers("model")
                .whereLayer("probes")
                .mayOnlyAccessLayers("model", "format")
                .whereLayer("faults")
                .mayOnlyAccessLayers("model", "format", "probes")
                .whereLayer("orders")
                .mayOnlyAccessLayers("model", "format")
                .whereLayer("gatling")
                .mayOnlyAccessLayers("model", "orders")
                .whereLayer("measures")
                .mayOnlyAccessLayers("model", "orders")
                .whereLayer("pods")
                .mayOnlyAccessLayers("model", "orders", "probes")
                .whereLayer("reports")
                .mayOnlyAccessLayers("model", "format", "measures")
                .whereLayer("runner")
                .mayOnlyAccessLayers("model", "format", "probes", "faults", "orders", "reports")
                .whereLayer("assembly")
                .mayOnlyBeAccessedByLayers("engine", "cli")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("levers")
                .mayNotAccessAnyLayer()
                .whereLayer("proxy")
                .mayOnlyAccessLayers("levers")
                .whereLayer("proxy")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("accelerator")
                .mayOnlyAccessLayers("levers")
                .whereLayer("accelerator")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("mocks")
                .mayNotAccessAnyLayer()
                .whereLayer("mocks")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void theLanguageStandsOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("airworthy.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("airworthy.model..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void theJudgeIsPure() {
        noClasses()
                .that()
                .resideInAPackage("airworthy.reports.judge..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.nio..", "java.net..", "java.util.concurrent..", "com.fasterxml..")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    @Test
    void eachLibraryStaysAtTheEdgeItServes() {
        outside("airworthy.probes.kubernetes..", "airworthy.faults.kubernetes..")
                .mayUse("io.fabric8..");
        outside("airworthy.load.gatling..").mayUse("io.gatling..");
        outside("airworthy.load.gatling..", "airworthy.mocks.devices.kubelet..").mayUse("io.netty..");
        outside("airworthy.mocks.devices.kubelet..").mayUse("io.grpc..");
        outside("airworthy.mocks.devices.kubelet..").mayUse("com.google.protobuf..");
        outside("airworthy.engine..", "airworthy.cli..").mayUse("org.junit.platform..");
        outside("airworthy.cli..", "airworthy.proxy..", "airworthy.accelerator..", "airworthy.mocks..")
                .mayUse("picocli..");
        outside("airworthy.accelerator..").mayUse("java.lang.foreign..");
        outside("airworthy.mocks.k3s..").mayUse("org.testcontainers..");
        outside("airworthy.format..").mayUse("com.networknt..");
    }

    private static Nobody outside(String... homes) {
        return library -> noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    /** Checks that nothing outside some packages uses a library. */
    private interface Nobody {
        void mayUse(String library);
    }
}
