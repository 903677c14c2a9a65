package airworthy.mocks.platform;

import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.Readiness;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a container's readiness page and tells whether it is ready, as a kubelet would. Not thread-safe. */
final class ReadinessProbe {
    private static final int TIMEOUT_MILLIS = 3_000;

    private final URI page;
    private final Readiness readiness;

    /** The probe of a container that has just been started at an address. */
    ReadinessProbe(PodSandbox.Probe probe, String ip) {
        this.page = URI.create("http://" + ip + ":" + probe.port() + probe.path());
        this.readiness = new Readiness(probe.failureThreshold());
    }

    /** Whether the container is ready after one question more. */
    boolean ask() {
        return readiness.after(answersWell());
    }

    private boolean answersWell() {
        try {
            HttpURLConnection asked = (HttpURLConnection) page.toURL().openConnection();
            asked.setConnectTimeout(TIMEOUT_MILLIS);
            asked.setReadTimeout(TIMEOUT_MILLIS);
            int status = asked.getResponseCode();
            asked.disconnect();
            return status >= 200 && status < 400;
        } catch (IOException e) {
            return false; // it does not listen yet, or not any more
        }
    }
}
