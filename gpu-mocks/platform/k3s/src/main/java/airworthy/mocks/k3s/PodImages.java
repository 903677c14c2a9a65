package airworthy.mocks.k3s;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The archive of images that the platform's pods run, made by the testbed's own script where it is not made yet. */
final class PodImages {

    private static final int QUOTED = 15;

    private PodImages() {}

    /**
     * Makes the archive; at once where nothing changed.
     *
     * @param testbed the folder of the testbed's scripts
     * @param app the folder of the installation, whose parts the images of Java programs hold
     * @param progress told the script's own words, a line each
     */
    static Path make(Path testbed, Path app, Consumer<String> progress)
            throws CannotStartException, IOException, InterruptedException {
        Path script = testbed.resolve("pod-images");
        if (!Files.isRegularFile(script)) {
            throw new CannotStartException("found no " + script
                    + ", which makes the images that pods run; name an archive" + " of them with --pod-images");
        }
        Path folder = Files.createDirectories(app.resolve("pod-images"));
        run(List.of("bash", script.toString(), folder.toString(), "--app", app.toString()), progress);
        return folder.resolve("airworthy-images.tar");
    }

    /**
     * Makes the archive of a gateway that is not ours; at once where nothing changed.
     *
     * @param gateway the folder of its programs
     */
    static Path ofGateway(Path gateway, Path app, Consumer<String> progress)
            throws CannotStartException, IOException, InterruptedException {
        String name = gateway.getFileName().toString();
        Path script = gateway.resolve("image");
        if (!Files.isRegularFile(script)) {
            throw new CannotStartException("found no " + script + ", which makes the image of the gateway " + name);
        }
        Path folder = Files.createDirectories(app.resolve("gateway-images").resolve(name));
        run(List.of("bash", script.toString(), folder.toString()), progress);
        Path archive = folder.resolve(name + ".tar");
        Files.deleteIfExists(archive);
        return Files.createLink(archive, folder.resolve("images.tar"));
    }

    private static void run(List<String> command, Consumer<String> progress)
            throws CannotStartException, IOException, InterruptedException {
        Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader words = made.inputReader()) {
            for (String line = words.readLine(); line != null; line = words.readLine()) {
                progress.accept(line);
                last.add(line);
                if (last.size() > QUOTED) {
                    last.removeFirst();
                }
            }
        }
        if (made.waitFor() != 0) {
            throw new CannotStartException("the images that pods run could not be made; the last words of "
                    + command.get(1) + ":\n" + String.join("\n", last));
        }
    }
}
