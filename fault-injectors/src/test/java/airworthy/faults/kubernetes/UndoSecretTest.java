package airworthy.faults.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.faults.RunMark;
import airworthy.format.journal.JournalDamagedException;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import airworthy.model.Undo;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UndoSecretTest {
    private static final RunMark MARK = new RunMark("r7", "ops", Instant.parse("2026-11-21T12:00:00Z"));
    private static final ObjectRef CLAIM =
            new ObjectRef("resource.k8s.io/v1", "ResourceClaim", Optional.of("tenant-x"), "aw-r7-0");
    private static final List<Change> CHANGES = List.of(
            new Change.CreateObject(CLAIM, "{}", "r7"),
            new Change.PullLever(URI.create("http://10.0.0.7:8000/admin/levers/tokenDelayFactor"), "20", "1"));

    @Test
    void whatIsKeptIsReadBackWithItsOwnDeletionDoneLast() throws Exception {
        Change.CreateObject secret = UndoSecret.keeping(MARK, "a1", CHANGES);

        List<Undo> undos = UndoSecret.undos(secret.manifest());

        assertThat(undos.reversed())
                .containsExactly(CHANGES.get(1).undo(), CHANGES.get(0).undo(), secret.undo());
    }

    @Test
    void itLiesWhereTheInstallerMadeRoomAndCarriesOurMark() {
        Change.CreateObject secret = UndoSecret.keeping(MARK, "a1", CHANGES);

        assertThat(secret.object().namespace()).contains(UndoSecret.NAMESPACE);
        assertThat(secret.manifest()).contains("\"airworthy/run\":\"r7\"", "\"airworthy/contact\":\"ops\"");
    }

    @Test
    void aSecretThatSaysSomethingElseIsTold() {
        assertThatThrownBy(() -> UndoSecret.undos("{\"metadata\":{\"name\":\"x\"},\"data\":{\"undo.json\":\"%%\"}}"))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("airworthy-system/x");
    }
}
