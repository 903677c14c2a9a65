package airworthy.assembly;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The configuration of a platform of ours that has somebody else's gateway: a copy, deleted when closed.
 *
 * <p>What such a gateway is stands in a folder of its name with programs: {@code configure FOLDER} edits a copy of the
 * platform's configuration, {@code serve} is what the gateway's pod runs, and {@code image FOLDER} makes an image of it for a
 * real node.
 *
 * @param programs that folder
 * @param folder the copy
 */
public record OtherGateway(Path programs, Path folder) implements AutoCloseable {
    /** It may bring a database along, and set it up at each start. */
    private static final int READY_WITHIN_SECONDS = 240;

    /**
     * Makes the copy.
     *
     * @param config the configuration that is copied
     * @throws CannotAssessException if there is no such gateway, or the configuration does not fit it
     */
    public static OtherGateway of(Installation installation, String name, Path config)
            throws CannotAssessException, IOException, InterruptedException {
        Path programs = installation.gateways().resolve(name);
        Path configure = programs.resolve("configure");
        if (!name.matches("[a-z0-9-]+") || !Files.isExecutable(configure)) {
            throw new CannotAssessException(
                    "--gateway: found no program " + configure + ", expected one of " + known(installation.gateways()));
        }
        Path folder = Files.createTempDirectory("airworthy-config-");
        copy(config, folder);
        OtherGateway gateway = new OtherGateway(programs, folder);
        Process configuring = new ProcessBuilder(configure.toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(configuring.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (configuring.waitFor() != 0) {
            gateway.close();
            throw new CannotAssessException("--gateway " + name + ": " + said.strip());
        }
        return gateway;
    }

    /** How a platform on a node of its own is told of it. */
    public List<String> argumentsOnNode() {
        return List.of("--config", folder.toString(), "--gateway-programs", programs.toString());
    }

    /** How the simulated platform is told of it. */
    public List<String> arguments() {
        return List.of(
                "--config",
                folder.toString(),
                "--image",
                "airworthy/" + programs.getFileName() + "=" + programs.resolve("serve"),
                "--pods-within",
                Integer.toString(READY_WITHIN_SECONDS));
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }

    private static List<String> known(Path gateways) throws IOException {
        if (!Files.isDirectory(gateways)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(gateways)) {
            return folders.filter(folder -> Files.isExecutable(folder.resolve("configure")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
