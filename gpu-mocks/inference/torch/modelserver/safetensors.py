"""Reads and writes the safetensors format: the length of a header, the header as JSON, and the tensors' bytes.

What is refused, and in which words, is what the safetensors library 0.8.0 does; the name in brackets is what versions before 0.6
printed, which is what runbooks and issues still quote.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Mapping, Union

Bytes = Union[bytes, bytearray, memoryview]

_HEADER_AT_MOST = 100_000_000

# Bytes of one element. What has less than a byte each (F4, F6) is no matter here.
SIZES = {
    "BOOL": 1, "U8": 1, "I8": 1, "F8_E5M2": 1, "F8_E4M3": 1, "F8_E8M0": 1, "I16": 2, "U16": 2, "F16": 2, "BF16": 2,
    "I32": 4, "U32": 4, "F32": 4, "F64": 8, "I64": 8, "U64": 8, "C64": 8,
}  # fmt: skip


class Unreadable(Exception):
    """What the safetensors library would say."""

    def __init__(self, words: str, name: str):
        super().__init__(f"Error while deserializing header: {words} ({name})")


@dataclass(frozen=True)
class TensorInfo:
    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int


@dataclass(frozen=True)
class Header:
    """What a file says of itself; the offsets of tensors count from the end of the header."""

    metadata: Mapping[str, str]
    tensors: Mapping[str, TensorInfo]
    data_at: int


def read_header(file: Bytes) -> Header:
    """Reads the header of a whole file, and makes sure that its tensors are all there."""
    view = memoryview(file)
    if len(view) < 8:
        raise Unreadable("header too small", "HeaderTooSmall")
    length = struct.unpack("<Q", view[:8])[0]
    if length > _HEADER_AT_MOST:
        raise Unreadable("header too large", "HeaderTooLarge")
    if 8 + length > len(view):
        raise Unreadable("invalid header length", "InvalidHeaderLength")
    header = _header(bytes(view[8:8 + length]), 8 + length)
    if header.data_at + _end(header) != len(view):
        raise Unreadable("incomplete metadata, file not fully covered", "MetadataIncompleteBuffer")
    return header


def _header(raw: bytes, data_at: int) -> Header:
    try:
        text = raw.decode()
    except UnicodeDecodeError as e:
        raise Unreadable(f"invalid UTF-8 in header: {e}", "InvalidHeader") from e
    try:
        parsed = json.loads(text)
        metadata = parsed.pop("__metadata__", None) or {}
        if not all(isinstance(value, str) for value in metadata.values()):
            raise ValueError("expected strings in __metadata__")
        tensors = {
            name: TensorInfo(info["dtype"], tuple(map(int, info["shape"])), *map(int, info["data_offsets"]))
            for name, info in parsed.items()
        }
        unknown = {info.dtype for info in tensors.values()} - SIZES.keys()
        if unknown:
            raise ValueError(f"unknown variant {sorted(unknown)}")
    except (ValueError, TypeError, KeyError, AttributeError) as e:
        raise Unreadable(f"invalid JSON in header: {type(e).__name__}: {e}", "InvalidHeaderDeserialization") from e
    return Header(metadata, tensors, data_at)


def _end(header: Header) -> int:
    """Where the last tensor ends; each has to begin where the one before ends."""
    end = 0
    for name, info in sorted(header.tensors.items(), key=lambda item: (item[1].begin, item[1].end)):
        if info.begin != end or info.end < info.begin:
            raise Unreadable(f"invalid offset for tensor `{name}`", "InvalidOffset")
        count = 1
        for side in info.shape:
            count *= side
        if count * SIZES[info.dtype] != info.end - info.begin:
            raise Unreadable("invalid shape, data type, or offset for tensor", "TensorInvalidInfo")
        end = info.end
    return end


def header_bytes(metadata: Mapping[str, str], tensors: Mapping[str, tuple[str, tuple[int, ...]]]) -> bytes:
    """The beginning of a file whose tensors follow in this order, as (dtype, shape)."""
    parsed: dict = {"__metadata__": dict(metadata)}
    at = 0
    for name, (dtype, shape) in tensors.items():
        size = SIZES[dtype]
        for side in shape:
            size *= side
        parsed[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [at, at + size]}
        at += size
    raw = json.dumps(parsed, separators=(",", ":")).encode()
    raw += b" " * (-len(raw) % 8)  # tensors begin where 8 bytes do, as the library writes it
    return struct.pack("<Q", len(raw)) + raw
