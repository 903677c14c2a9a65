"""A share of an accelerator's memory that requests compute in, and what beside them takes it, as the levers stand.

It knows PyTorch's allocator only through what it is given, so that it can be tried without an accelerator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from . import fragments
from . import levers as lever
from .levers import Levers

# Of the process's share, not reserved at the start: for the allocator's pool of small blocks.
_NOT_RESERVED = 128 << 20

# Workspaces' worth of memory that is left for intermediate results.
_FOR_STEPS = 2


class Workspace:
    """What one request computes in. Whoever gives it back lets go of its memory, whoever else still knows the workspace."""

    def __init__(self, tensor):
        self.tensor = tensor


@dataclass(frozen=True)
class Statistics:
    """What the allocator tells of itself, in bytes."""

    reserved: int
    allocated: int
    largest_free: int
    failures: int


class Allocator(Protocol):
    """PyTorch's caching allocator of one device. A block is free once nobody refers to it any more."""

    def free_on_device(self) -> int: ...

    def cap(self, limit: int) -> None:
        """Takes no more than this from the device, in all."""

    def block(self, size: int):
        """A block, as a tensor.

        :raises OutOfMemory: when there is none
        """

    def reserved(self) -> int: ...

    def snapshot(self) -> list[fragments.Segment]: ...

    def statistics(self) -> Statistics: ...


class DeviceMemory:
    """Only the thread that computes may call it, but for :meth:`statistics`: while memory is moved there is none for a step."""

    def __init__(self, allocator: Allocator, limit: int, workspace_bytes: int, levers: Levers):
        self._allocator = allocator
        self._workspace = workspace_bytes
        self._levers = levers
        self._held: list = []
        self._pressed = (0.0, 0.0)
        self._given_back = False
        self._limit = min(limit, int(allocator.free_on_device() * 0.9))
        allocator.cap(self._limit)
        # one segment, from which all that is large is split; what is dropped stays reserved
        allocator.block(max(fragments.GRAIN, (self._limit - _NOT_RESERVED) // fragments.GRAIN * fragments.GRAIN))

    def take(self) -> Workspace:
        # what a request gave back is free in one piece; it is pressed too, before the next one finds it
        self.settle()
        return Workspace(self._allocator.block(self._workspace))

    def give_back(self, workspace: Workspace) -> None:
        workspace.tensor = None
        self._given_back = True

    def settle(self) -> None:
        """Takes and drops blocks until free memory is as the levers say."""
        piece, left = wanted = (self._levers.get(lever.MEMORY_PIECE), self._levers.get(lever.MEMORY_LEFT))
        if wanted == self._pressed and not (self._given_back and any(wanted)):
            return
        if wanted != self._pressed:
            self._held.clear()
        self._pressed = wanted
        self._given_back = False
        if not any(wanted):
            self._allocator.cap(self._limit)
            return
        # what is free on the device would serve as well; a little of it is left to small blocks, which steps need
        little = self._workspace * min(0.25, (1 - left) / 2)
        self._allocator.cap(min(self._limit, self._allocator.reserved() + int(little)))
        self._press(piece, left)

    def _press(self, piece: float, left: float) -> None:
        ours = {}
        for _ in range(fragments.fills(self._allocator.snapshot())):
            block = self._allocator.block(fragments.GRAIN)
            ours[block.data_ptr()] = block
        segments = self._allocator.snapshot()
        kept: set[int] = set()
        if piece:
            kept |= fragments.kept_for_pieces(segments, set(ours), fragments.grains(piece, self._workspace))
        if left:
            kept |= fragments.kept_for_left(segments, set(ours), fragments.grains(left, self._workspace))
        self._held.extend(block for address, block in ours.items() if address in kept)

    def room(self) -> int:
        """How many requests find a workspace at once, with some left for what steps compute with."""
        return max(1, fragments.holds(self._allocator.snapshot(), self._workspace) - _FOR_STEPS)

    def statistics(self) -> Statistics:
        return self._allocator.statistics()
