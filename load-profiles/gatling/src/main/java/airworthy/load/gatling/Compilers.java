package airworthy.load.gatling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The threads of this JVM that compile. Where the whole process was started at real-time priority, so were they, and one that
 * compiles would keep a core for a whole time slice of 100 ms against event loops of the same priority.
 */
final class Compilers {
    private static final Path TASKS = Path.of("/proc/self/task");

    /** Of util-linux. */
    private static final Path CHRT = Path.of("/usr/bin/chrt");

    /** As the kernel shows names, cut to 15 bytes: {@code C1 CompilerThread0}, {@code C2 CompilerThread0}. */
    private static final String NAME = "C[12] CompilerThre.*";

    /** The scheduling policy, field 41 of proc(5)'s stat, counted from behind the name, which may hold anything. */
    private static final int POLICY = 38;

    /** FIFO and round robin, sched(7). */
    private static final List<String> REAL_TIME = List.of("1", "2");

    private Compilers() {}

    /**
     * Gives them ordinary priority, if they have real-time priority.
     *
     * @throws IOException when that fails; what this process measures then is not worth measuring
     */
    static void stepBack() throws IOException, InterruptedException {
        for (Path task : ofRealTime()) {
            String thread = task.getFileName().toString();
            Process chrt = new ProcessBuilder(CHRT.toString(), "--other", "--pid", "0", thread)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(chrt.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (chrt.waitFor() != 0) {
                throw new IOException("chrt of the compiler's thread %s: %s".formatted(thread, said.strip()));
            }
        }
    }

    private static List<Path> ofRealTime() throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(TASKS) || !Files.isExecutable(CHRT)) {
            return found;
        }
        try (Stream<Path> tasks = Files.list(TASKS)) {
            for (Path task : tasks.toList()) {
                String stat = Files.readString(task.resolve("stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                if (Files.readString(task.resolve("comm")).strip().matches(NAME)
                        && REAL_TIME.contains(fields[POLICY])) {
                    found.add(task);
                }
            }
        }
        return found;
    }
}
