package airworthy.format;

import airworthy.model.Capability;
import airworthy.model.Check;
import airworthy.model.Contrast;
import airworthy.model.Fault;
import airworthy.model.LoadPlan;
import airworthy.model.Need;
import airworthy.model.Phases;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.model.Severity;
import airworthy.model.TargetSelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads scenario files: {@code kind: Scenario} and {@code kind: Audit}.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class ScenarioReader {
    private static final List<String> KINDS = List.of("Scenario", "Audit");
    private static final Phases NONE = new Phases(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final SchemaCheck schemas;

    public ScenarioReader(SchemaCheck schemas) {
        this.schemas = schemas;
    }

    /** Reads a file. */
    public Read<Scenario> read(Path file) {
        return TextFile.read(file, file.toString()).then(text -> read(file.toString(), text));
    }

    /**
     * Reads a text.
     *
     * @param path the name of the text in problems
     */
    public Read<Scenario> read(String path, String text) {
        return DocumentParser.parse(path, text).then(this::read);
    }

    Read<Scenario> read(Document document) {
        return Header.expect(document, KINDS).then(this::convert);
    }

    private Read<Scenario> convert(Document document) {
        Complaints complaints = new Complaints(schemas.check(SchemaCheck.SCENARIO, document));
        Cursor root = Cursor.over(document, complaints);
        Cursor metadata = root.get("metadata");
        String id = metadata.get("id").text();
        Capability capability = metadata.get("capability").word(List.of(Capability.values()), Capability::id);
        Severity severity = metadata.get("severity").word(List.of(Severity.values()), Severity::id);
        Set<Need> needs = needs(root.get("needs"));
        Optional<LoadPlan> load = root.find("load").map(ScenarioReader::load);
        TargetSelector target = target(root.get("target"));
        Phases phases = root.find("phases").map(ScenarioReader::phases).orElse(NONE);
        List<Fault> faults = Faults.of(root.get("faults"));
        Optional<Contrast> contrast = root.find("contrast").flatMap(ScenarioReader::contrast);
        List<Check> written = Expectations.of(root.get("expect"));
        Optional<Duration> recover = root.get("expect")
                .find("recover")
                .map(asked -> asked.get("within").positiveDuration());
        new ScenarioRules(root, needs, target, faults, contrast).apply();
        return Read.unless(
                complaints.all(),
                () -> new Scenario(
                        new ScenarioId(id),
                        metadata.get("name").text(),
                        capability,
                        severity,
                        root.get("title").text(),
                        root.get("why").text(),
                        needs,
                        load,
                        target,
                        phases,
                        faults,
                        contrast,
                        new ImpliedChecks(load.isPresent(), faults, contrast.isPresent(), recover).expand(written),
                        root.get("remedy").text()));
    }

    private static Set<Need> needs(Cursor needs) {
        Set<Need> all = EnumSet.noneOf(Need.class);
        needs.items().forEach(need -> all.add(need.word(List.of(Need.values()), Need::id)));
        return all;
    }

    private static LoadPlan load(Cursor load) {
        double perSecond = load.get("rate").parsed(RateText::parse, RateText.EXPECTED, 1.0);
        return new LoadPlan(load.get("profile").text(), perSecond);
    }

    private static TargetSelector target(Cursor target) {
        if (target.has("tenant")) {
            return target.get("tenant").text().equals("budgeted")
                    ? new TargetSelector.BudgetedTenant()
                    : new TargetSelector.TestTenant();
        }
        if (target.has("gateway")) {
            return new TargetSelector.GatewayKeys();
        }
        if (target.has("accelerator")) {
            return new TargetSelector.AllocatedAccelerator();
        }
        if (target.has("node")) {
            return new TargetSelector.AcceleratedNode();
        }
        return target.find("inference")
                .map(inference -> Optional.of(inference.text()).filter(name -> !name.equals("any")))
                .<TargetSelector>map(name -> target.has("replica")
                        ? new TargetSelector.InferenceReplica(name)
                        : new TargetSelector.Inference(name))
                .orElse(new TargetSelector.WholePlatform());
    }

    private static Optional<Contrast> contrast(Cursor contrast) {
        Duration hold = contrast.get("hold").positiveDuration();
        return Faults.one(contrast.get("fault")).map(fault -> new Contrast(fault, hold));
    }

    private static Phases phases(Cursor phases) {
        return new Phases(
                phases.get("baseline").positiveDuration(),
                phases.get("hold").positiveDuration(),
                phases.get("heal").positiveDuration());
    }
}
