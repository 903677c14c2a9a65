package airworthy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is said to whom types something, good or bad; no platform is started. */
class CommandsTest {
    private static final String AUDIT = """
        apiVersion: airworthy/v1
        kind: Audit
        metadata: { id: OWN-1, name: owners, capability: ownership, severity: high, lifecycle: stable }
        title: Every model has one owner
        why: because
        needs: [kubernetes, ownership]
        expect:
          withstand: { oneOwner: true }
        remedy: name one
        """;

    @TempDir
    private Path dir;

    private record Said(int code, String out, String err) {
        /** Bad input is told in plain words. */
        Said refused() {
            assertThat(code).as(err).isEqualTo(2);
            assertThat(err).isNotBlank().doesNotContain("\tat ", "Exception", "bug of ours");
            return this;
        }

        Said well() {
            assertThat(code).as(err).isZero();
            assertThat(err).isEmpty();
            return this;
        }
    }

    private static Said say(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int code = commandLine.execute(words);
        commandLine.getOut().flush();
        commandLine.getErr().flush();
        commandLine.getSubcommands().values().forEach(each -> {
            each.getOut().flush();
            each.getErr().flush();
        });
        return new Said(code, out.toString(), err.toString());
    }

    private Path audit() throws Exception {
        return Files.writeString(dir.resolve("audit.yaml"), AUDIT);
    }

    private Path broken() throws Exception {
        return Files.writeString(dir.resolve("broken.yaml"), AUDIT + "remedi: again\n");
    }

    private Path profile(String cluster) throws Exception {
        return Files.writeString(dir.resolve("platform.yaml"), """
            apiVersion: airworthy/v1
            kind: Platform
            environment: test
            fidelity: { kubernetes: measured }
            cluster: CLUSTER
            """.replace("CLUSTER", cluster));
    }

    @Test
    void helpTellsTheCommandsAndTheExitCodes() {
        assertThat(say("--help").well().out())
                .contains("assess", "discover", "plan", "recover", "recheck", "validate", "list", "platform")
                .contains("Exit codes, highest first: 4", "0 ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"assess", "discover", "plan", "recover", "recheck", "validate", "list", "platform"})
    void everyCommandExplainsItself(String command) {
        assertThat(say(command, "--help").well().out()).startsWith("Usage: airworthy " + command);
    }

    @Test
    void theVersionNamesTheProgram() {
        assertThat(say("--version").well().out()).startsWith("airworthy ");
    }

    @Test
    void nothingToDoIsBadInput() {
        assertThat(say().refused().err()).contains("Say what to do.");
    }

    @Test
    void aMistypedCommandIsBadInput() {
        assertThat(say("asses").refused().err()).contains("asses");
    }

    @Test
    void aNumberThatIsNoneIsToldByItsOption() {
        assertThat(say("assess", "--seed", "lucky").refused().err()).contains("--seed", "lucky");
    }

    @Test
    void theSuiteThatShipsIsListedWithWhatItAsks() {
        assertThat(say("list").well().out())
                .startsWith("suite v1")
                .contains("of 49 scenarios")
                .containsPattern("SRV-4 +critical +serving")
                .contains("asks: withstand, detect, attribute, route, contain, recover");
    }

    @Test
    void aSuiteOfTheUsersIsListed() throws Exception {
        assertThat(say("list", audit()).well().out()).contains("OWN-1", "asks: withstand");
    }

    @Test
    void aListOfNothingIsRefused() {
        Path nowhere = dir.resolve("nowhere.yaml");
        assertThat(say("list", nowhere).refused().err()).contains(nowhere.toString());
    }

    @Test
    void validFilesAreValid() throws Exception {
        assertThat(say("validate", audit()).well().out()).startsWith("valid: 1 read");
    }

    @Test
    void allProblemsOfAllFilesAreToldAtOnce() throws Exception {
        Path profile = profile("{ kubeconfg: x }");
        assertThat(say("validate", "--platform", profile, broken()).refused().err())
                .contains(profile + ":5:")
                .contains("kubeconfg")
                .contains(dir.resolve("broken.yaml") + ":10:1")
                .contains("remedi");
    }

    @Test
    void validatingNothingIsNotValid() {
        assertThat(say("validate").refused().err()).contains("name a folder, a file, or --platform FILE");
    }

    @Test
    void recheckOfAFolderWithoutARunIsToldByTheMissingFile() {
        assertThat(say("recheck", "--run", dir).refused().err()).contains("found no " + dir.resolve("journal.jsonl"));
    }

    @Test
    void recheckOfADamagedJournalIsToldByItsLine() throws Exception {
        Files.writeString(dir.resolve("journal.jsonl"), "not json\nnot json either\n");
        assertThat(say("recheck", "--run", dir).refused().err()).contains("journal.jsonl:1");
    }

    @Test
    void recoverOfAFolderWithoutARunIsToldByTheMissingFile() {
        assertThat(say("recover", "--run", dir).refused().err()).contains("found no " + dir.resolve("journal.jsonl"));
    }

    @Test
    void recoverOfADamagedJournalIsRefused() throws Exception {
        Files.writeString(dir.resolve("journal.jsonl"), "not json\nnot json either\n");
        assertThat(say("recover", "--run", dir).refused().err()).contains("journal.jsonl:1");
    }

    @Test
    void recoverWhereNothingWasRunHasNothingToDo() {
        say("recover", "--runs", dir.resolve("runs")).well();
    }

    @Test
    void planNeedsAProfile() {
        assertThat(say("plan").refused().err()).contains("--platform");
    }

    @Test
    void aPlanForAProfileThatIsNotThereIsRefused() {
        Path nowhere = dir.resolve("nowhere.yaml");
        assertThat(say("plan", "--platform", nowhere).refused().err()).contains(nowhere.toString());
    }

    @Test
    void aPlanWithoutAKubeconfigIsRefused() throws Exception {
        assertThat(say("plan", "--platform", profile("{ kubeconfig: nowhere/kubeconfig }"))
                        .refused()
                        .err())
                .contains(dir.resolve("nowhere/kubeconfig").toString());
    }

    @Test
    void aPlanForAPlatformWithoutAClusterIsRefused() throws Exception {
        assertThat(say("plan", "--platform", profile("absent")).refused().err()).contains("names no cluster");
    }

    @Test
    void anAssessmentOfABrokenSuiteIsNotBegun() throws Exception {
        assertThat(say("assess", "--runs", dir.resolve("runs"), broken())
                        .refused()
                        .err())
                .contains("broken.yaml:10:1");
        assertThat(dir.resolve("runs")).doesNotExist();
    }

    @Test
    void anAssessmentOfAScenarioThatIsNotThereIsNotBegun() {
        assertThat(say("assess", "--runs", dir.resolve("runs"), dir.resolve("SRV-99.yaml"))
                        .refused()
                        .err())
                .contains("SRV-99.yaml");
        assertThat(dir.resolve("runs")).doesNotExist();
    }

    @Test
    void aTagThatNoScenarioCarriesSelectsNothing() throws Exception {
        assertThat(say("assess", "--runs", dir.resolve("runs"), "--tag", "gateway", audit())
                        .refused()
                        .err())
                .contains("no scenario is selected");
    }

    @Test
    void withoutAnInstallationAnAssessmentSaysHowToGetOne() throws Exception {
        assertThat(say("assess", "--runs", dir.resolve("runs"), audit())
                        .refused()
                        .err())
                .contains("mvn package");
    }

    @Test
    void withoutAnInstallationADefectCannotBeSeededAndThatIsNoBug() throws Exception {
        assertThat(say("assess", "--defect", "SRV-4/routing-ignores-latency", audit())
                        .refused()
                        .err())
                .contains("found no installation");
    }

    @Test
    void withoutAnInstallationThePlatformIsNotStarted() {
        assertThat(say("platform", "up").refused().err()).contains("found no installation");
    }
}
