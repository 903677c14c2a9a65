"""Arithmetic on what torch.cuda.memory_snapshot() shows: what fills the free memory, and which of that is kept.

PyTorch's caching allocator gives a request the smallest free block that suffices, and nobody chooses where. So free memory is
first filled with small blocks, and then all but some of them, chosen by their addresses, are dropped again. A segment in which a
block is kept cannot go back to the device, and free blocks on both sides of it do not join.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Sequence

# Larger than what the allocator takes from its pool of small blocks (1 MiB), and what it rounds large segments to.
GRAIN = 2 << 20
# CUDACachingAllocator's kSmallSize: a block of the large pool is split where more than this is left.
_NOT_SPLIT = 1 << 20


@dataclass(frozen=True)
class Block:
    address: int
    size: int
    free: bool


@dataclass(frozen=True)
class Segment:
    """What was taken from the device in one piece."""

    size: int
    large: bool
    blocks: tuple[Block, ...]


def segments(snapshot: Iterable[dict], device: int = 0) -> list[Segment]:
    """Reads the allocator's snapshot."""
    read = []
    for segment in snapshot:
        if segment.get("device", device) != device:
            continue
        at = segment["address"]
        blocks = []
        for block in segment["blocks"]:
            blocks.append(Block(at, block["size"], block["state"] == "inactive"))
            at += block["size"]
        read.append(Segment(segment["total_size"], segment["segment_type"] == "large", tuple(blocks)))
    return read


def largest_free(all_: Sequence[Segment]) -> int:
    return max((block.size for segment in all_ for block in segment.blocks if block.free), default=0)


def total_free(all_: Sequence[Segment]) -> int:
    """Free in blocks that a request could be given."""
    return sum(block.size for segment in all_ if segment.large for block in segment.blocks if block.free)


def holds(all_: Sequence[Segment], size: int) -> int:
    """How many blocks of this size are free now, one beside the other."""
    return sum(block.size // size for segment in all_ if segment.large for block in segment.blocks if block.free)


def grains(part: float, workspace: int) -> int:
    """A part of what a request needs, in whole grains."""
    return max(1, int(part * workspace / GRAIN)) * GRAIN


def fills(all_: Sequence[Segment]) -> int:
    """How many blocks of a grain are taken until none can be; one more would make the allocator fail."""
    count = 0
    for segment in all_:
        for block in segment.blocks:
            rest = block.size if segment.large and block.free else 0
            while rest >= GRAIN:
                count += 1
                rest -= GRAIN
                if rest <= _NOT_SPLIT:
                    rest = 0
    return count


def kept_for_pieces(all_: Sequence[Segment], ours: set[int], largest: int) -> set[int]:
    """Which of our blocks stay, so that no free block is larger once the others are dropped, and each segment stays."""
    kept: set[int] = set()
    for segment in all_:
        run = 0
        held = False
        mine = None
        for block in segment.blocks:
            if block.free or block.address in ours:
                if block.address in ours:
                    mine = block.address
                if block.address in ours and run + block.size > largest:
                    kept.add(block.address)
                    held = True
                    run = 0
                else:
                    run += block.size
            else:
                held = True
                run = 0
        if not held and mine is not None:
            kept.add(mine)
    return kept


def kept_for_left(all_: Sequence[Segment], ours: set[int], left: int) -> set[int]:
    """Which of our blocks stay, so that no more than this is free in total once the others are dropped."""
    rest = left - total_free(all_)
    kept = set()
    for segment in all_:
        for block in segment.blocks:
            if block.address in ours:
                if block.size <= rest:
                    rest -= block.size
                else:
                    kept.add(block.address)
    return kept
