package airworthy.probes.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Host names that only the cluster resolves, and where this machine finds them. Immutable.
 *
 * @param places from {@code host} or {@code host:port} to {@code host} or {@code host:port}; the entry with a port wins,
 *     and a place without a port leaves the port as it was
 */
public record Names(Map<String, String> places) {
    public Names {
        places = Map.copyOf(places);
    }

    /** No name is rewritten. */
    public static Names none() {
        return new Names(Map.of());
    }

    /** The same address as this machine reaches it; unchanged if the host is not listed. */
    public URI reachable(URI uri) {
        String host = uri.getHost();
        if (host == null) {
            return uri;
        }
        return placeOf(host, uri.getPort())
                .map(place -> withAuthority(uri, place))
                .orElse(uri);
    }

    private Optional<String> placeOf(String host, int port) {
        return Optional.ofNullable(places.get(host + ":" + port)).or(() -> Optional.ofNullable(places.get(host)));
    }

    private static URI withAuthority(URI uri, String place) {
        boolean keepsPort = uri.getPort() >= 0 && URI.create("http://" + place).getPort() < 0;
        StringBuilder rewritten = new StringBuilder(uri.getScheme())
                .append("://")
                .append(place)
                .append(keepsPort ? ":" + uri.getPort() : "")
                .append(uri.getRawPath());
        if (uri.getRawQuery() != null) {
            rewritten.append('?').append(uri.getRawQuery());
        }
        return URI.create(rewritten.toString());
    }
}
