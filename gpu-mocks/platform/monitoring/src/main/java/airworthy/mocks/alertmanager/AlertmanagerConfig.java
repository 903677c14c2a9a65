package airworthy.mocks.alertmanager;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What this simulation takes from alertmanager.yml. */
record AlertmanagerConfig(
        Duration resolveTimeout, Route route, Map<String, Receiver> receivers, List<InhibitRule> inhibitRules) {}
