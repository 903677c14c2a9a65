package airworthy.assembly;

import airworthy.model.PlatformProfile;
import airworthy.probes.EventSink;
import airworthy.probes.Stamps;
import airworthy.probes.alertmanager.AlertWatch;
import airworthy.probes.alertmanager.ListenerNotBoundException;
import airworthy.probes.alertmanager.NotificationListener;
import airworthy.runner.RunbookReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Starts everything that hears of alerts: our own webhook, and the watch over both alerting servers. */
final class Listening {
    private static final Duration FIRST_POLL_LIMIT = Duration.ofSeconds(10);

    private Listening() {}

    static void begin(Cockpit cockpit, EventSink journal, Stamps stamps, Opened opened)
            throws CannotAssessException, IOException, InterruptedException {
        RunbookReader runbooks = opened.keep(new RunbookReader(cockpit.runbooks(), journal, stamps));
        Optional<PlatformProfile.Webhook> webhook =
                cockpit.profile().alertmanager().flatMap(PlatformProfile.Alertmanager::webhook);
        if (webhook.isPresent()) {
            try {
                opened.keep(NotificationListener.start(webhook.get().listen(), stamps, runbooks));
            } catch (ListenerNotBoundException e) {
                throw new CannotAssessException(e);
            }
        }
        // alerts that fire before anything is broken must be in the journal before anything is broken
        AlertWatch watch = opened.keep(AlertWatch.start(cockpit.alertSources(), stamps, runbooks));
        watch.awaitFirstPoll(FIRST_POLL_LIMIT);
    }
}
