package airworthy.format;

import airworthy.model.CheckName;
import airworthy.model.Outcome;
import airworthy.model.ScenarioId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A seeded fault of a platform itself, which calibration must catch: an overlay of files and exactly the findings that it
 * changes.
 *
 * @param id words joined by dashes
 * @param scenario the scenario whose findings change
 * @param title what is wrong with the platform then
 * @param edits made in this order
 * @param changes every finding that differs from the ready run, and none else
 */
public record Defect(String id, ScenarioId scenario, String title, List<Edit> edits, List<FindingChange> changes) {
    public Defect {
        edits = List.copyOf(edits);
        changes = List.copyOf(changes);
    }

    /**
     * Replaces a text that occurs exactly once.
     *
     * @param file relative to the platform's configuration folder
     */
    public record Edit(String file, String find, String replace) {}

    /**
     * A finding and what it comes to with the defect.
     *
     * @param scenario whose
     * @param check which
     * @param to what it comes to
     */
    public record FindingChange(ScenarioId scenario, CheckName check, Outcome to) {
        /** The finding's stable name: scenario, question, check. */
        public String finding() {
            return scenario + "/" + check.question().id() + "/" + check.id();
        }
    }

    /**
     * The platform's files with the edits made; the given ones stay as they are.
     *
     * @param files texts by their path relative to the configuration folder
     */
    public Read<Map<String, String>> apply(Map<String, String> files) {
        Map<String, String> edited = new TreeMap<>(files);
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            Edit edit = edits.get(i);
            String where = "defect " + id + ", edits[" + i + "]";
            String text = edited.get(edit.file());
            if (text == null) {
                problems.add(Problem.at(
                        edit.file(),
                        Position.START,
                        where,
                        "no such file",
                        "one of " + String.join(", ", edited.keySet())));
                continue;
            }
            int first = text.indexOf(edit.find());
            int second = first < 0 ? -1 : text.indexOf(edit.find(), first + 1);
            if (first < 0 || second >= 0) {
                Position position = first < 0 ? Position.START : Position.in(text, second);
                String found = first < 0 ? "it nowhere" : "it a second time";
                problems.add(
                        Problem.at(edit.file(), position, where, found, Found.quoted(edit.find()) + " exactly once"));
                continue;
            }
            edited.put(
                    edit.file(),
                    text.substring(0, first)
                            + edit.replace()
                            + text.substring(first + edit.find().length()));
        }
        return Read.unless(problems, () -> Map.copyOf(edited));
    }
}
