"""What can be changed in a running server's behaviour, and the present position of each. Thread-safe."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Callable, Optional


@dataclass(frozen=True)
class Lever:
    name: str
    rest: float
    least: float
    most: float
    effect: str
    cuda_only: bool = False

    def refusal(self, value: float) -> Optional[str]:
        """Why this value cannot be set, or None."""
        if self.least <= value <= self.most:
            return None
        return f"{self.name}: found {value}, expected a number from {self.least:g} to {self.most:g} ({self.effect})"


TOKEN_DELAY_FACTOR = Lever(
    "tokenDelayFactor", 1, 1, 10_000, "a delay after each decoding step makes it so many times as long; none is made shorter")
FIRST_TOKEN_DELAY_FACTOR = Lever(
    "firstTokenDelayFactor", 1, 1, 10_000, "a delay makes the computation of a prompt so many times as long")
HANG_AFTER_TOKENS = Lever("hangAfterTokens", 0, 0, 1_000_000, "an answer stops for good after this many tokens; 0 is off")
MEMORY_PIECE = Lever(
    "memoryPiece", 0, 0, 1,
    "free memory is cut into pieces of this part of what a request needs, by small blocks that stay; 0 is off", cuda_only=True)
MEMORY_LEFT = Lever(
    "memoryLeft", 0, 0, 1, "memory is held until this part of what a request needs is left in total; 0 is off", cuda_only=True)
ALL = (TOKEN_DELAY_FACTOR, FIRST_TOKEN_DELAY_FACTOR, HANG_AFTER_TOKENS, MEMORY_PIECE, MEMORY_LEFT)


class Levers:
    def __init__(self, cuda: bool):
        self._offered = {lever.name: lever for lever in ALL if cuda or not lever.cuda_only}
        self._positions = {lever.name: float(lever.rest) for lever in ALL}
        self._lock = threading.Lock()
        self._changed: Callable[[], None] = lambda: None

    def on_change(self, told: Callable[[], None]) -> None:
        self._changed = told

    def named(self, name: str) -> Optional[Lever]:
        return self._offered.get(name)

    def names(self) -> list[str]:
        return list(self._offered)

    def get(self, lever: Lever) -> float:
        with self._lock:
            return self._positions[lever.name]

    def all(self) -> dict[str, float]:
        with self._lock:
            return {name: self._positions[name] for name in self._offered}

    def set(self, lever: Lever, value: float, expected: Optional[float]) -> bool:
        """Sets a lever if it still stands where the caller believes."""
        with self._lock:
            if expected is not None and expected != self._positions[lever.name]:
                return False
            self._positions[lever.name] = value
        self._changed()
        return True
