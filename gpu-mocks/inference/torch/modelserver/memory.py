"""PyTorch's allocators: the one place that takes blocks from them."""

from __future__ import annotations

import sys
from typing import Optional

import torch

from . import fragments
from .failure import OutOfMemory
from .pressure import Statistics, Workspace


def words(failure: Optional[BaseException]) -> Optional[str]:
    """PyTorch's words on one line, if this is an allocation that failed."""
    # CPU allocations fail with a RuntimeError of these words
    if isinstance(failure, torch.OutOfMemoryError) or (
            isinstance(failure, RuntimeError) and "DefaultCPUAllocator: can't allocate memory" in str(failure)):
        return " ".join(str(failure).split("\nException raised from")[0].split())
    return None


def _block(size: int, device: torch.device) -> torch.Tensor:
    try:
        return torch.empty(size, dtype=torch.uint8, device=device)
    except RuntimeError as e:
        said = words(e)
        if said is None:
            raise
        raise OutOfMemory(said) from e


class HostMemory:
    """The processor's: there is no caching allocator to press, and none to tell of."""

    def __init__(self, workspace_bytes: int):
        self._workspace = workspace_bytes

    def take(self) -> Workspace:
        return Workspace(_block(self._workspace, torch.device("cpu")))

    def give_back(self, workspace: Workspace) -> None:
        workspace.tensor = None

    def settle(self) -> None:
        pass

    def room(self) -> int:
        """The processor's memory is given out when it is written to, so nothing is known of it before."""
        return sys.maxsize

    def statistics(self) -> Optional[Statistics]:
        return None


class Cuda:
    """The caching allocator of one device."""

    def __init__(self, device: torch.device):
        self._device = device
        self._total = torch.cuda.get_device_properties(device).total_memory

    def free_on_device(self) -> int:
        return torch.cuda.mem_get_info(self._device)[0]

    def cap(self, limit: int) -> None:
        # upwards, as the fraction is rounded down to bytes
        torch.cuda.set_per_process_memory_fraction(min(1.0, (limit + 512) / self._total), self._device)

    def block(self, size: int) -> torch.Tensor:
        return _block(size, self._device)

    def reserved(self) -> int:
        return torch.cuda.memory_reserved(self._device)

    def snapshot(self) -> list[fragments.Segment]:
        return fragments.segments(torch.cuda.memory_snapshot(), self._device.index or 0)

    def statistics(self) -> Statistics:
        stats = torch.cuda.memory_stats(self._device)
        return Statistics(
            stats.get("reserved_bytes.all.current", 0),
            stats.get("allocated_bytes.all.current", 0),
            fragments.largest_free(self.snapshot()),
            stats.get("num_ooms", 0),
        )
