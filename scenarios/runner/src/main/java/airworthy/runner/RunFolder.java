package airworthy.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where one run keeps everything.
 *
 * @param path the folder itself
 */
public record RunFolder(Path path) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Makes a new folder {@code <parent>/<time>-<run>}.
     *
     * @throws IOException if it cannot be made
     */
    public static RunFolder create(Path parent, Instant at, String runId) throws IOException {
        Path path = parent.resolve(TIME.format(at) + "-" + runId);
        Files.createDirectories(parent);
        Files.createDirectory(path);
        Files.createDirectory(path.resolve("load"));
        return new RunFolder(path);
    }

    /** All run folders below a parent, oldest first; none if there is no parent. */
    public static List<RunFolder> below(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> Files.isRegularFile(child.resolve("journal.jsonl")))
                    .sorted()
                    .map(RunFolder::new)
                    .toList();
        }
    }

    public Path journal() {
        return path.resolve("journal.jsonl");
    }

    /** Where the load JVM writes what became of each request. */
    public Path requests() {
        return path.resolve("load").resolve("requests.jsonl");
    }

    /** A file that is made from the journal, such as {@code scorecard.json}. */
    public Path output(String name) {
        return path.resolve(name);
    }
}
