package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static airworthy.reports.judge.ServingRun.ID;
import static airworthy.reports.judge.ServingRun.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Event.PodCondition;
import airworthy.model.Event.PodSeen;
import airworthy.model.Event.TwinSeen;
import airworthy.model.Finding;
import airworthy.model.Layer;
import airworthy.model.Need;
import airworthy.model.Presence;
import airworthy.model.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The copy is chat-x-0; it is seen from 32 s on, and is gone at 62 s. */
class TwinChecksTest {
    private static final Check READY = new Check.NeverReady();
    private static final Check SERVES = new Check.NeverServes();

    @Test
    void aCopyThatIsNeverReadyIsMet() {
        Finding finding = finding(READY, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("no pod of chat-x was ready (looked at 2 times, restarted 3 times)");
        assertThat(finding.evidence()).hasSize(2);
    }

    @Test
    void onceReadyIsEnough() {
        Finding finding = finding(READY, history -> history.at(40, seen(pod(PodCondition.READY))));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).contains("pod team-a/chat-x-0 of chat-x was ready");
    }

    @Test
    void whatIsSeenAfterTheFaultIsNotItsDoing() {
        assertThat(finding(READY, history -> history.at(63, seen(pod(PodCondition.READY))))
                        .outcome())
                .isEqualTo(MET);
    }

    @Test
    void aCopyWithoutAPodProvesNothing() {
        Consumer<HistoryBuilder> none =
                history -> history.without(TwinSeen.class::isInstance).at(40, seen());
        assertThat(finding(READY, none).outcome()).isEqualTo(UNKNOWN);
        assertThat(finding(READY, none).message()).contains("nobody saw a pod of the copy");
        assertThat(finding(SERVES, none).outcome()).isEqualTo(UNKNOWN);
        assertThat(finding(SERVES, none).message()).contains("not known which answers are its own");
    }

    @Test
    void requestsThatOthersAnswerAreMet() {
        Finding finding = finding(SERVES, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("none of 620 requests came to chat-x-0");
    }

    @Test
    void oneRequestThatTheCopyGotIsEnoughWhateverItAnswered() {
        Finding finding = finding(
                SERVES,
                history -> history.changeLoad(request -> request.stream().equals(TARGET) && request.number() == 40_000
                        ? Requests.from(request, Optional.of("chat-x-0"))
                        : request));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).contains("1 of 620 requests came to chat-x-0, whose artefact is broken");
        assertThat(finding.evidence()).containsExactly("load:" + TARGET + "#40000");
    }

    @Test
    void anAnswerThatNamesNoReplicaMayBeTheCopys() {
        Finding finding = finding(
                SERVES,
                history -> history.changeLoad(
                        request -> request.number() == 40_000 ? Requests.from(request, Optional.empty()) : request));
        assertThat(finding.outcome()).isEqualTo(UNKNOWN);
        assertThat(finding.message()).contains("1 answers name no replica");
    }

    @Test
    void withoutLoadNobodyWasThereToBeServed() {
        assertThat(finding(SERVES, history -> history.without(Event.LoadOn.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void whereNoInjectorTouchesItTheAnswerIsUnknown() {
        Finding finding = finding(
                READY,
                history -> history.change(event -> event instanceof Event.Planned planned
                        ? new Event.Planned(ID, planned.target(), "x", Set.of(Layer.EXPORTER), List.of())
                        : event));
        assertThat(finding.outcome()).isEqualTo(UNKNOWN);
        assertThat(finding.message()).contains("not reachable by injector x");
    }

    @Test
    void anAbsentGatewayCannotKeepRequestsFromTheCopy() {
        assertThat(finding(
                                SERVES,
                                history -> history.change(event -> event instanceof Event.Surveyed
                                        ? ServingRun.survey(Map.of(Need.INFERENCE, Presence.ABSENT))
                                        : event))
                        .outcome())
                .isEqualTo(NOT_MET);
    }

    private static Finding finding(Check check, Consumer<HistoryBuilder> spoil) {
        return ServingRun.finding(check, history -> {
            history.change(event -> event instanceof Event.Planned planned
                            ? new Event.Planned(
                                    ID,
                                    planned.target().by(new Target.Twin("chat-x", "chat-x", "aw-1")),
                                    "artefact",
                                    Set.of(Layer.WORKLOAD, Layer.CLIENT),
                                    List.of())
                            : event)
                    .at(30.2, seen())
                    .at(32, seen(pod(PodCondition.NOT_READY)))
                    .at(50, seen(pod(PodCondition.NOT_READY)))
                    .at(62, seen());
            spoil.accept(history);
        });
    }

    private static TwinSeen seen(PodSeen... pods) {
        return new TwinSeen(ID, "chat-x", Arrays.asList(pods));
    }

    private static PodSeen pod(PodCondition condition) {
        return new PodSeen("team-a", "chat-x-0", "u", Optional.of("gpu-1"), true, condition, 3, List.of());
    }
}
