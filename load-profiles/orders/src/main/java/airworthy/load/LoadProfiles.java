package airworthy.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The load profiles that ship with the harness, and those in files of its users. */
public final class LoadProfiles {

    private static final String KNOWN = "known";
    private static final Set<String> OPTIONAL = Set.of("burstiness", KNOWN);

    private static final List<String> KEYS =
            List.of("name", "arrivals", "burstiness", "promptWords", "answerTokens", "slo", "words", KNOWN);

    private LoadProfiles() {}

    /**
     * Reads a profile by its name, or from a file whose name ends in {@code .yaml} or {@code .yml}.
     *
     * @throws IOException when there is none of that name, or its file cannot be read; the message says which, where and what was
     *     expected
     */
    public static LoadProfile named(String name) throws IOException {
        if (isFile(name)) {
            try (InputStream in = Files.newInputStream(Path.of(name))) {
                return read(in, name);
            } catch (NoSuchFileException e) {
                throw new IOException("load profile: found no file %s".formatted(name), e);
            }
        }
        String resource = "/profiles/" + name + ".yaml";
        try (InputStream in = LoadProfiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(
                        "load profile \"%s\": found none of that name, expected chat, code, rag, long-context, agent or a YAML file"
                                .formatted(name));
            }
            return read(in, name);
        }
    }

    /** Whether a name is that of a file. */
    public static boolean isFile(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static LoadProfile read(InputStream in, String name) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        YAMLMapper yaml = YAMLMapper.builder().build();
        try {
            JsonNode tree = yaml.readTree(text);
            List<String> problems = new ArrayList<>();
            tree.fieldNames().forEachRemaining(key -> {
                if (!KEYS.contains(key)) {
                    problems.add("%s:%d: found the key \"%s\", expected one of %s"
                            .formatted(name, line(text, key), key, String.join(", ", KEYS)));
                }
            });
            for (String key : KEYS) {
                if (!tree.has(key) && !OPTIONAL.contains(key)) {
                    problems.add("%s: found no key \"%s\"".formatted(name, key));
                }
            }
            if (!problems.isEmpty()) {
                throw new IOException(String.join(System.lineSeparator(), problems));
            }
            if (tree instanceof ObjectNode object && !object.has(KNOWN)) {
                object.putArray(KNOWN);
            }
            return yaml.treeToValue(tree, LoadProfile.class);
        } catch (ValueInstantiationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("%s: %s".formatted(name, cause.getMessage()), e);
        } catch (JsonProcessingException e) {
            throw new IOException("%s%s: %s".formatted(name, where(e), e.getOriginalMessage()), e);
        }
    }

    /** Where a key of the outermost level stands. */
    private static int line(String text, String key) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(key + ":")) {
                return i + 1;
            }
        }
        return 1;
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : ":%d:%d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }
}
