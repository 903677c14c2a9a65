package airworthy.format;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Cause;
import airworthy.model.Check;
import airworthy.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImpliedChecksTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void withoutLoadThereIsNoBaselineToHoldOrToReturnTo() {
        List<Check> checks =
                new ImpliedChecks(false, true, Optional.of(MINUTE)).expand(List.of(new Check.NotifiedInTime(MINUTE)));

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
                new ImpliedChecks(true, true, Optional.of(MINUTE)).expand(List.of(new Check.ExcessRefused()));

        assertThat(checks)
                .containsExactly(
                        new Check.BaselineSlo(),
                        new Check.ExcessRefused(),
                        new Check.BackAtBaseline(MINUTE),
                        new Check.UndoVerified());
    }

    @Test
    void withoutAFaultNothingIsImplied() {
        List<Check> written = List.of(new Check.NamesCause(Cause.QUOTA), new Check.ReachesOwner(Role.MODEL_TEAM));

        assertThat(new ImpliedChecks(false, false, Optional.empty()).expand(written))
                .isEqualTo(written);
    }
}
