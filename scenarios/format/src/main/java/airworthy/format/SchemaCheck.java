package airworthy.format;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds texts against the JSON Schemas of this version, which lie beside this class under {@code schema/}.
 *
 * <p>Immutable and safe for use by several threads. Making one parses all schemas: make it once.
 */
public final class SchemaCheck {
    public static final String SCENARIO = "scenario.v1";
    public static final String SUITE = "suite.v1";
    public static final String PLATFORM = "platform.v1";
    public static final String DEFECT = "defect.v1";
    public static final String JOURNAL = "journal.v1";
    public static final String UNDO = "undo.v1";
    public static final String LOAD = "load.v1";
    public static final String SCORECARD = "scorecard.v1";

    private static final List<String> ALL = List.of(SCENARIO, SUITE, PLATFORM, DEFECT, JOURNAL, UNDO, LOAD, SCORECARD);

    private final Map<String, Schema> schemas;

    public SchemaCheck() {
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().pathType(PathType.JSON_POINTER).build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config));
        Map<String, Schema> loaded = new HashMap<>();
        for (String name : ALL) {
            Schema schema = registry.getSchema(
                    SchemaLocation.of("urn:airworthy:schema:" + name),
                    source(name).root());
            schema.initializeValidators();
            loaded.put(name, schema);
        }
        schemas = Map.copyOf(loaded);
    }

    /**
     * All that a schema finds wrong with a text.
     *
     * @param schemaName one of the names above
     * @param file the text's name: one that ends with {@code .json} or {@code .jsonl} is parsed as JSON, else as YAML;
     *     {@code .jsonl} holds one document a line, all others hold one
     * @throws IllegalArgumentException if there is no such schema
     */
    public List<Problem> check(String schemaName, String file, String jsonOrYamlText) {
        Read<List<Document>> documents = file.endsWith(".jsonl")
                ? DocumentParser.parseAll(file, jsonOrYamlText)
                : DocumentParser.parse(file, jsonOrYamlText).then(document -> new Read.Ok<>(List.of(document)));
        return switch (documents) {
            case Read.Bad<List<Document>>(List<Problem> problems) -> problems;
            case Read.Ok<List<Document>>(List<Document> all) ->
                all.stream()
                        .flatMap(document -> check(schemaName, document).stream())
                        .toList();
        };
    }

    List<Problem> check(String schemaName, Document document) {
        Schema schema = schemas.get(schemaName);
        if (schema == null) {
            throw new IllegalArgumentException("no schema " + schemaName + ", only " + ALL);
        }
        SchemaErrors errors = new SchemaErrors(document, schema.getSchemaNode());
        List<Problem> problems = new ArrayList<>();
        schema.validate(document.root()).forEach(error -> problems.add(errors.problem(error)));
        problems.sort(Problem.BY_PLACE);
        return List.copyOf(problems);
    }

    private static Document source(String name) {
        String resource = "schema/" + name + ".json";
        try (InputStream stream = SchemaCheck.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the program lacks its own resource " + resource);
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return switch (DocumentParser.parse(resource, text)) {
                case Read.Ok<Document>(Document document) -> document;
                case Read.Bad<Document>(List<Problem> problems) ->
                    throw new IllegalStateException("the program's own resource is broken: " + problems);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("reading the program's own resource " + resource, e);
        }
    }
}
