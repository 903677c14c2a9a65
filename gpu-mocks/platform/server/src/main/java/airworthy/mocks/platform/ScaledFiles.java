package airworthy.mocks.platform;

import airworthy.mocks.monitoring.ConfigFile;
import airworthy.mocks.timescale.TimeScale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a platform that hold durations, with these divided for a compressed run.
 *
 * @param rules every file {@code rules*.yml}; prometheus.yml says which of them count
 */
public record ScaledFiles(ConfigFile prometheus, List<ConfigFile> rules, ConfigFile alertmanager, ConfigFile gateway) {

    public ScaledFiles {
        rules = List.copyOf(rules);
    }

    /** Reads the files and divides. */
    public static ScaledFiles read(ConfigDirectory config, int timeScale) throws IOException {
        TimeScale scale = new TimeScale(timeScale);
        ConfigFile prometheus = new ConfigFile("prometheus.yml", scale.prometheus(config.text("prometheus.yml")));
        List<ConfigFile> rules = new ArrayList<>();
        for (String name : config.ruleFiles()) {
            rules.add(new ConfigFile(name, scale.rules(config.text(name))));
        }
        return new ScaledFiles(
                prometheus,
                rules,
                new ConfigFile("alertmanager.yml", scale.alertmanager(config.text("alertmanager.yml"))),
                new ConfigFile("gateway.yaml", new ScaledGateway(timeScale).text(config.text("gateway.yaml"))));
    }

    /** All of them. */
    public List<ConfigFile> all() {
        List<ConfigFile> all = new ArrayList<>(rules);
        all.addAll(List.of(prometheus, alertmanager, gateway));
        return List.copyOf(all);
    }
}
