package airworthy.mocks.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.mocks.inference.Arena.Block;
import org.junit.jupiter.api.Test;

class ArenaTest {

    private final Arena arena = new Arena(100);

    @Test
    void takesTheSmallestFreeBlockThatSuffices() {
        arena.take(new Block(50, 10));
        arena.take(new Block(85, 5));

        assertThat(arena.allocate(10)).contains(new Block(90, 10));
        assertThat(arena.allocate(20)).contains(new Block(60, 20));
        assertThat(arena.allocate(50)).contains(new Block(0, 50));
    }

    @Test
    void joinsWhatIsGivenBackToItsFreeNeighbours() {
        Block first = arena.allocate(30).orElseThrow();
        Block second = arena.allocate(30).orElseThrow();
        Block third = arena.allocate(40).orElseThrow();
        arena.release(first);
        arena.release(third);
        assertThat(arena.largestFree()).isEqualTo(40);

        arena.release(second);

        assertThat(arena.free()).containsOnlyKeys(0L);
        assertThat(arena.largestFree()).isEqualTo(100);
        assertThat(arena.allocated()).isZero();
    }

    @Test
    void whatIsFreeInPiecesIsNoUseToWhoNeedsOne() {
        for (long at = 9; at < 100; at += 10) {
            arena.take(new Block(at, 1));
        }

        assertThat(arena.unallocated()).isEqualTo(90);
        assertThat(arena.allocate(10)).isEmpty();
        assertThat(arena.allocate(9)).isPresent();
    }

    @Test
    void noByteIsGivenTwice() {
        Block taken = arena.take(new Block(10, 10));

        assertThatThrownBy(() -> arena.take(new Block(15, 10))).hasMessageContaining("is not free");
        assertThatThrownBy(() -> arena.take(new Block(5, 10))).hasMessageContaining("is not free");
        assertThatThrownBy(() -> arena.take(new Block(95, 10))).hasMessageContaining("is not free");
        arena.release(taken);
        assertThat(arena.take(new Block(5, 20))).isEqualTo(new Block(5, 20));
    }
}
