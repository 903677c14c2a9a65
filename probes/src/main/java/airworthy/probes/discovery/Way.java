package airworthy.probes.discovery;

import java.net.URI;

/**
 * A way by which this machine may reach a port of a Service.
 *
 * @param url without a path of the server's own, without a slash at its end
 * @param by in words, for example {@code node port}
 * @param direct whether it leads there without the API server between, as load must
 */
record Way(URI url, String by, boolean direct) {

    /** The same way to a path below. */
    URI to(String path) {
        return URI.create(url + path);
    }
}
