package airworthy.mocks.platform;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An image that somebody else made: a folder of jars and the class that is its entry point, or a program.
 *
 * @param image its name without a tag
 * @param files the folder, or the program
 * @param main the class; empty for a program
 */
record ImageFiles(String image, Path files, Optional<String> main) {

    /**
     * Reads {@code NAME=FOLDER,CLASS} or {@code NAME=PROGRAM}.
     *
     * @throws IllegalArgumentException when it is written otherwise, or there is no such folder or program
     */
    static ImageFiles parse(String text) {
        String[] named = text.split("=", 2);
        if (named.length != 2 || named[0].isEmpty()) {
            throw new IllegalArgumentException(
                    "--image: found '" + text + "', expected NAME=FOLDER,CLASS or NAME=PROGRAM");
        }
        int comma = named[1].lastIndexOf(',');
        if (comma < 1) {
            Path program = Path.of(named[1]);
            if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
                throw new IllegalArgumentException("--image: found no program " + program + " for " + named[0]);
            }
            return new ImageFiles(named[0], program.toAbsolutePath(), Optional.empty());
        }
        Path lib = Path.of(named[1].substring(0, comma));
        if (!Files.isDirectory(lib)) {
            throw new IllegalArgumentException("--image: found no folder " + lib + " of jars for " + named[0]);
        }
        return new ImageFiles(named[0], lib, Optional.of(named[1].substring(comma + 1)));
    }

    /** What is run, before the container's own arguments. */
    List<String> command() {
        return main.map(this::java).orElseGet(() -> List.of(files.toString()));
    }

    private List<String> java(String entry) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dsun.net.httpserver.nodelay=true",
                "-cp",
                files + File.separator + "*" + File.pathSeparator + ours(),
                ContainerMain.class.getName(),
                entry);
    }

    private static Path ours() {
        try {
            return Path.of(ImageFiles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this class comes from no file", e);
        }
    }
}
