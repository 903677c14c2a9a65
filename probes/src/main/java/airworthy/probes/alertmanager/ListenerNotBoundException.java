package airworthy.probes.alertmanager;

import java.io.IOException;

/** The webhook cannot listen where it was told to. The message says where, why and what to do. */
public final class ListenerNotBoundException extends IOException {
    private static final long serialVersionUID = 1;

    ListenerNotBoundException(String hostPort, String found) {
        super("alertmanager.webhook.listen \"" + hostPort + "\": " + found
                + "; free the port, or name another one there and in the receivers' webhook URL");
    }
}
