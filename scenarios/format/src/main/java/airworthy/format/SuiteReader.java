package airworthy.format;

import airworthy.model.Event;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.model.Suite;
import com.fasterxml.jackson.core.JsonPointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads suites: a {@code suite.yaml} ({@code kind: Suite}) with the scenarios that it lists, a plain folder of scenario
 * files, or one scenario file.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class SuiteReader {
    /** The file that makes a folder a suite. */
    public static final String SUITE_FILE = "suite.yaml";

    private static final JsonPointer ID = JsonPointer.compile("/metadata/id");

    private final SchemaCheck schemas;
    private final ScenarioReader scenarios;

    public SuiteReader(SchemaCheck schemas) {
        this.schemas = schemas;
        this.scenarios = new ScenarioReader(schemas);
    }

    /**
     * Reads a suite from a class path.
     *
     * @param folder of its {@code suite.yaml}, for example {@code airworthy/catalogue/v1}
     */
    public Read<SuiteFiles> readClassPath(ClassLoader loader, String folder) {
        return listed(new SuiteFolder.ClassPath(loader, folder), SUITE_FILE);
    }

    /**
     * Reads a suite from a folder with a {@code suite.yaml}, or that file itself; else every scenario below a folder, in the
     * order of their paths, or a single scenario file. Such a suite is called by the name of the folder or file.
     */
    public Read<SuiteFiles> read(Path path) {
        String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
        if (!Files.isDirectory(path)) {
            Path folder = path.resolveSibling("");
            return name.equals(SUITE_FILE)
                    ? listed(new SuiteFolder.Directory(folder), SUITE_FILE)
                    : all(new SuiteFolder.Directory(folder), name, 0, List.of(name));
        }
        SuiteFolder folder = new SuiteFolder.Directory(path);
        return Files.exists(path.resolve(SUITE_FILE))
                ? listed(folder, SUITE_FILE)
                : below(path).then(files -> all(folder, name, 0, files));
    }

    /**
     * Reads a suite as a journal kept it; a text that does not have its digest is refused.
     *
     * @param suite the suite's name
     * @param planned how many scenarios the finished suite holds
     * @param files the scenario files, in order
     */
    public Read<SuiteFiles> readKept(String suite, int planned, List<Event.Embedded> files) {
        Map<String, Event.Embedded> byPath = new LinkedHashMap<>();
        files.forEach(file -> byPath.put(file.path(), file));
        return all(new SuiteFolder.Kept(byPath), suite, planned, List.copyOf(byPath.keySet()));
    }

    private Read<SuiteFiles> listed(SuiteFolder folder, String file) {
        String name = folder.name(file);
        return folder.text(file)
                .then(text -> DocumentParser.parse(name, text))
                .then(document -> Header.expect(document, List.of("Suite")))
                .then(document -> {
                    Complaints complaints = new Complaints(schemas.check(SchemaCheck.SUITE, document));
                    Cursor root = Cursor.over(document, complaints);
                    List<String> files = root.get("scenarios").texts();
                    int planned = root.get("planned").integerFrom(1);
                    if (planned < files.size()) {
                        root.get("planned").complain("at least " + files.size() + ", as many as are listed");
                    }
                    return Read.unless(complaints.all(), () -> files)
                            .then(known -> all(folder, root.get("name").text(), planned, known));
                });
    }

    /** Reads these files; a suite that plans nothing has planned what it has. */
    private Read<SuiteFiles> all(SuiteFolder folder, String suite, int planned, List<String> files) {
        List<Problem> problems = new ArrayList<>();
        List<Scenario> read = new ArrayList<>();
        List<Event.Embedded> texts = new ArrayList<>();
        Map<ScenarioId, String> seen = new HashMap<>();
        for (String file : files) {
            String name = folder.name(file);
            Read<Scenario> scenario = folder.text(file)
                    .then(text -> {
                        texts.add(Embedding.of(name, text));
                        return DocumentParser.parse(name, text);
                    })
                    .then(document -> scenarios.read(document).then(one -> unlessSeen(document, one, seen)));
            switch (scenario) {
                case Read.Ok<Scenario>(Scenario one) -> read.add(one);
                case Read.Bad<Scenario>(List<Problem> bad) -> problems.addAll(bad);
            }
        }
        return Read.unless(
                problems, () -> new SuiteFiles(new Suite(suite, Math.max(planned, read.size()), read), texts));
    }

    private static Read<Scenario> unlessSeen(Document document, Scenario scenario, Map<ScenarioId, String> seen) {
        String first = seen.putIfAbsent(scenario.id(), document.file());
        return first == null
                ? new Read.Ok<>(scenario)
                : Read.bad(document.problem(
                        document.valueAt(ID),
                        ID,
                        "\"" + scenario.id() + "\" again",
                        "an id of its own: " + first + " has this one"));
    }

    private static Read<List<String>> below(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<String> files = paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .sorted()
                    .toList();
            return files.isEmpty() ? unusable(folder, "no scenario file in this folder") : new Read.Ok<>(files);
        } catch (IOException | UncheckedIOException e) {
            return unusable(
                    folder, "a folder that cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Read<List<String>> unusable(Path folder, String found) {
        return Read.bad(Problem.at(folder.toString(), Position.START, "", found, "a folder with .yaml files"));
    }
}
