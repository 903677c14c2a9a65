package airworthy.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The node's own machine, as somebody meets it who stands before it.
 *
 * @param container in which it runs
 */
record RealNode(String container) {
    private static final String OWNER = "airworthy.owner-pid";

    /** The container that a process of the platform started. */
    static RealNode of(Platform platform) throws IOException, InterruptedException {
        Set<String> processes = platform.processes();
        for (String line : run(List.of(
                        "docker",
                        "ps",
                        "--filter",
                        "label=" + OWNER,
                        "--format",
                        "{{.ID}} {{.Label \"" + OWNER + "\"}}"))
                .lines()
                .toList()) {
            String[] words = line.split(" ", 2);
            if (processes.contains(words[1])) {
                return new RealNode(words[0]);
            }
        }
        throw new IOException("found no container of a process among " + processes);
    }

    /**
     * Kills the API server. Who watches over the node's components is stood still, or it would end the node with the first of
     * them.
     *
     * @return how it was started
     */
    List<String> killApiServer() throws IOException, InterruptedException {
        run(List.of("docker", "kill", "--signal=STOP", container));
        String pid = inside("pidof", "kube-apiserver").strip();
        List<String> command =
                List.of(inside("cat", "/proc/" + pid + "/cmdline").split("\0"));
        inside("bash", "-c", "kill -KILL " + pid);
        return command;
    }

    /** Starts a component anew. */
    void start(List<String> component) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "exec", "--detach", container));
        command.addAll(component);
        run(command);
    }

    private String inside(String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of("docker", "exec", container));
        whole.addAll(List.of(command));
        return run(whole);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + ": " + said);
        }
        return said;
    }
}
