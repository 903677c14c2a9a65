package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Capability;
import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Finding;
import airworthy.model.Need;
import airworthy.model.Phases;
import airworthy.model.PlatformProfile.Ownership;
import airworthy.model.PlatformProfile.ReceiverKind;
import airworthy.model.Presence;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.model.Severity;
import airworthy.model.TargetSelector;
import airworthy.model.WorkloadRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OwnerChecksTest {
    private static final ScenarioId ID = new ScenarioId("OWN-1");
    private static final Check ONE = new Check.OneOwner();
    private static final Check RECEIVER = new Check.ReceiverExists();
    private static final Check CHAIN = new Check.DeviceChain();

    @Test
    void oneOwnerNamedTwiceIsOneOwner() {
        assertThat(finding(ONE, owners(Map.of("pod", "ml", "namespace", "ml"))).outcome())
                .isEqualTo(MET);
    }

    @Test
    void noOwnerAndTwoOwnersAreNotMet() {
        assertThat(finding(ONE, owners(Map.of())).message()).contains("team-a/deployment/chat names no owner");
        Finding two = finding(ONE, owners(Map.of("pod", "ml", "namespace", "infra")));
        assertThat(two.outcome()).isEqualTo(NOT_MET);
        assertThat(two.message()).contains("names infra and ml");
        assertThat(finding(ONE, owners(Map.of("pod", " "))).outcome()).isEqualTo(NOT_MET);
    }

    @Test
    void nothingLookedAtIsUnknown() {
        for (Check check : List.of(ONE, RECEIVER, CHAIN)) {
            assertThat(finding(check, new HistoryBuilder()).outcome()).isEqualTo(UNKNOWN);
        }
    }

    @Test
    void anOwnersReceiverMustBeKnownToAlertmanager() {
        assertThat(finding(RECEIVER, owners(Map.of("pod", "ml"))).outcome()).isEqualTo(MET);
        assertThat(finding(RECEIVER, owners(Map.of("pod", "strangers"))).message())
                .contains("owner strangers has no page or ticket receiver");
        assertThat(finding(RECEIVER, owners(Map.of())).outcome()).isEqualTo(NOT_MET);
    }

    @Test
    void aFeedOrAnUnknownReceiverIsHeardByNobody() {
        assertThat(finding(RECEIVER, owners(Map.of("pod", "ml")), Map.of("slack", ReceiverKind.FEED))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(RECEIVER, owners(Map.of("pod", "ml")), Map.of("gone", ReceiverKind.PAGE))
                        .message())
                .contains("told by gone, which Alertmanager does not know");
    }

    @Test
    void everyDeviceMustLeadToAnOwner() {
        assertThat(finding(CHAIN, device(Optional.empty())).outcome()).isEqualTo(MET);
        assertThat(finding(CHAIN, device(Optional.of("pod"))).outcome()).isEqualTo(NOT_MET);
    }

    @Test
    void absentOwnershipIsNotMetAndUnreadableIsUnknown() {
        HistoryBuilder good = owners(Map.of("pod", "ml"));
        assertThat(judge(ONE, good, ServingRun.survey(Map.of(Need.OWNERSHIP, Presence.ABSENT)), Platforms.OWNERSHIP)
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(judge(
                                ONE,
                                owners(Map.of("pod", "ml")),
                                ServingRun.survey(Map.of(Need.OWNERSHIP, Presence.UNREADABLE)),
                                Platforms.OWNERSHIP)
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    private static HistoryBuilder owners(Map<String, String> owners) {
        return new HistoryBuilder()
                .at(5, new Event.OwnersFound(ID, WorkloadRef.parse("team-a/deployment/chat"), new TreeMap<>(owners)));
    }

    private static HistoryBuilder device(Optional<String> broken) {
        return new HistoryBuilder().at(5, new Event.DeviceTraced(ID, "gpu/pool/0", List.of("claim", "pod"), broken));
    }

    private static Finding finding(Check check, HistoryBuilder history) {
        return judge(check, history, ServingRun.survey(Map.of()), Platforms.OWNERSHIP);
    }

    private static Finding finding(Check check, HistoryBuilder history, Map<String, ReceiverKind> receivers) {
        return judge(
                check,
                history,
                ServingRun.survey(Map.of()),
                new Ownership(List.of("owner"), Map.of(), Map.of("ml", receivers)));
    }

    private static Finding judge(Check check, HistoryBuilder history, Event survey, Ownership ownership) {
        Scenario audit = new Scenario(
                ID,
                "owners",
                Capability.OWNERSHIP,
                Severity.HIGH,
                "Everything has an owner",
                "It should",
                Set.of(Need.KUBERNETES, Need.OWNERSHIP, Need.ALERTMANAGER, Need.DEVICES),
                Optional.empty(),
                new TargetSelector.WholePlatform(),
                new Phases(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                List.of(),
                List.of(check),
                "Label it");
        history.at(1, survey).at(9, new Event.ScenarioEnded(ID));
        return Judge.judge(
                        audit, new JudgeInput(List.of(audit), "v1", 1, Platforms.ownedAs(ownership), history.build()))
                .findings()
                .getFirst();
    }
}
