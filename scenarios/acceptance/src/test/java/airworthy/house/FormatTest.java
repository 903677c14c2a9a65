package airworthy.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every Java file is laid out by palantir-java-format; {@code -Dformat=write} does it. */
class FormatTest {
    private static final Path ROOT = Path.of(System.getProperty("airworthy.root", "../.."));
    private static final boolean WRITE = "write".equals(System.getProperty("format"));

    @Test
    void everyJavaFileIsFormatted() throws IOException, FormatterException {
        Formatter formatter = Formatter.createFormatter(
                JavaFormatterOptions.builder().style(Style.PALANTIR).build());
        List<Path> unformatted = new ArrayList<>();
        for (Path file : javaFiles()) {
            String source = Files.readString(file);
            String formatted = formatter.formatSource(
                    RemoveUnusedImports.removeUnusedImports(ImportOrderer.reorderImports(source, Style.PALANTIR)));
            if (!source.equals(formatted)) {
                unformatted.add(ROOT.relativize(file));
                if (WRITE) {
                    Files.writeString(file, formatted);
                }
            }
        }
        assertThat(unformatted)
                .as("files to format; mvn -pl scenarios/acceptance -am verify -Dformat=write does it")
                .isEmpty();
    }

    private static List<Path> javaFiles() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> java = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target"))
                    .sorted()
                    .toList();
            assertThat(java).as("Java files below %s", ROOT.toAbsolutePath()).hasSizeGreaterThan(100);
            return java;
        }
    }
}
