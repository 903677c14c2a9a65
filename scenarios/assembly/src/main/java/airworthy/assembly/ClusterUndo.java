package airworthy.assembly;

import airworthy.faults.Actuator;
import airworthy.faults.RunMark;
import airworthy.faults.kubernetes.UndoSecret;
import airworthy.format.journal.JournalDamagedException;
import airworthy.model.Restoration;
import airworthy.model.Undo;
import java.util.ArrayList;
import java.util.List;

/**
 * Recovers from what a cluster itself keeps, where a run's journal is lost. Knows no scenario; what was put back is told
 * and not journalled.
 */
final class ClusterUndo {
    /** Selects every object that the harness ever makes. */
    static final String OURS = "app.kubernetes.io/managed-by=airworthy," + RunMark.RUN_LABEL;

    private final List<Actuator> actuators;

    ClusterUndo(List<Actuator> actuators) {
        this.actuators = List.copyOf(actuators);
    }

    /**
     * Takes back what the Secrets say, each list in reverse order. A Secret is deleted only after all else of its list was
     * seen restored, since it is what a further try needs.
     *
     * @param secrets as the API server gives them
     */
    List<PutBack> recover(List<String> secrets) throws JournalDamagedException, InterruptedException {
        List<PutBack> all = new ArrayList<>();
        for (String secret : secrets) {
            boolean whole = true;
            for (Undo undo : UndoSecret.undos(secret).reversed()) {
                boolean last = undo instanceof Undo.DeleteCreated deletion
                        && deletion.object().kind().equals("Secret");
                if (last && !whole) {
                    continue;
                }
                Restoration restoration = restore(undo);
                whole &= restoration instanceof Restoration.Restored;
                all.add(new PutBack(undo, restoration));
            }
        }
        return List.copyOf(all);
    }

    private Restoration restore(Undo undo) throws InterruptedException {
        for (Actuator actuator : actuators) {
            if (actuator.takesBack(undo)) {
                return actuator.restore(undo);
            }
        }
        return new Restoration.Failed("nothing here can take this back", undo.describe());
    }
}
