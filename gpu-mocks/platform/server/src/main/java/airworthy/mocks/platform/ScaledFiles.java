package airworthy.mocks.platform;

import airworthy.mocks.monitoring.ConfigFile;
import airworthy.mocks.timescale.TimeScale;
import java.io.IOException;

/** The monitoring files of a platform with their durations divided for a compressed run. */
record ScaledFiles(ConfigFile prometheus, ConfigFile rules, ConfigFile alertmanager) {

    static ScaledFiles read(ConfigDirectory config, int timeScale) throws IOException {
        TimeScale scale = new TimeScale(timeScale);
        return new ScaledFiles(
                new ConfigFile("prometheus.yml", scale.prometheus(config.text("prometheus.yml"))),
                new ConfigFile("rules.yml", scale.rules(config.text("rules.yml"))),
                new ConfigFile("alertmanager.yml", scale.alertmanager(config.text("alertmanager.yml"))));
    }
}
