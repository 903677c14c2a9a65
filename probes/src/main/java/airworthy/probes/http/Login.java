package airworthy.probes.http;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * How we make ourselves known at one origin: pods are met through the API server, which wants to know who asks.
 *
 * @param origin scheme, host and port; only calls there carry the headers
 * @param tls whom we trust there, and our own certificate if we have one
 * @param headers asked for anew at each call, since tokens are renewed
 */
public record Login(URI origin, SSLContext tls, Supplier<Map<String, String>> headers) {

    boolean at(URI uri) {
        return origin.getScheme().equals(uri.getScheme())
                && String.valueOf(origin.getAuthority()).equals(uri.getAuthority());
    }
}
