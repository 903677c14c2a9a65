"""Gives each request its workspace, and sees when there are none to be had. Thread-safe.

What failed is logged, and after some failures in a row the server is fit for no more requests until a trial succeeds.
"""

from __future__ import annotations

import threading
from typing import Callable, Protocol

from .failure import OutOfMemory


class Memory(Protocol):
    def take(self):
        """One request's workspace.

        :raises OutOfMemory: when no free block is large enough
        """

    def give_back(self, workspace) -> None: ...


class Workspaces:
    def __init__(self, memory: Memory, shed_after: int, ends: bool, log: Callable[[str], None], end: Callable[[str], None]):
        self._memory = memory
        self._shed_after = shed_after
        self._ends = ends
        self._log = log
        self._end = end
        self._failed_in_a_row = 0
        self._lock = threading.Lock()

    def take(self):
        try:
            taken = self._memory.take()
        except OutOfMemory as e:
            self.failed(e)
            raise
        with self._lock:
            self._failed_in_a_row = 0
        return taken

    def failed(self, e: OutOfMemory) -> None:
        """A request found no memory, for its workspace or later."""
        with self._lock:
            self._failed_in_a_row += 1
        self._log(f"ERROR torch.OutOfMemoryError: {e}")
        if self._ends:
            self._end(f"torch.OutOfMemoryError: {e}")

    def give_back(self, workspace) -> None:
        self._memory.give_back(workspace)

    def sheds(self) -> bool:
        """Whether so many requests found no memory that further ones have no chance."""
        with self._lock:
            return 0 < self._shed_after <= self._failed_in_a_row

    def fit(self) -> bool:
        """Whether further requests have a chance; one who has turned them away tries for itself."""
        if not self.sheds():
            return True
        try:
            self._memory.give_back(self._memory.take())
        except OutOfMemory:
            return False
        with self._lock:
            self._failed_in_a_row = 0
        return True
