package airworthy.assembly;

import java.util.ArrayList;
import java.util.List;

/**
 * How children are started: deaf to SIGINT, which a terminal sends to all of its processes at once, so that the harness
 * can heal before they end. They end when their standard input closes.
 */
final class ChildProcesses {
    private ChildProcesses() {}

    /** A builder for a child that ignores SIGINT; an ignored signal stays ignored across exec, and a JVM keeps it so. */
    static ProcessBuilder deafToInterrupt(List<String> command) {
        return deafToInterrupt(List.of(), command);
    }

    /** The same through a further program that runs a command, such as {@code nice}. */
    static ProcessBuilder deafToInterrupt(List<String> through, List<String> command) {
        List<String> wrapped = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        wrapped.addAll(through);
        wrapped.addAll(command);
        return new ProcessBuilder(wrapped);
    }
}
