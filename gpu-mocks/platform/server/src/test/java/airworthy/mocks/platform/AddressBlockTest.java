package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class AddressBlockTest {

    @Test
    void givesEachPlatformABlockOfItsOwn() throws IOException {
        try (AddressBlock.Reservation one = AddressBlock.reserveFirstFree();
                AddressBlock.Reservation other = AddressBlock.reserveFirstFree()) {
            assertThat(one.block()).isNotEqualTo(other.block());
            assertThatThrownBy(() -> one.block().reserve()).hasMessageContaining("is taken");
        }
    }
}
