package airworthy.format;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file that a person named. */
final class TextFile {

    private TextFile() {}

    /**
     * The whole text.
     *
     * @param name how the person named it, for problems
     */
    static Read<String> read(Path path, String name) {
        if (Files.isDirectory(path)) {
            return bad(name, "a directory");
        }
        try {
            return new Read.Ok<>(Files.readString(path));
        } catch (NoSuchFileException e) {
            return bad(name, "no such file");
        } catch (CharacterCodingException e) {
            return bad(name, "bytes that are not UTF-8");
        } catch (IOException e) {
            return bad(name, "a file that cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Read<String> bad(String name, String found) {
        return Read.bad(Problem.at(name, Position.START, "", found, "a readable text file"));
    }
}
