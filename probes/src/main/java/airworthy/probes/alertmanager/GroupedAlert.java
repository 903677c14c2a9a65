package airworthy.probes.alertmanager;

import airworthy.model.Alert;
import airworthy.model.AlertState;
import java.util.List;

/**
 * An alert that Alertmanager holds and has routed.
 *
 * @param state active, or suppressed when silenced or inhibited
 * @param alert labels and annotations
 * @param receivers whom its routes lead to; of a suppressed alert they hear nothing
 * @param startsAt when it began, by the sender's clock, as Alertmanager wrote it
 */
public record GroupedAlert(AlertState state, Alert alert, List<String> receivers, String startsAt) {
    public GroupedAlert {
        receivers = List.copyOf(receivers);
    }
}
