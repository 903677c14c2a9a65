"""The arithmetic, against a small model of PyTorch's caching allocator: best fit, split, join, segments that go back when free."""

import unittest

from modelserver import fragments
from modelserver import levers as lever
from modelserver.failure import OutOfMemory
from modelserver.fragments import GRAIN, Block, Segment
from modelserver.levers import Levers
from modelserver.pressure import DeviceMemory, Statistics

MIB = 1 << 20
WORKSPACE = 128 * MIB


class Allocator:
    """CUDACachingAllocator's large pool under a cap that no new segment fits."""

    def __init__(self, *sizes: int):
        self.segments = []
        at = 1 << 40
        for size in sizes:
            self.segments.append([[at, size, True]])
            at += size + (1 << 30)
        self.returned = 0

    def allocate(self, size: int):
        found = min(((b[1], b[0], s, b) for s in self.segments for b in s if b[2] and b[1] >= size), default=None,
                    key=lambda one: one[:2])
        if found is None:
            for segment in [s for s in self.segments if len(s) == 1 and s[0][2]]:
                self.segments.remove(segment)
                self.returned += segment[0][1]
            if self.returned < size:
                return None
            self.returned -= size
            self.segments.append([[max(s[-1][0] + s[-1][1] for s in self.segments) + (1 << 30) if self.segments else 1 << 40,
                                   size, False]])
            return self.segments[-1][0][0]
        _, _, segment, block = found
        rest = block[1] - size
        block[2] = False
        if rest > MIB:
            block[1] = size
            segment.insert(segment.index(block) + 1, [block[0] + size, rest, True])
        return block[0]

    def free(self, address: int) -> None:
        for segment in self.segments:
            for block in segment:
                if block[0] == address:
                    block[2] = True
            joined = []
            for block in segment:
                if joined and joined[-1][2] and block[2]:
                    joined[-1][1] += block[1]
                else:
                    joined.append(block)
            segment[:] = joined

    def snapshot(self):
        return [
            {
                "device": 0, "address": s[0][0], "total_size": sum(b[1] for b in s), "segment_type": "large",
                "blocks": [{"size": b[1], "state": "inactive" if b[2] else "active_allocated"} for b in s],
            }
            for s in self.segments
        ]

    def read(self):
        return fragments.segments(self.snapshot())


def fill(allocator: Allocator) -> set:
    ours = {allocator.allocate(GRAIN) for _ in range(fragments.fills(allocator.read()))}
    assert None not in ours
    return ours


def press(allocator: Allocator, choose) -> set:
    ours = fill(allocator)
    kept = choose(allocator.read(), ours)
    for address in ours - kept:
        allocator.free(address)
    return kept


class FragmentsTest(unittest.TestCase):
    def setUp(self):
        self.allocator = Allocator(2048 * MIB, 20 * MIB, 130 * MIB + MIB // 2, 700 * MIB)
        # what a server holds: weights, and requests under way
        self.weights = self.allocator.allocate(500 * MIB)
        self.requests = [self.allocator.allocate(WORKSPACE) for _ in range(4)]

    def test_what_fills_is_all_that_can_be_taken(self):
        fill(self.allocator)

        self.assertEqual(fragments.fills(self.allocator.read()), 0)
        self.assertLess(fragments.largest_free(self.allocator.read()), GRAIN)

    def test_pieces_are_no_larger_than_asked_and_most_stays_free(self):
        for part in (0.5, 0.25, 0.99, 0.001):
            with self.subTest(part):
                self.setUp()
                free = fragments.total_free(self.allocator.read())
                largest = fragments.grains(part, WORKSPACE)

                press(self.allocator, lambda s, ours: fragments.kept_for_pieces(s, ours, largest))

                self.assertLessEqual(fragments.largest_free(self.allocator.read()), largest)
                self.assertGreater(fragments.total_free(self.allocator.read()),
                                   free * largest / (largest + GRAIN) - 8 * GRAIN)

    def test_no_segment_goes_back_and_no_workspace_is_found(self):
        reserved = sum(segment.size for segment in self.allocator.read())

        press(self.allocator, lambda s, ours: fragments.kept_for_pieces(s, ours, fragments.grains(0.5, WORKSPACE)))

        self.assertIsNone(self.allocator.allocate(WORKSPACE))
        self.assertEqual(sum(segment.size for segment in self.allocator.read()), reserved)

    def test_what_a_request_gives_back_is_cut_too(self):
        choose = lambda s, ours: fragments.kept_for_pieces(s, ours, fragments.grains(0.5, WORKSPACE))  # noqa: E731
        press(self.allocator, choose)
        self.allocator.free(self.requests[1])
        self.assertGreaterEqual(fragments.largest_free(self.allocator.read()), WORKSPACE)

        press(self.allocator, choose)

        self.assertLessEqual(fragments.largest_free(self.allocator.read()), WORKSPACE // 2)
        self.assertIsNone(self.allocator.allocate(WORKSPACE))

    def test_once_dropped_all_is_in_one_piece_again(self):
        before = fragments.largest_free(self.allocator.read())
        kept = press(self.allocator, lambda s, ours: fragments.kept_for_pieces(s, ours, fragments.grains(0.5, WORKSPACE)))

        for address in kept:
            self.allocator.free(address)

        self.assertEqual(fragments.largest_free(self.allocator.read()), before)

    def test_so_much_is_left_and_no_more(self):
        left = fragments.grains(0.5, WORKSPACE)

        press(self.allocator, lambda s, ours: fragments.kept_for_left(s, ours, left))

        free = fragments.total_free(self.allocator.read())
        self.assertLessEqual(free, left)
        self.assertGreater(free, left - 2 * GRAIN)
        self.assertIsNone(self.allocator.allocate(WORKSPACE))

    def test_blocks_of_the_small_pool_are_nobodys_room(self):
        segments = [Segment(2 * MIB, False, (Block(0, 2 * MIB, True),))]

        self.assertEqual(fragments.fills(segments), 0)
        self.assertEqual(fragments.total_free(segments), 0)

    def test_another_devices_segments_are_left_out(self):
        snapshot = self.allocator.snapshot()
        snapshot[0]["device"] = 1

        self.assertEqual(len(fragments.segments(snapshot)), 3)


class Tensor:
    """A block is free once nobody refers to it."""

    def __init__(self, cuda, address: int):
        self._cuda, self._address = cuda, address

    def data_ptr(self) -> int:
        return self._address

    def __del__(self):
        self._cuda.allocator.free(self._address)


class Cuda:
    """A device of 16 GiB behind that allocator: what is not reserved is taken from it, up to the cap."""

    def __init__(self):
        self.allocator = Allocator()
        self.limit = 0
        self.failures = 0

    def free_on_device(self) -> int:
        return (16 << 30) - self.reserved()

    def cap(self, limit: int) -> None:
        self.limit = limit

    def block(self, size: int) -> Tensor:
        self.allocator.returned = self.limit - self.reserved()
        address = self.allocator.allocate(size)
        if address is None:
            self.failures += 1
            raise OutOfMemory(f"CUDA out of memory. Tried to allocate {size} bytes.")
        return Tensor(self, address)

    def reserved(self) -> int:
        return sum(segment.size for segment in self.allocator.read())

    def snapshot(self):
        return self.allocator.read()

    def statistics(self) -> Statistics:
        free = sum(b.size for s in self.allocator.read() for b in s.blocks if b.free)
        return Statistics(self.reserved(), self.reserved() - free, fragments.largest_free(self.allocator.read()), self.failures)


class DeviceMemoryTest(unittest.TestCase):
    def setUp(self):
        self.cuda = Cuda()
        self.levers = Levers(cuda=True)
        self.memory = DeviceMemory(self.cuda, 1536 * MIB, WORKSPACE, self.levers)
        self.weights = self.cuda.block(200 * MIB)

    def room(self) -> int:
        """How many requests find a workspace, at once."""
        taken = []
        try:
            while True:
                taken.append(self.memory.take())
        except OutOfMemory:
            count = len(taken)
        for one in taken:
            self.memory.give_back(one)
        return count

    def test_nearly_all_of_its_share_is_reserved_at_the_start(self):
        self.assertEqual(self.memory.statistics().reserved, (1536 - 128) * MIB)

    def test_no_more_are_computed_at_once_than_find_room(self):
        # two are left to steps, and one fits what is not reserved at the start
        self.assertEqual(self.memory.room(), self.room() - 3)

    def test_in_pieces_there_is_much_memory_and_none_for_a_request(self):
        before = self.memory.statistics()
        self.levers.set(lever.MEMORY_PIECE, 0.5, None)

        self.assertEqual(self.room(), 0)
        told = self.memory.statistics()
        self.assertEqual((told.reserved, told.largest_free), (before.reserved, 64 * MIB))
        self.assertGreater(told.reserved - told.allocated, 0.95 * (before.reserved - before.allocated))

    def test_with_half_a_workspace_left_there_is_none_for_a_request(self):
        self.levers.set(lever.MEMORY_LEFT, 0.5, None)

        self.assertEqual(self.room(), 0)
        told = self.memory.statistics()
        self.assertLessEqual(told.reserved - told.allocated, 64 * MIB)

    def test_what_requests_give_back_meanwhile_is_pressed_too(self):
        for which in (lever.MEMORY_PIECE, lever.MEMORY_LEFT):
            with self.subTest(which.name):
                under_way = [self.memory.take() for _ in range(5)]
                self.levers.set(which, 0.5, None)
                self.assertEqual(self.room(), 0)
                for one in under_way:
                    self.memory.give_back(one)
                self.assertEqual(self.room(), 0)
                self.levers.set(which, 0, None)

    def test_put_back_there_is_as_much_as_before(self):
        before = self.room(), self.memory.statistics().allocated
        for which in (lever.MEMORY_PIECE, lever.MEMORY_LEFT):
            self.levers.set(which, 0.9, None)
            self.assertEqual(self.room(), 0)
            self.levers.set(which, 0, None)
            self.assertEqual((self.room(), self.memory.statistics().allocated), before)

    def test_pressing_fails_no_allocation(self):
        self.levers.set(lever.MEMORY_PIECE, 0.5, None)
        self.memory.settle()

        self.assertEqual(self.cuda.failures, 0)


if __name__ == "__main__":
    unittest.main()
