"""Weights by chance that are the same on every machine: the bytes are SHAKE-128's of the seed and the tensor's name.

They are bfloat16 without any arithmetic: the low byte of an element (one bit of exponent, seven of mantissa) is random as it is,
of the high byte only the sign. So magnitudes lie between 2^a and 2^(a+2), and their root mean square is 2.415 * 2^a.
"""

from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import Iterator

from . import safetensors
from .architecture import Architecture

_CHUNK = 1 << 24
_ONE = (0x3F80).to_bytes(2, "little")


def chunks(architecture: Architecture, seed: "int | str") -> Iterator[bytes]:
    """The bytes of the file, piece by piece."""
    shapes = architecture.tensors()
    yield safetensors.header_bytes(architecture.metadata(), {name: ("BF16", shape) for name, shape in shapes.items()})
    for name, shape in shapes.items():
        if len(shape) == 1:
            yield _ONE * shape[0]
        else:
            # as wide as keeps the sum over a row near one
            yield from _noise(f"{seed} {name}", shape[0] * shape[1] * 2, 1 / math.sqrt(shape[1]))


def write(path: Path, architecture: Architecture, seed: "int | str") -> None:
    """Writes them; there is no half of a file under this name at any time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as out:
        for chunk in chunks(architecture, seed):
            out.write(chunk)
    part.replace(path)


def _noise(key: str, size: int, rms: float) -> Iterator[bytes]:
    # bfloat16's exponent is seven bits of the high byte and one of the low: 2 * high - 127
    high = round((math.log2(rms / 2.415) + 127) / 2)
    signs = bytes(byte & 0x80 | high for byte in range(256))
    for number, at in enumerate(range(0, size, _CHUNK)):
        piece = bytearray(hashlib.shake_128(f"{key} {number}".encode()).digest(min(_CHUNK, size - at)))
        piece[1::2] = piece[1::2].translate(signs)
        yield bytes(piece)
