package airworthy.format;

import airworthy.format.Defect.Edit;
import airworthy.format.Defect.FindingChange;
import airworthy.model.CheckName;
import airworthy.model.Outcome;
import airworthy.model.ScenarioId;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads seeded defects: {@code kind: Defect}.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class DefectReader {
    private static final ScenarioId SOME = new ScenarioId("XX-0");
    private static final Map<String, CheckName> FINDINGS = Arrays.stream(CheckName.values())
            .collect(Collectors.toMap(
                    check -> check.question().id() + "/" + check.id(),
                    Function.identity(),
                    (one, _) -> one,
                    LinkedHashMap::new));

    private final SchemaCheck schemas;

    public DefectReader(SchemaCheck schemas) {
        this.schemas = schemas;
    }

    /** Reads a file. */
    public Read<Defect> read(Path file) {
        return TextFile.read(file, file.toString()).then(text -> read(file.toString(), text));
    }

    /**
     * Reads a text.
     *
     * @param path the name of the text in problems
     */
    public Read<Defect> read(String path, String text) {
        return DocumentParser.parse(path, text)
                .then(document -> Header.expect(document, List.of("Defect")))
                .then(this::convert);
    }

    private Read<Defect> convert(Document document) {
        Complaints complaints = new Complaints(schemas.check(SchemaCheck.DEFECT, document));
        Cursor root = Cursor.over(document, complaints);
        ScenarioId scenario = root.get("scenario").parsed(DefectReader::scenario, "an id such as SRV-4", SOME);
        List<Edit> edits = root.get("edits").items().stream()
                .map(edit -> new Edit(
                        edit.get("file").text(),
                        edit.get("find").text(),
                        edit.get("replace").text()))
                .toList();
        List<FindingChange> changes = root.get("changes").items().stream()
                .map(change -> {
                    Outcome to = change.get("to").word(List.of(Outcome.values()), Outcome::id);
                    return change.get("finding")
                            .parsed(
                                    text -> change(text, to),
                                    "SCENARIO/"
                                            + Nearest.oneOf(
                                                    change.get("finding").text(), FINDINGS.keySet()),
                                    new FindingChange(SOME, CheckName.QUIET, to));
                })
                .toList();
        return Read.unless(
                complaints.all(),
                () -> new Defect(
                        root.get("id").text(), scenario, root.get("title").text(), edits, changes));
    }

    private static Optional<FindingChange> change(String finding, Outcome to) {
        int slash = Math.max(0, finding.indexOf('/'));
        CheckName check = FINDINGS.get(finding.substring(slash).replaceFirst("^/", ""));
        return check == null
                ? Optional.empty()
                : scenario(finding.substring(0, slash)).map(scenario -> new FindingChange(scenario, check, to));
    }

    private static Optional<ScenarioId> scenario(String text) {
        return text.matches("[A-Z]{2,5}-[0-9]{1,3}") ? Optional.of(new ScenarioId(text)) : Optional.empty();
    }
}
