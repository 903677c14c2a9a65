package airworthy.format;

import airworthy.model.Contrast;
import airworthy.model.Fault;
import airworthy.model.Need;
import airworthy.model.TargetSelector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the parts of one scenario ask of each other, which no schema can say well.
 *
 * @param root the whole document
 * @param needs converted already
 * @param target converted already
 * @param faults converted already
 * @param contrast converted already
 */
record ScenarioRules(
        Cursor root, Set<Need> needs, TargetSelector target, List<Fault> faults, Optional<Contrast> contrast) {
    private static final List<String> NOT_IN_AUDITS = List.of("load", "target", "phases", "faults", "contrast");
    private static final List<String> TARGETS = List.of("inference", "accelerator", "node", "tenant", "gateway");
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
        for (String key : List.of(
                "trafficMoves",
                "answersComplete",
                "runsAgain",
                "lostNotAllocated",
                "neverReady",
                "neverServes",
                "runningWorkGoesOn",
                "noNewPodsThere",
                "failsCleanly",
                "noCrashLoop",
                "excessRefused",
                "neverAboveQuota",
                "overspendRefused",
                "tokensMetered",
                "credentialsRefused",
                "noTokensSpent")) {
            refuse(withstand, key, "oneOwner or receiverExists: an audit has neither load nor fault");
        }
    }

    private void experiment() {
        for (String key : List.of("target", "phases", "faults")) {
            require(root, key, "the key \"" + key + "\": a scenario changes something (kind: Audit does not)");
        }
        Cursor expect = root.get("expect");
        require(expect, "recover", "the key \"recover\": what is broken must be seen whole again");
        oneTarget();
        questions(expect);
        partsNeeded();
        faults.forEach(this::fits);
        contrast.ifPresent(second -> contrasts(second, expect));
        checksFit(expect);
        bounded(expect.get("detect"), "hold");
        bounded(expect.get("withstand").get("trafficMoves"), "hold");
        bounded(expect.get("withstand").get("runsAgain"), "hold");
        bounded(expect.get("withstand").get("noNewPodsThere"), "hold");
        bounded(expect.get("contain").get("nextTenant"), "hold");
        bounded(expect.get("recover"), "heal");
    }

    private void oneTarget() {
        Cursor hit = root.get("target");
        List<String> named = TARGETS.stream().filter(hit::has).toList();
        if (named.size() > 1) {
            hit.complain("one of " + String.join(", ", named) + ": a scenario hits one thing");
        }
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
                || target instanceof TargetSelector.Inference
                || target instanceof TargetSelector.AllocatedAccelerator
                || target instanceof TargetSelector.AcceleratedNode) {
            need(Need.INFERENCE, "whatever has load or hits a served model");
        }
        if (target instanceof TargetSelector.AllocatedAccelerator) {
            need(Need.DEVICES, "an allocated accelerator");
        }
        if (target instanceof TargetSelector.AcceleratedNode) {
            need(Need.DEVICES, "an accelerated node");
        }
        if (target instanceof TargetSelector.TestTenant) {
            need(Need.TENANTS, "a test tenant");
        }
        if (target instanceof TargetSelector.BudgetedTenant) {
            need(Need.GATEWAY, "a tenant with a token budget");
        }
        if (target instanceof TargetSelector.GatewayKeys) {
            need(Need.GATEWAY, "{gateway: keys}");
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

    /** A contrast shows that an alert tells two causes apart, so there must be one, and time for it to come. */
    private void contrasts(Contrast second, Cursor expect) {
        Cursor written = root.get("contrast");
        fits(second.fault());
        if (faults.stream().anyMatch(fault -> fault.kind().equals(second.fault().kind()))) {
            written.complain("another fault than " + second.fault().kind() + ", which is the one to be told from it");
        }
        if (!expect.get("attribute").has("cause")) {
            written.complain("the key \"cause\" in expect.attribute beside it: the two are told apart by it");
        }
        DurationText.parse(expect.get("detect").get("within").text())
                .filter(within -> second.hold().compareTo(within) < 0)
                .ifPresent(within -> written.get("hold")
                        .complain(DurationText.print(within)
                                + " or more, as long as detect waits: an alert must have time to come"));
    }

    private void fits(Fault fault) {
        boolean fits = switch (fault) {
            case Fault.SlowTokens _ -> target instanceof TargetSelector.InferenceReplica;
            case Fault.Burst _, Fault.Download _ -> target instanceof TargetSelector.Inference;
            case Fault.DeviceLost _, Fault.OfAccelerator _ -> target instanceof TargetSelector.AllocatedAccelerator;
            case Fault.DriverMismatch _ -> target instanceof TargetSelector.AcceleratedNode;
            case Fault.QuotaBurst _ -> target instanceof TargetSelector.TestTenant;
            case Fault.Overspend _ -> target instanceof TargetSelector.BudgetedTenant;
            case Fault.BadCredentials _ -> target instanceof TargetSelector.GatewayKeys;
        };
        if (!fits && root.has("target")) {
            String expected = switch (fault) {
                case Fault.SlowTokens _ -> "{inference: any, replica: one}";
                case Fault.Burst _, Fault.Download _ -> "{inference: any}";
                case Fault.DeviceLost _, Fault.OfAccelerator _ -> "{accelerator: allocated}";
                case Fault.DriverMismatch _ -> "{node: accelerated}";
                case Fault.QuotaBurst _ -> "{tenant: test}";
                case Fault.Overspend _ -> "{tenant: budgeted}";
                case Fault.BadCredentials _ -> "{gateway: keys}";
            };
            root.get("target").complain(expected + " for " + fault.kind());
        }
        if (fault instanceof Fault.Burst && !root.has("load")) {
            root.get("faults").complain("the key \"load\" beside " + fault.kind() + ": a burst is a multiple of it");
        }
        if (fault instanceof Fault.BadCredentials(int _, Duration within)) {
            credentials(within);
        }
        if (fault instanceof Fault.Overspend && !root.has("load")) {
            root.get("faults")
                    .complain("the key \"load\" beside " + fault.kind() + ": the tenant is served before and after");
        }
    }

    private static boolean takesMemory(Fault fault) {
        return fault instanceof Fault.MemoryFragmented || fault instanceof Fault.MemoryExhausted;
    }

    /** Attempts that end before the hold would be a fault that lapses. */
    private void credentials(Duration within) {
        if (!root.has("load")) {
            root.get("faults")
                    .complain("the key \"load\" beside " + Fault.BadCredentials.KIND
                            + ": a tenant with a good key is served meanwhile");
        }
        DurationText.parse(root.get("phases").get("hold").text())
                .filter(hold -> hold.compareTo(within) > 0)
                .ifPresent(hold -> root.get("faults")
                        .complain("within: " + DurationText.print(hold) + " or more, the length of phase hold, for "
                                + Fault.BadCredentials.KIND));
    }

    /** A check that nothing in the scenario can move would be met for ever. */
    private void checksFit(Cursor expect) {
        if (!root.has("load")) {
            for (String key : List.of("trafficMoves", "answersComplete", "neverServes", "failsCleanly")) {
                refuse(expect.get("withstand"), key, "this only where there is load");
            }
            for (String key : List.of("bystanders", "otherReplicas")) {
                refuse(expect.get("contain"), key, "this only where there is load");
            }
        }
        if (target instanceof TargetSelector.Inference && faults.stream().anyMatch(ScenarioRules::hitsTheWhole)) {
            refuse(expect.get("withstand"), "trafficMoves", "this only where one replica is hit");
            refuse(expect.get("contain"), "otherReplicas", "this only where one replica is hit");
        }
        if (faults.stream().noneMatch(Fault.DeviceLost.class::isInstance)) {
            for (String key : List.of("runsAgain", "lostNotAllocated")) {
                refuse(expect.get("withstand"), key, "this only with " + Fault.DeviceLost.KIND);
            }
            refuse(expect.get("contain"), "neighboursRun", "this only with " + Fault.DeviceLost.KIND);
        }
        if (faults.stream().noneMatch(ScenarioRules::takesMemory)) {
            for (String key : List.of("failsCleanly", "noCrashLoop")) {
                refuse(
                        expect.get("withstand"),
                        key,
                        "this only with " + Fault.MemoryFragmented.KIND + " or " + Fault.MemoryExhausted.KIND);
            }
        }
        if (faults.stream().noneMatch(Fault.BadCredentials.class::isInstance)) {
            for (String key : List.of("credentialsRefused", "noTokensSpent")) {
                refuse(expect.get("withstand"), key, "this only with " + Fault.BadCredentials.KIND);
            }
        }
        if (target instanceof TargetSelector.BudgetedTenant || target instanceof TargetSelector.GatewayKeys) {
            refuse(expect.get("withstand"), "trafficMoves", "this only where one replica is hit");
            refuse(expect.get("contain"), "otherReplicas", "this only where one replica is hit");
        }
        if (faults.stream().noneMatch(Fault.Overspend.class::isInstance)) {
            for (String key : List.of("overspendRefused", "tokensMetered")) {
                refuse(expect.get("withstand"), key, "this only with " + Fault.Overspend.KIND);
            }
        }
        if (faults.stream().noneMatch(fault -> fault instanceof Fault.Download hit && hit.leavesNoModel())) {
            for (String key : List.of("neverReady", "neverServes")) {
                refuse(
                        expect.get("withstand"),
                        key,
                        "this only with " + Fault.TruncatedDownload.KIND + ", " + Fault.CorruptDownload.KIND + ", "
                                + Fault.MissingDownload.KIND + " or " + Fault.WrongDigest.KIND);
            }
        }
        if (faults.stream().noneMatch(Fault.QuotaBurst.class::isInstance)) {
            for (String key : List.of("excessRefused", "neverAboveQuota")) {
                refuse(expect.get("withstand"), key, "this only with " + Fault.QuotaBurst.KIND);
            }
        }
        if (faults.stream()
                .noneMatch(fault -> fault instanceof Fault.QuotaBurst || fault instanceof Fault.DriverMismatch)) {
            refuse(
                    expect.get("contain"),
                    "nextTenant",
                    "this only with " + Fault.QuotaBurst.KIND + " or " + Fault.DriverMismatch.KIND);
        }
        if (faults.stream().noneMatch(Fault.DriverMismatch.class::isInstance)) {
            for (String key : List.of("runningWorkGoesOn", "noNewPodsThere")) {
                refuse(expect.get("withstand"), key, "this only with " + Fault.DriverMismatch.KIND);
            }
            refuse(expect.get("contain"), "otherNodesRun", "this only with " + Fault.DriverMismatch.KIND);
        } else if (expect.get("contain").has("nextTenant")) {
            need(Need.TENANTS, "nextTenant");
        }
    }

    private static boolean hitsTheWhole(Fault fault) {
        return fault instanceof Fault.Burst || fault instanceof Fault.Download;
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
