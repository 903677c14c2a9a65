package airworthy.mocks.alertmanager;

import airworthy.mocks.monitoring.ConfigFile;
import airworthy.mocks.monitoring.Pacer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * What a simulated Alertmanager is started with. The file's durations are taken as they are: scale them before.
 *
 * @param bind where its API listens; port 0 takes a free one
 * @param config alertmanager.yml
 * @param resolver turns a webhook's address with names into one that can be connected to; throws
 *     IllegalArgumentException for a name it does not know, which counts as a failed connection
 * @param pacer the clock and what happens by it; the server closes its own tasks, not the pacer
 */
public record AlertmanagerSettings(
        InetSocketAddress bind, ConfigFile config, UnaryOperator<URI> resolver, Pacer pacer) {}
