package airworthy.mocks.prometheus;

import airworthy.mocks.monitoring.ConfigFile;
import airworthy.mocks.monitoring.Pacer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a simulated Prometheus is started with. The files' durations are taken as they are: scale them before.
 *
 * @param bind where its API listens; port 0 takes a free one
 * @param config prometheus.yml
 * @param rules the rule files; those that match an entry of {@code rule_files} are loaded
 * @param alertmanager the base address that alerts are posted to, if any
 * @param pods what Kubernetes service discovery finds, asked before every round of scrapes
 * @param resolver turns a target's address with names into one that can be connected to; throws
 *     IllegalArgumentException for a name it does not know, which counts as a failed connection
 * @param pacer the clock and what happens by it; the server closes its own tasks, not the pacer
 * @param timeScale divides what Prometheus has built in and no file states: the lookback of 5 m, the resend delay of
 *     1 m and the 15 m for which a resolved alert is still sent
 * @param retention how long points are kept
 */
public record PrometheusSettings(
        InetSocketAddress bind,
        ConfigFile config,
        List<ConfigFile> rules,
        Optional<URI> alertmanager,
        Supplier<List<DiscoveredTarget>> pods,
        UnaryOperator<URI> resolver,
        Pacer pacer,
        int timeScale,
        Duration retention) {
    private static final Duration LOOKBACK = Duration.ofMinutes(5);
    private static final Duration RESEND_DELAY = Duration.ofMinutes(1);
    private static final Duration RESOLVED_RETENTION = Duration.ofMinutes(15);

    /** Checks the scale and copies the list. */
    public PrometheusSettings {
        rules = List.copyOf(rules);
        if (timeScale < 1) {
            throw new IllegalArgumentException("found time scale " + timeScale + ", expected 1 or more");
        }
    }

    Duration lookback() {
        return LOOKBACK.dividedBy(timeScale);
    }

    Duration resendDelay() {
        return RESEND_DELAY.dividedBy(timeScale);
    }

    Duration resolvedRetention() {
        return RESOLVED_RETENTION.dividedBy(timeScale);
    }
}
