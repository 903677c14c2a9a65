package airworthy.assembly;

import airworthy.format.Defect;
import airworthy.format.DefectReader;
import airworthy.format.Problem;
import airworthy.format.Read;
import airworthy.format.SchemaCheck;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The seeded defects of the catalogue that ships. */
public final class SeededDefects {
    private static final String FOLDER = Catalogue.V1 + "/defects";

    private SeededDefects() {}

    /**
     * All of them, by scenario and id.
     *
     * @throws CannotAssessException if one cannot be read
     */
    public static List<Defect> all() throws CannotAssessException, IOException {
        URL folder = Objects.requireNonNull(
                SeededDefects.class.getClassLoader().getResource(FOLDER), "the catalogue ships with its defects");
        try {
            URI place = folder.toURI();
            if (!place.getScheme().equals("jar")) {
                return read(Path.of(place));
            }
            try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                return read(jar.getPath(FOLDER));
            }
        } catch (URISyntaxException e) {
            throw new IOException("the catalogue's place is no URI: " + folder, e);
        }
    }

    private static List<Defect> read(Path folder) throws CannotAssessException, IOException {
        DefectReader reader = new DefectReader(new SchemaCheck());
        List<Defect> defects = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                switch (reader.read(file.toString(), Files.readString(file))) {
                    case Read.Ok<Defect>(Defect defect) -> defects.add(defect);
                    case Read.Bad<Defect>(List<Problem> bad) ->
                        bad.stream().map(Problem::toString).forEach(problems::add);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new CannotAssessException(problems);
        }
        return List.copyOf(defects);
    }
}
