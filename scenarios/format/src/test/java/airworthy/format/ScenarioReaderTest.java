package airworthy.format;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Capability;
import airworthy.model.Cause;
import airworthy.model.Check;
import airworthy.model.Contrast;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Fault.SlowDownload.Pace;
import airworthy.model.LoadPlan;
import airworthy.model.Need;
import airworthy.model.Phases;
import airworthy.model.Role;
import airworthy.model.Scenario;
import airworthy.model.Severity;
import airworthy.model.Share;
import airworthy.model.TargetSelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {
    private static final String SLOW = """
        apiVersion: airworthy/v1
        kind: Scenario
        metadata: { id: SRV-4, name: slow-tokens, capability: serving, severity: critical, lifecycle: stable }
        title: One replica is slow
        why: Because
        needs: [inference, alertmanager]
        load: { profile: chat, rate: 5/s }
        target: { inference: any, replica: one }
        phases: { baseline: 2m, hold: 6m, heal: 5m }
        faults:
          - model.slow-tokens: { factor: 20 }
        expect:
          withstand:
            trafficMoves: { within: 2m, remaining: 5% }
            answersComplete: { ok: 95% }
          detect: { within: 3m }
          attribute: { cause: serving-latency, names: [replica, workload] }
          route: { to: model-team }
          contain: { bystanders: slo, otherReplicas: slo, bystanderAlerts: none }
          recover: { within: 3m }
        remedy: Route by latency
        """;
    private static final String AUDIT = """
        apiVersion: airworthy/v1
        kind: Audit
        metadata: { id: OWN-1, name: owner-chain, capability: ownership, severity: critical }
        title: Every workload leads to its owner
        why: Because
        needs: [kubernetes]
        expect:
          withstand: { oneOwner: true, receiverExists: true }
          attribute: { deviceChain: true }
        remedy: Label it
        """;

    private final ScenarioReader reader = new ScenarioReader(new SchemaCheck());

    @TempDir
    private Path folder;

    @Test
    void aWholeScenarioBecomesTheLanguage() {
        Scenario scenario = ok(SLOW);

        assertThat(scenario.id()).hasToString("SRV-4");
        assertThat(scenario.capability()).isEqualTo(Capability.SERVING);
        assertThat(scenario.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(scenario.needs()).containsExactlyInAnyOrder(Need.INFERENCE, Need.ALERTMANAGER);
        assertThat(scenario.load()).contains(new LoadPlan("chat", 5));
        assertThat(scenario.target()).isEqualTo(new TargetSelector.InferenceReplica(Optional.empty()));
        assertThat(scenario.phases())
                .isEqualTo(new Phases(Duration.ofMinutes(2), Duration.ofMinutes(6), Duration.ofMinutes(5)));
        assertThat(scenario.faults()).containsExactly(new Fault.SlowTokens(20));
        assertThat(scenario.remedy()).isEqualTo("Route by latency");
    }

    @Test
    void whatIsImpliedIsAskedInTheOrderOfTheQuestions() {
        Duration three = Duration.ofMinutes(3);
        assertThat(ok(SLOW).checks())
                .containsExactly(
                        new Check.BaselineSlo(),
                        new Check.TrafficMoves(Duration.ofMinutes(2), new Share(0.05)),
                        new Check.AnswersComplete(new Share(0.95)),
                        new Check.NotifiedInTime(three),
                        new Check.Quiet(),
                        new Check.NamesCause(Cause.SERVING_LATENCY),
                        new Check.NamesTarget(List.of(Dimension.REPLICA, Dimension.WORKLOAD)),
                        new Check.RunbookHelps(Cause.SERVING_LATENCY),
                        new Check.ReachesOwner(Role.MODEL_TEAM),
                        new Check.ReachesNobodyElse(Role.MODEL_TEAM),
                        new Check.BystandersSlo(),
                        new Check.OtherReplicasSlo(),
                        new Check.NoBystanderAlert(),
                        new Check.BackAtBaseline(three),
                        new Check.AlertResolves(three),
                        new Check.UndoVerified());
    }

    @Test
    void anAuditAsksOnlyWhatItWrites() {
        Scenario audit = ok(AUDIT);

        assertThat(audit.audit()).isTrue();
        assertThat(audit.target()).isEqualTo(new TargetSelector.WholePlatform());
        assertThat(audit.checks())
                .containsExactly(new Check.OneOwner(), new Check.ReceiverExists(), new Check.DeviceChain());
    }

    @Test
    void aNamedModelAndATestTenantAreTargets() {
        assertThat(ok(SLOW.replace("inference: any", "inference: chat")).target())
                .isEqualTo(new TargetSelector.InferenceReplica(Optional.of("chat")));
        assertThat(ok(burst()).target()).isEqualTo(new TargetSelector.TestTenant());
        assertThat(ok(burst()).faults()).containsExactly(new Fault.QuotaBurst(2, 3));
    }

    @Test
    void aBurstHitsAServedModelAsAWholeAndMultipliesItsLoad() {
        Scenario scenario = ok(spike());
        assertThat(scenario.target()).isEqualTo(new TargetSelector.Inference(Optional.empty()));
        assertThat(scenario.faults()).containsExactly(new Fault.Burst(4));

        assertThat(problems(spike().replace("{ inference: any }", "{ inference: any, replica: one }")))
                .singleElement()
                .asString()
                .contains("target", "expected {inference: any} for client.burst");
        assertThat(problems(spike().replace("load: { profile: chat, rate: 5/s }\n", "")))
                .anySatisfy(problem -> assertThat(problem).contains("faults", "a burst is a multiple of it"));
        assertThat(problems(
                        spike().replace("answersComplete: { ok: 95% }", "trafficMoves: { within: 2m, remaining: 5% }")))
                .singleElement()
                .asString()
                .contains("expect.withstand.trafficMoves", "only where one replica is hit");
    }

    @Test
    void whoOverspendsIsATenantWithABudgetUnderLoad() {
        Scenario scenario = ok(overspend());
        assertThat(scenario.target()).isEqualTo(new TargetSelector.BudgetedTenant());
        assertThat(scenario.faults()).containsExactly(new Fault.Overspend(2));
        assertThat(scenario.checks()).contains(new Check.OverspendRefused(), new Check.TokensMetered(new Share(0.02)));

        assertThat(problems(overspend().replace("budgeted", "test")))
                .anySatisfy(
                        problem -> assertThat(problem).contains("expected {tenant: budgeted} for client.overspend"));
        assertThat(problems(overspend().replace("factor: 2", "factor: 1.9")))
                .singleElement()
                .asString()
                .contains("found 1.9, expected a number from 2");
        assertThat(problems(overspend().replace("load: { profile: chat, rate: 5/s }\n", "")))
                .anySatisfy(problem -> assertThat(problem).contains("the tenant is served before and after"));
        assertThat(problems(overspend().replace("[inference, gateway,", "[inference,")))
                .singleElement()
                .asString()
                .contains("a tenant with a token budget needs it");
        assertThat(problems(spike().replace("answersComplete: { ok: 95% }", "overspendRefused: true")))
                .singleElement()
                .asString()
                .contains("expect.withstand.overspendRefused", "only with client.overspend");
    }

    @Test
    void badCredentialsAreTriedForAsLongAsTheFaultHoldsWhileGoodOnesAreUsed() {
        Scenario scenario = ok(credentials());
        assertThat(scenario.target()).isEqualTo(new TargetSelector.GatewayKeys());
        assertThat(scenario.faults()).containsExactly(new Fault.BadCredentials(60, Duration.ofMinutes(6)));
        assertThat(scenario.checks()).contains(new Check.CredentialsRefused(), new Check.NoTokensSpent());

        assertThat(problems(credentials().replace("{ gateway: keys }", "{ inference: any }")))
                .anySatisfy(
                        problem -> assertThat(problem).contains("expected {gateway: keys} for client.bad-credentials"));
        assertThat(problems(credentials().replace("within: 6m }", "within: 5m }")))
                .singleElement()
                .asString()
                .contains("expected within: 6m or more, the length of phase hold");
        assertThat(problems(credentials().replace("load: { profile: chat, rate: 5/s }\n", "")))
                .anySatisfy(problem -> assertThat(problem).contains("a tenant with a good key is served meanwhile"));
        assertThat(problems(credentials().replace("[inference, gateway,", "[inference,")))
                .singleElement()
                .asString()
                .contains("{gateway: keys} needs it");
        assertThat(problems(overspend().replace("overspendRefused: true", "noTokensSpent: true")))
                .singleElement()
                .asString()
                .contains("expect.withstand.noTokensSpent", "only with client.bad-credentials");
    }

    private static String credentials() {
        return overspend()
                .replace("{ tenant: budgeted }", "{ gateway: keys }")
                .replace("client.overspend: { factor: 2 }", "client.bad-credentials: { attempts: 60, within: 6m }")
                .replace(
                        "{ overspendRefused: true, tokensMetered: { off: 2% } }",
                        "{ credentialsRefused: true, noTokensSpent: true }");
    }

    private static String overspend() {
        return """
            apiVersion: airworthy/v1
            kind: Scenario
            metadata: { id: GW-2, name: token-budget, capability: gateway, severity: critical }
            title: A tenant overspends
            why: Tokens are what a model is made of
            needs: [inference, gateway, alertmanager]
            load: { profile: chat, rate: 5/s }
            target: { tenant: budgeted }
            phases: { baseline: 2m, hold: 6m, heal: 5m }
            faults:
              - client.overspend: { factor: 2 }
            expect:
              withstand: { overspendRefused: true, tokensMetered: { off: 2% } }
              detect: { within: 3m }
              recover: { within: 3m }
            remedy: Give budgets
            """;
    }

    @Test
    void aWrongKeyIsFoundAtItsOwnPlaceAndTheRightOneIsGuessed() {
        assertThat(problems(SLOW.replace("\nexpect:", "\nexpct:")))
                .contains("s.yaml:12:1: expct: found the unknown key \"expct\", expected one of apiVersion, kind,"
                        + " metadata, title, why, needs, load, target, phases, faults, contrast, expect, remedy;"
                        + " did you mean \"expect\"?");
        assertThat(problems(SLOW.replace("otherReplicas", "otherReplica")))
                .containsExactly("s.yaml:19:31: expect.contain.otherReplica: found the unknown key \"otherReplica\","
                        + " expected one of bystanders, otherReplicas, neighboursRun, otherNodesRun, nextTenant,"
                        + " bystanderAlerts;"
                        + " did you mean \"otherReplicas\"?");
    }

    @Test
    void everyProblemIsToldAtOnceInTheOrderOfTheFile() {
        String broken = SLOW.replace("severity: critical", "severity: hihg")
                .replace("rate: 5/s", "rate: 5 per second")
                .replace("hold: 6m", "hold: six minutes")
                .replace("factor: 20", "factor: 1")
                .replace("remaining: 5%", "remaining: 500%")
                .replace("cause: serving-latency", "cause: latency");
        assertThat(problems(broken))
                .containsExactly(
                        "s.yaml:3:74: metadata.severity: found \"hihg\", expected one of critical, high, medium, low;"
                                + " did you mean \"high\"?",
                        "s.yaml:7:30: load.rate: found \"5 per second\", expected a rate above zero such as 5/s",
                        "s.yaml:9:31: phases.hold: found \"six minutes\", expected " + DurationText.EXPECTED,
                        "s.yaml:11:34: faults[0].model.slow-tokens.factor: found 1, expected a number above 1",
                        "s.yaml:14:44: expect.withstand.trafficMoves.remaining: found \"500%\","
                                + " expected a share between 0% and 100%, such as 5%",
                        "s.yaml:17:23: expect.attribute.cause: found \"latency\", expected one of model-artifact,"
                                + " accelerator-hardware, accelerator-memory, driver, serving-latency, capacity, quota,"
                                + " gateway, network, storage, telemetry, policy, cost, data-quality, application");
    }

    @Test
    void aMissingKeyAndAWrongShapeAreTold() {
        assertThat(problems(SLOW.replace("{ within: 2m, remaining: 5% }", "{ within: 2m }")))
                .containsExactly("s.yaml:14:19: expect.withstand.trafficMoves.remaining: found nothing,"
                        + " expected the key \"remaining\": a share between 0% and 100%, such as 5%");
        assertThat(problems(SLOW.replace("{ within: 2m, remaining: 5% }", "2m")))
                .containsExactly("s.yaml:14:19: expect.withstand.trafficMoves: found \"2m\", expected a mapping");
        assertThat(problems(SLOW.replace("remedy: Route by latency", "remedy:")))
                .containsExactly("s.yaml:21:8: remedy: found nothing, expected some text");
    }

    @Test
    void aMissingWordOfAClosedListIsToldWithTheList() {
        assertThat(problems(SLOW.replace(", severity: critical", "")))
                .containsExactly("s.yaml:3:11: metadata.severity: found nothing,"
                        + " expected the key \"severity\": one of critical, high, medium, low");
    }

    @Test
    void zeroIsNoDurationToWaitForAndNoRate() {
        assertThat(problems(SLOW.replace("detect: { within: 3m }", "detect: { within: 0s }")))
                .containsExactly("s.yaml:16:21: expect.detect.within: found \"0s\", expected " + DurationText.EXPECTED
                        + ", above zero");
        assertThat(problems(SLOW.replace("5/s", "0/s")))
                .containsExactly("s.yaml:7:30: load.rate: found \"0/s\", expected " + RateText.EXPECTED);
    }

    @Test
    void aScenarioThatBreaksSomethingMustSeeItWholeAgain() {
        assertThat(problems(SLOW.replace("  recover: { within: 3m }\n", "")))
                .containsExactly("s.yaml:13:3: expect.recover: found nothing, expected the key \"recover\":"
                        + " what is broken must be seen whole again");
        assertThat(problems(SLOW.replace("phases: { baseline: 2m, hold: 6m, heal: 5m }\n", "")))
                .singleElement()
                .asString()
                .contains("phases: found nothing, expected the key \"phases\"");
    }

    @Test
    void anAuditRefusesWhatOnlyAFaultCouldAnswer() {
        assertThat(problems(AUDIT.replace("remedy:", "load: { profile: chat, rate: 1/s }\nremedy:")
                        .replace("expect:\n", "expect:\n  recover: { within: 1m }\n")))
                .containsExactly(
                        "s.yaml:8:3: expect.recover: found the key \"recover\","
                                + " expected no such question: an audit has no fault that it could ask of",
                        "s.yaml:11:1: load: found the key \"load\","
                                + " expected no such key: an audit changes nothing (kind: Scenario does)");
    }

    @Test
    void whoAsksWhatAnAlertSaysAsksForAnAlertAndKnowsTheTruth() {
        assertThat(problems(SLOW.replace("  detect: { within: 3m }\n", "")))
                .singleElement()
                .asString()
                .contains("expect.detect: found nothing");
        assertThat(problems(SLOW.replace("cause: serving-latency, ", "")))
                .singleElement()
                .asString()
                .contains("expect.attribute.cause: found nothing");
    }

    @Test
    void aDeadlineBeyondItsPhaseIsRefused() {
        assertThat(problems(SLOW.replace("detect: { within: 3m }", "detect: { within: 7m }")))
                .containsExactly("s.yaml:16:21: expect.detect.within: found \"7m\","
                        + " expected at most 6m, the length of phase hold");
    }

    @Test
    void aFaultFitsItsTargetAndComesOnce() {
        assertThat(problems(burst().replace("{ tenant: test }", "{ inference: any, replica: one }")
                        .replace("[tenants,", "[tenants, inference,")))
                .containsExactly("s.yaml:7:9: target: found a mapping, expected {tenant: test} for tenant.quota-burst");
        assertThat(problems(SLOW.replace(
                        "  - model.slow-tokens: { factor: 20 }\n",
                        "  - model.slow-tokens: { factor: 20 }\n  - model.slow-tokens: { factor: 3 }\n")))
                .containsExactly(
                        "s.yaml:12:5: faults[1].model.slow-tokens: found the fault \"model.slow-tokens\" a second"
                                + " time, expected each kind of fault once in a scenario");
    }

    @Test
    void aTargetIsAReplicaOrATenantAndNotBoth() {
        for (String target : List.of("{ replica: one }", "{ inference: any, replica: one, tenant: test }", "{}")) {
            assertThat(problems(SLOW.replace("{ inference: any, replica: one }", target)))
                    .anySatisfy(problem -> assertThat(problem)
                            .startsWith("s.yaml:8:9: target: found ")
                            .endsWith("expected what is hit: {inference: any, replica: one}, {inference: any},"
                                    + " {accelerator: allocated}, {node: accelerated}, {tenant: test},"
                                    + " {tenant: budgeted} or {gateway: keys}"));
        }
    }

    @Test
    void ofTwoTargetsOneIsTooMany() {
        assertThat(problems(lost().replace("{ accelerator: allocated }", "{ accelerator: allocated, tenant: test }")
                        .replace("[inference,", "[inference, tenants,")))
                .containsExactly("s.yaml:7:9: target: found a mapping, expected one of accelerator, tenant:"
                        + " a scenario hits one thing");
    }

    @Test
    void aLostDeviceHitsAnAllocatedAccelerator() {
        Scenario scenario = ok(lost());

        assertThat(scenario.target()).isEqualTo(new TargetSelector.AllocatedAccelerator());
        assertThat(scenario.faults()).containsExactly(new Fault.DeviceLost());
        assertThat(scenario.checks())
                .containsExactly(
                        new Check.RunsAgain(Duration.ofMinutes(5)),
                        new Check.LostNotAllocated(),
                        new Check.NeighboursRun(),
                        new Check.DeviceReturns(Duration.ofMinutes(3)),
                        new Check.UndoVerified());
        assertThat(problems(lost().replace("{ accelerator: allocated }", "{ inference: any, replica: one }")))
                .containsExactly(
                        "s.yaml:7:9: target: found a mapping, expected {accelerator: allocated} for" + " device.lost");
        assertThat(problems(lost().replace("device.lost: {}", "device.lost: { factor: 2 }")))
                .singleElement()
                .asString()
                .contains("faults[0].device.lost.factor: found the unknown key \"factor\"");
        assertThat(problems(lost().replace("runsAgain: { within: 5m }", "runsAgain: { within: 7m }")))
                .singleElement()
                .asString()
                .contains("expected at most 6m, the length of phase hold");
    }

    @Test
    void anAcceleratorNeedsDevicesAndSomebodyWhoUsesIt() {
        for (String left : List.of("inference", "devices")) {
            assertThat(problems(lost().replace("needs: [inference, devices]", "needs: [" + left + "]")))
                    .singleElement()
                    .asString()
                    .startsWith("s.yaml:6:8: needs: found a list, expected \"")
                    .doesNotContain("expected \"" + left);
        }
    }

    @Test
    void whatOnlyALostDeviceMovesIsAskedOfItAlone() {
        assertThat(problems(SLOW.replace("otherReplicas: slo", "neighboursRun: true")))
                .singleElement()
                .asString()
                .contains("expect.contain.neighboursRun", "this only with device.lost");
        assertThat(problems(burst().replace("excessRefused: true", "lostNotAllocated: true")))
                .singleElement()
                .asString()
                .contains("expect.withstand.lostNotAllocated", "this only with device.lost");
        assertThat(problems(burst().replace("excessRefused: true", "runsAgain: { within: 1m }")))
                .singleElement()
                .asString()
                .contains("expect.withstand.runsAgain", "this only with device.lost");
    }

    @Test
    void aDriverMismatchHitsANode() {
        Scenario scenario = ok(mismatch());

        assertThat(scenario.target()).isEqualTo(new TargetSelector.AcceleratedNode());
        assertThat(scenario.faults()).containsExactly(new Fault.DriverMismatch("570.195.3"));
        assertThat(scenario.checks())
                .contains(
                        new Check.RunningWorkGoesOn(),
                        new Check.NoNewPodsThere(Duration.ofMinutes(1)),
                        new Check.OtherNodesRun(),
                        new Check.NamesTarget(List.of(Dimension.NODE, Dimension.LIBRARY_VERSION)),
                        new Check.DeviceReturns(Duration.ofMinutes(3)));
        assertThat(problems(mismatch().replace("node: accelerated", "accelerator: allocated")))
                .singleElement()
                .asString()
                .contains("expected {node: accelerated} for driver.mismatch");
        assertThat(problems(mismatch().replace("570.195.3", "570.195.03")))
                .singleElement()
                .asString()
                .contains("expected a version such as 570.195.3");
        assertThat(problems(mismatch().replace("tenants, ", "")))
                .singleElement()
                .asString()
                .contains("\"tenants\" among them: nextTenant needs it");
        assertThat(problems(lost().replace("neighboursRun", "otherNodesRun")))
                .singleElement()
                .asString()
                .contains("this only with driver.mismatch");
    }

    @Test
    void aContrastIsAnotherFaultAtTheSameTargetAndIsToBeToldApart() {
        Scenario scenario = ok(fragmented());

        assertThat(scenario.faults()).containsExactly(new Fault.MemoryFragmented(new Share(0.5)));
        assertThat(scenario.contrast())
                .contains(new Contrast(new Fault.MemoryExhausted(new Share(0.25)), Duration.ofMinutes(4)));
        assertThat(scenario.checks())
                .contains(
                        new Check.FailsCleanly(),
                        new Check.NoCrashLoop(1),
                        new Check.RunbookHelps(Cause.ACCELERATOR_MEMORY),
                        new Check.ToldApart(Cause.ACCELERATOR_MEMORY));
        assertThat(problems(fragmented().replace("hold: 4m, fault", "hold: 2m, fault")))
                .singleElement()
                .asString()
                .contains("contrast.hold: found \"2m\", expected 3m or more, as long as detect waits");
        assertThat(problems(
                        fragmented().replace("memory-exhausted: { left: 25% }", "memory-fragmented: { piece: 25% }")))
                .singleElement()
                .asString()
                .contains("another fault than accelerator.memory-fragmented");
        assertThat(problems(fragmented()
                        .replace("accelerator.memory-exhausted: { left: 25% }", "client.burst: { factor: 4 }")))
                .singleElement()
                .asString()
                .contains("target", "expected {inference: any} for client.burst");
        assertThat(problems(fragmented().replace("left: 25%", "left: 100%")))
                .singleElement()
                .asString()
                .contains("above 0% and below 100%");
        assertThat(problems(fragmented().replace("  attribute: { cause: accelerator-memory }\n", "")))
                .singleElement()
                .asString()
                .contains("the key \"cause\" in expect.attribute");
    }

    @Test
    void whatOnlyMemoryMovesIsAskedOfItAlone() {
        for (String asked : List.of("failsCleanly: true", "noCrashLoop: { restarts: 1 }")) {
            assertThat(problems(SLOW.replace("answersComplete: { ok: 95% }", asked)))
                    .singleElement()
                    .asString()
                    .contains("this only with accelerator.memory-fragmented or accelerator.memory-exhausted");
        }
        assertThat(problems(AUDIT.replace("remedy:", "contrast: { hold: 1m, fault: { device.lost: {} } }\nremedy:")))
                .anySatisfy(problem -> assertThat(problem).contains("contrast", "an audit changes nothing"));
    }

    private static String fragmented() {
        return """
            apiVersion: airworthy/v1
            kind: Scenario
            metadata: { id: OBS-1, name: memory-fragmentation, capability: observability, severity: critical }
            title: Memory is free in pieces
            why: Because
            needs: [inference, devices, alertmanager]
            load: { profile: chat, rate: 5/s }
            target: { accelerator: allocated }
            phases: { baseline: 2m, hold: 6m, heal: 5m }
            faults:
              - accelerator.memory-fragmented: { piece: 50% }
            contrast: { hold: 4m, fault: { accelerator.memory-exhausted: { left: 25% } } }
            expect:
              withstand: { failsCleanly: true, noCrashLoop: { restarts: 1 } }
              detect: { within: 3m }
              attribute: { cause: accelerator-memory }
              recover: { within: 3m }
            remedy: Export the allocator's statistics
            """;
    }

    @Test
    void whatAnotherProcessTakesOfAnAcceleratorIsRead() {
        String held = fragmented()
                .replace(
                        "accelerator.memory-fragmented: { piece: 50% }",
                        "accelerator.memory-held: { leaveFreeMiB: 256 }")
                .replace("contrast: { hold: 4m, fault: { accelerator.memory-exhausted: { left: 25% } } }\n", "")
                .replace(
                        "withstand: { failsCleanly: true, noCrashLoop: { restarts: 1 } }",
                        "withstand: { answersComplete: { ok: 95% } }");
        String neighbour = held.replace(
                "accelerator.memory-held: { leaveFreeMiB: 256 }", "accelerator.noisy-neighbour: { duty: 90% }");

        assertThat(ok(held).faults()).containsExactly(new Fault.MemoryHeld(256));
        assertThat(ok(neighbour).faults()).containsExactly(new Fault.NoisyNeighbour(new Share(0.9)));
        assertThat(problems(held.replace("leaveFreeMiB: 256", "leaveFreeMiB: -1")))
                .singleElement()
                .asString()
                .contains("found -1, expected a whole number from 0");
        assertThat(problems(neighbour.replace("duty: 90%", "duty: 100%")))
                .singleElement()
                .asString()
                .contains("above 0% and below 100%");
        assertThat(problems(neighbour.replace("accelerator: allocated", "inference: any")))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("expected {accelerator: allocated} for accelerator.noisy-neighbour"));
    }

    @Test
    void anUnknownFaultIsGuessed() {
        assertThat(problems(SLOW.replace("model.slow-tokens", "model.slow-token")))
                .singleElement()
                .asString()
                .startsWith("s.yaml:11:5: faults[0].model.slow-token: found the unknown key \"model.slow-token\"")
                .endsWith("did you mean \"model.slow-tokens\"?");
    }

    @Test
    void anotherKindOrVersionIsTheOnlyThingTold() {
        assertThat(problems(SLOW.replace("kind: Scenario", "kind: Platform")))
                .containsExactly("s.yaml:2:7: kind: found \"Platform\", expected one of Scenario, Audit");
        assertThat(problems(SLOW.replace("airworthy/v1", "airworthy/v2")))
                .containsExactly("s.yaml:1:13: apiVersion: found \"airworthy/v2\", expected airworthy/v1;"
                        + " did you mean \"airworthy/v1\"?");
    }

    @Test
    void theNameOfAMissingFileIsTold() {
        Path missing = folder.resolve("none.yaml");
        assertThat(reader.read(missing).problems())
                .containsExactly(new Problem(missing.toString(), 1, 1, "", "no such file", "a readable text file"));
        assertThat(reader.read(folder).problems())
                .containsExactly(new Problem(folder.toString(), 1, 1, "", "a directory", "a readable text file"));
    }

    @Test
    void aTruncatedDownloadHitsAModelAsAWhole() {
        assertThat(ok(truncated()).faults()).containsExactly(new Fault.TruncatedDownload(new Share(0.6)));
        assertThat(ok(truncated()).checks())
                .contains(
                        new Check.NeverReady(),
                        new Check.NeverServes(),
                        new Check.NamesTarget(List.of(Dimension.MODEL, Dimension.REVISION)));
        assertThat(problems(truncated().replace("keep: 60%", "keep: 100%")))
                .singleElement()
                .asString()
                .contains("found \"100%\", expected a share above 0% and below 100%");
        assertThat(problems(truncated().replace("{ inference: any }", "{ inference: any, replica: one }")))
                .singleElement()
                .asString()
                .contains("expected {inference: any} for model.truncated");
        assertThat(problems(burst().replace("excessRefused: true", "neverReady: true")))
                .singleElement()
                .asString()
                .contains("expect.withstand.neverReady", "this only with model.truncated");
    }

    @Test
    void aDownloadMayGoWrongInOtherWays() {
        assertThat(ok(downloading("model.corrupt: { mode: bit-flip, where: tensor-data, bits: 1 }"))
                        .faults())
                .containsExactly(new Fault.CorruptDownload(Fault.CorruptDownload.Where.TENSOR_DATA, 1));
        assertThat(ok(downloading("model.missing: {}")).faults()).containsExactly(new Fault.MissingDownload());
        assertThat(ok(downloading("model.wrong-digest: {}")).faults()).containsExactly(new Fault.WrongDigest());
        assertThat(problems(downloading("model.corrupt: { mode: melt, where: tensors, bits: 0 }")))
                .hasSize(3);
    }

    @Test
    void aSlowDownloadLeavesAModelThatMayServe() {
        String slow =
                downloading("model.slow-download: { factor: 5 }").replace("neverReady: true, neverServes: true, ", "");
        assertThat(ok(slow).faults()).containsExactly(new Fault.SlowDownload(new Pace.TimesAsLong(5)));
        assertThat(ok(slow.replace("factor: 5", "bytesPerSecond: 65536")).faults())
                .containsExactly(new Fault.SlowDownload(new Pace.AtMost(65_536)));
        assertThat(problems(slow.replace("factor: 5", "factor: 5, bytesPerSecond: 7")))
                .singleElement()
                .asString()
                .contains("one of factor and bytesPerSecond");
        assertThat(problems(slow.replace("withstand: { ", "withstand: { neverReady: true, ")))
                .singleElement()
                .asString()
                .contains("expect.withstand.neverReady", "this only with model.truncated, model.corrupt");
    }

    private static String downloading(String fault) {
        return truncated().replace("model.truncated: { keep: 60% }", fault);
    }

    private static String truncated() {
        return """
            apiVersion: airworthy/v1
            kind: Scenario
            metadata: { id: SRV-2, name: truncated-download, capability: serving, severity: critical }
            title: A model artefact ends early
            why: Because
            needs: [kubernetes, inference, gateway, alertmanager]
            load: { profile: chat, rate: 5/s }
            target: { inference: any }
            phases: { baseline: 1m, hold: 5m, heal: 5m }
            faults: [ { model.truncated: { keep: 60% } } ]
            expect:
              withstand: { neverReady: true, neverServes: true, answersComplete: { ok: 99% } }
              detect: { within: 5m }
              attribute: { cause: model-artifact, names: [model, revision] }
              recover: { within: 3m }
            remedy: Verify digests
            """;
    }

    private static String burst() {
        return """
            apiVersion: airworthy/v1
            kind: Scenario
            metadata: { id: SCH-1, name: quota-burst, capability: scheduling, severity: critical }
            title: A tenant asks for too much
            why: Because
            needs: [tenants, alertmanager]
            target: { tenant: test }
            phases: { baseline: 1m, hold: 5m, heal: 5m }
            faults: [ { tenant.quota-burst: { above: 2, withoutQuota: 3 } } ]
            expect:
              withstand: { excessRefused: true, neverAboveQuota: true }
              recover: { within: 3m }
            remedy: Set a quota
            """;
    }

    private static String lost() {
        return """
            apiVersion: airworthy/v1
            kind: Scenario
            metadata: { id: SCH-2, name: device-lost, capability: scheduling, severity: critical }
            title: An accelerator in use drops off the bus
            why: Because
            needs: [inference, devices]
            target: { accelerator: allocated }
            phases: { baseline: 1m, hold: 6m, heal: 5m }
            faults: [ { device.lost: {} } ]
            expect:
              withstand: { runsAgain: { within: 5m }, lostNotAllocated: true }
              contain: { neighboursRun: true }
              recover: { within: 3m }
            remedy: Taint devices that are lost
            """;
    }

    private static String mismatch() {
        return """
            apiVersion: airworthy/v1
            kind: Scenario
            metadata: { id: OBS-2, name: driver-mismatch, capability: observability, severity: critical }
            title: Driver and library are of two versions
            why: Because
            needs: [inference, devices, tenants, alertmanager]
            target: { node: accelerated }
            phases: { baseline: 1m, hold: 6m, heal: 5m }
            faults: [ { driver.mismatch: { library: 570.195.3 } } ]
            expect:
              withstand: { runningWorkGoesOn: true, noNewPodsThere: { within: 1m } }
              detect: { within: 3m }
              attribute: { cause: driver, names: [node, library-version] }
              contain: { nextTenant: { within: 1m }, otherNodesRun: true }
              recover: { within: 3m }
            remedy: Export both versions
            """;
    }

    private static String spike() {
        return """
            apiVersion: airworthy/v1
            kind: Scenario
            metadata: { id: GW-9, name: burst, capability: gateway, severity: high, lifecycle: experimental }
            title: A model is asked four times as much
            why: Because
            needs: [inference, gateway]
            load: { profile: chat, rate: 5/s }
            target: { inference: any }
            phases: { baseline: 1m, hold: 5m, heal: 5m }
            faults: [ { client.burst: { factor: 4 } } ]
            expect:
              withstand: { answersComplete: { ok: 95% } }
              recover: { within: 3m }
            remedy: Reserve capacity
            """;
    }

    private Scenario ok(String text) {
        Read<Scenario> read = reader.read("s.yaml", text);
        assertThat(read.problems()).isEmpty();
        return ((Read.Ok<Scenario>) read).value();
    }

    private List<String> problems(String text) {
        return reader.read("s.yaml", text).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
