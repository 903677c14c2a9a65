package airworthy.mocks.platform;

import airworthy.mocks.monitoring.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the files for real servers that take part in a compressed run. */
@Command(
        name = "rules",
        description = "Writes rules.yml and alertmanager.yml with every duration divided by the time scale.",
        mixinStandardHelpOptions = true)
final class RulesCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Configuration of the platform; default: the installed one.")
    private @Nullable Path config;

    @Option(names = "--time-scale", paramLabel = "N", description = "What durations are divided by.", required = true)
    private int timeScale;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write; default: the working folder.",
            defaultValue = ".")
    private Path out = Path.of(".");

    @Override
    public Integer call() throws IOException {
        ConfigDirectory folder = config == null ? ConfigDirectory.installed() : new ConfigDirectory(config);
        ScaledFiles files = ScaledFiles.read(folder, timeScale);
        Files.createDirectories(out);
        for (ConfigFile rules : files.rules()) {
            Files.writeString(out.resolve(rules.name()), rules.text());
        }
        Files.writeString(out.resolve("alertmanager.yml"), files.alertmanager().text());
        return 0;
    }
}
