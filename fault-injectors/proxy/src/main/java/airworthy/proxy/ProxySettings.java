package airworthy.proxy;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What one proxy is told at its start.
 *
 * @param listen where clients connect
 * @param admin where levers are set and counts are read
 * @param upstreams the model servers, unresolved: names are looked up for each connection, taken in turn
 * @param chosen whose requests may be disturbed
 * @param lease how long they may be
 */
record ProxySettings(
        InetSocketAddress listen,
        InetSocketAddress admin,
        List<InetSocketAddress> upstreams,
        Chosen chosen,
        Lease lease) {

    ProxySettings {
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("upstreams: found none, expected at least one HOST:PORT");
        }
    }
}
