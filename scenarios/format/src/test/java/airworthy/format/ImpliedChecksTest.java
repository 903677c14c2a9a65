package airworthy.format;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Cause;
import airworthy.model.Check;
import airworthy.model.Fault;
import airworthy.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImpliedChecksTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final List<Fault> QUOTA = List.of(new Fault.QuotaBurst(1, 1));

    @Test
    void withoutLoadThereIsNoBaselineToHoldOrToReturnTo() {
        List<Check> checks = new ImpliedChecks(false, QUOTA, false, Optional.of(MINUTE))
                .expand(List.of(new Check.NotifiedInTime(MINUTE)));

        assertThat(checks)
                .containsExactly(
                        new Check.NotifiedInTime(MINUTE),
                        new Check.Quiet(),
                        new Check.AlertResolves(MINUTE),
                        new Check.UndoVerified());
    }

    @Test
    void withoutAnAlertThereIsNothingToBeQuietNorToResolve() {
        List<Check> checks =
                new ImpliedChecks(true, QUOTA, false, Optional.of(MINUTE)).expand(List.of(new Check.ExcessRefused()));

        assertThat(checks)
                .containsExactly(
                        new Check.BaselineSlo(),
                        new Check.ExcessRefused(),
                        new Check.BackAtBaseline(MINUTE),
                        new Check.UndoVerified());
    }

    @Test
    void aDeviceThatWasLostIsToComeBack() {
        List<Check> checks = new ImpliedChecks(false, List.of(new Fault.DeviceLost()), false, Optional.of(MINUTE))
                .expand(List.of(new Check.NeighboursRun(), new Check.RunsAgain(MINUTE)));

        assertThat(checks)
                .containsExactly(
                        new Check.RunsAgain(MINUTE),
                        new Check.NeighboursRun(),
                        new Check.DeviceReturns(MINUTE),
                        new Check.UndoVerified());
    }

    @Test
    void withoutAFaultNothingIsImplied() {
        List<Check> written = List.of(new Check.NamesCause(Cause.QUOTA), new Check.ReachesOwner(Role.MODEL_TEAM));

        assertThat(new ImpliedChecks(false, List.of(), false, Optional.empty()).expand(written))
                .isEqualTo(written);
    }

    @Test
    void whatHasAContrastIsToBeToldApartFromIt() {
        List<Check> written = List.of(new Check.NamesCause(Cause.ACCELERATOR_MEMORY));

        assertThat(new ImpliedChecks(false, QUOTA, true, Optional.empty()).expand(written))
                .containsExactly(
                        new Check.NamesCause(Cause.ACCELERATOR_MEMORY),
                        new Check.RunbookHelps(Cause.ACCELERATOR_MEMORY),
                        new Check.ToldApart(Cause.ACCELERATOR_MEMORY));
    }
}
