package airworthy.mocks.alertmanager;

import java.net.URI;
import java.util.List;

/** Someone to notify, by any number of webhooks. */
record Receiver(String name, List<Webhook> webhooks) {
    /** Whether the end of alerts is notified too. */
    enum Resolved {
        SENT,
        WITHHELD
    }

    /** One address to post to. */
    record Webhook(URI url, Resolved resolved) {}

    Receiver {
        webhooks = List.copyOf(webhooks);
    }
}
