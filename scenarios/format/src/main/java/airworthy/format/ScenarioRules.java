package airworthy.format;

import airworthy.model.Fault;
import airworthy.model.Need;
import airworthy.model.TargetSelector;
import java.util.List;
import java.util.Set;

/**
 * What the parts of one scenario ask of each other, which no schema can say well.
 *
 * @param root the whole document
 * @param needs converted already
 * @param target converted already
 * @param faults converted already
 */
record ScenarioRules(Cursor root, Set<Need> needs, TargetSelector target, List<Fault> faults) {
    private static final List<String> NOT_IN_AUDITS = List.of("load", "target", "phases", "faults");
    private static final List<String> FAULT_ONLY = List.of("detect", "route", "contain", "recover");

    void apply() {
        if ("Audit".equals(root.get("kind").text())) {
            audit();
        } else {
            experiment();
        }
    }

    private void audit() {
        NOT_IN_AUDITS.forEach(key -> refuse(root, key, "no such key: an audit changes nothing (kind: Scenario does)"));
        Cursor expect = root.get("expect");
        FAULT_ONLY.forEach(key -> refuse(expect, key, "no such question: an audit has no fault that it could ask of"));
        for (String key : List.of("cause", "names")) {
            refuse(expect.get("attribute"), key, "deviceChain only: an audit has no alert that could name anything");
        }
        Cursor withstand = expect.get("withstand");
        for (String key : List.of("trafficMoves", "answersComplete", "excessRefused", "neverAboveQuota")) {
            refuse(withstand, key, "oneOwner or receiverExists: an audit has neither load nor fault");
        }
    }

    private void experiment() {
        for (String key : List.of("target", "phases", "faults")) {
            require(root, key, "the key \"" + key + "\": a scenario changes something (kind: Audit does not)");
        }
        Cursor expect = root.get("expect");
        require(expect, "recover", "the key \"recover\": what is broken must be seen whole again");
        questions(expect);
        partsNeeded();
        faults.forEach(this::fits);
        checksFit(expect);
        bounded(expect.get("detect"), "hold");
        bounded(expect.get("withstand").get("trafficMoves"), "hold");
        bounded(expect.get("contain").get("nextTenant"), "hold");
        bounded(expect.get("recover"), "heal");
    }

    /** Who asks what an alert says must ask for an alert, and must know the truth. */
    private void questions(Cursor expect) {
        boolean alertNames =
                expect.get("attribute").has("cause") || expect.get("attribute").has("names");
        if ((alertNames || expect.has("route")) && expect.isMapping()) {
            require(
                    expect,
                    "detect",
                    "the key \"detect\": attribute and route are asked of the alert that it waits for");
        }
        if (alertNames) {
            require(expect.get("attribute"), "cause", "the key \"cause\": the alert is held against the true one");
        }
    }

    private void partsNeeded() {
        if (root.has("load")
                || target instanceof TargetSelector.InferenceReplica
                || target instanceof TargetSelector.Inference) {
            need(Need.INFERENCE, "whatever has load or hits a served model");
        }
        if (target instanceof TargetSelector.TestTenant) {
            need(Need.TENANTS, "a test tenant");
        }
        if (root.get("expect").has("detect")) {
            need(Need.ALERTMANAGER, "detect");
        }
    }

    private void need(Need need, String why) {
        Cursor list = root.get("needs");
        if (list.isList() && !needs.contains(need)) {
            list.complain("\"" + need.id() + "\" among them: " + why + " needs it");
        }
    }

    private void fits(Fault fault) {
        boolean fits = switch (fault) {
            case Fault.SlowTokens _ -> target instanceof TargetSelector.InferenceReplica;
            case Fault.Burst _ -> target instanceof TargetSelector.Inference;
            case Fault.QuotaBurst _ -> target instanceof TargetSelector.TestTenant;
        };
        if (!fits && root.has("target")) {
            String expected = switch (fault) {
                case Fault.SlowTokens _ -> "{inference: any, replica: one}";
                case Fault.Burst _ -> "{inference: any}";
                case Fault.QuotaBurst _ -> "{tenant: test}";
            };
            root.get("target").complain(expected + " for " + fault.kind());
        }
        if (fault instanceof Fault.Burst && !root.has("load")) {
            root.get("faults").complain("the key \"load\" beside " + fault.kind() + ": a burst is a multiple of it");
        }
    }

    /** A check that nothing in the scenario can move would be met for ever. */
    private void checksFit(Cursor expect) {
        if (!root.has("load")) {
            for (String key : List.of("trafficMoves", "answersComplete")) {
                refuse(expect.get("withstand"), key, "this only where there is load");
            }
            for (String key : List.of("bystanders", "otherReplicas")) {
                refuse(expect.get("contain"), key, "this only where there is load");
            }
        }
        if (target instanceof TargetSelector.Inference && faults.stream().anyMatch(Fault.Burst.class::isInstance)) {
            refuse(expect.get("withstand"), "trafficMoves", "this only where one replica is hit");
            refuse(expect.get("contain"), "otherReplicas", "this only where one replica is hit");
        }
        if (faults.stream().noneMatch(Fault.QuotaBurst.class::isInstance)) {
            for (String key : List.of("excessRefused", "neverAboveQuota")) {
                refuse(expect.get("withstand"), key, "this only with " + Fault.QuotaBurst.KIND);
            }
            refuse(expect.get("contain"), "nextTenant", "this only with " + Fault.QuotaBurst.KIND);
        }
    }

    /** A deadline that outlives its phase could be missed without anybody looking. */
    private void bounded(Cursor check, String phase) {
        Cursor within = check.get("within");
        DurationText.parse(root.get("phases").get(phase).text())
                .filter(length -> DurationText.parse(within.text())
                        .filter(deadline -> deadline.compareTo(length) > 0)
                        .isPresent())
                .ifPresent(length ->
                        within.complain("at most " + DurationText.print(length) + ", the length of phase " + phase));
    }

    private static void require(Cursor parent, String key, String expected) {
        if (parent.isMapping() && !parent.has(key)) {
            parent.get(key).complain(expected);
        }
    }

    private static void refuse(Cursor parent, String key, String expected) {
        parent.find(key).ifPresent(child -> child.complainOfKey("the key \"" + key + "\"", expected));
    }
}
