package airworthy.format;

import airworthy.model.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Where the files of a suite lie. */
sealed interface SuiteFolder {

    /** How a person finds one of its files. */
    String name(String relative);

    /** The text of one of its files. */
    Read<String> text(String relative);

    /** A directory of this machine. */
    record Directory(Path path) implements SuiteFolder {
        @Override
        public String name(String relative) {
            return path.resolve(relative).toString();
        }

        @Override
        public Read<String> text(String relative) {
            return TextFile.read(path.resolve(relative), name(relative));
        }
    }

    /**
     * A folder of a class path, which may lie in an archive.
     *
     * @param loader by which it is reached
     * @param path without slashes at its ends
     */
    record ClassPath(ClassLoader loader, String path) implements SuiteFolder {
        @Override
        public String name(String relative) {
            return path + "/" + relative;
        }

        @Override
        public Read<String> text(String relative) {
            String name = name(relative);
            try (InputStream stream = loader.getResourceAsStream(name)) {
                return stream == null
                        ? bad(name, "no such resource")
                        : new Read.Ok<>(StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(stream.readAllBytes()))
                                .toString());
            } catch (CharacterCodingException e) {
                return bad(name, "bytes that are not UTF-8");
            } catch (IOException e) {
                return bad(
                        name, "a resource that cannot be read (" + e.getClass().getSimpleName() + ")");
            }
        }

        private static Read<String> bad(String name, String found) {
            return Read.bad(Problem.at(name, Position.START, "", found, "a text file on the class path"));
        }
    }

    /**
     * What a journal kept.
     *
     * @param files by the path under which they were kept
     */
    record Kept(Map<String, Event.Embedded> files) implements SuiteFolder {
        @Override
        public String name(String relative) {
            return relative;
        }

        @Override
        public Read<String> text(String relative) {
            Event.Embedded file = files.get(relative);
            if (file == null) {
                return Read.bad(Problem.at(relative, Position.START, "", "no such file", "one that the journal keeps"));
            }
            String digest = Embedding.sha256(file.text());
            return digest.equals(file.sha256())
                    ? new Read.Ok<>(file.text())
                    : Read.bad(Problem.at(
                            relative,
                            Position.START,
                            "",
                            "a text with SHA-256 " + digest,
                            "the one kept: " + file.sha256()));
        }
    }
}
