package airworthy.mocks.platform.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PurseTest {
    private Instant now = Instant.ofEpochSecond(600);

    @Test
    void whatIsSpentIsRefusedUntilTheNextWindow() {
        Purse purse = purse(100L, null);
        purse.spend(new Tokens(40, 59));
        assertThat(purse.emptyFor()).isEmpty();

        now = now.plusSeconds(45);
        purse.spend(new Tokens(1, 0));
        assertThat(purse.emptyFor()).isEqualTo(Optional.of(Duration.ofSeconds(15)));

        now = now.plusSeconds(15);
        assertThat(purse.emptyFor()).isEmpty();
        assertThat(purse.spent()).isZero();
    }

    @Test
    void aBudgetOfRequestsCountsEachOnceWhateverItUsed() {
        Purse purse = purse(null, 2L);
        purse.spend(new Tokens(9_000, 9_000));
        assertThat(purse.emptyFor()).isEmpty();
        purse.spend(Tokens.NONE);
        assertThat(purse.emptyFor()).isPresent();
    }

    @Test
    void aBudgetCountsTokensOrRequestsAndIsSomebodys() {
        assertThatThrownBy(() -> purse(1L, 1L)).hasMessageContaining("tokens or requests");
        assertThatThrownBy(() -> purse(null, null)).hasMessageContaining("tokens or requests");
        assertThatThrownBy(() -> new Budget(List.of(), 1L, null, Duration.ofMinutes(1)))
                .hasMessageContaining("expected tenants");
    }

    private Purse purse(@Nullable Long tokens, @Nullable Long requests) {
        return new Purse(new Budget(List.of("team-a"), tokens, requests, Duration.ofMinutes(1)), () -> now);
    }
}
