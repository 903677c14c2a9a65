"""Where a model server gets its weights from before it serves."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import mmap
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

from . import architecture, safetensors
from .failure import StartFailure

NAME = "model.safetensors"

# A store that does not answer yet may do so in a moment.
_UNREACHABLE_FOR_S = 10
_PAUSE_S = 0.2
# Without a byte for so long, a store is taken for one that does not answer.
_SILENT_FOR_S = 30


@dataclass(frozen=True)
class Artefact:
    """A model's file, made sure of."""

    header: safetensors.Header
    architecture: architecture.Architecture
    file: memoryview


def path(model: str, revision: str, name: str = NAME) -> str:
    return f"/{model}/{revision}/{name}"


def repr_digest(file: safetensors.Bytes) -> str:
    """RFC 9530's."""
    return "sha-256=:" + base64.b64encode(hashlib.sha256(file).digest()).decode() + ":"


def from_store(store: str, model: str, revision: str, verify: str, pause: Callable[[float], None] = time.sleep) -> Artefact:
    """Fetches the weights, verifies and reads them.

    :raises StartFailure: when they cannot be had, or are not what they should be
    """
    what = f"{model}@{revision}"
    where = path(model, revision)
    status, headers, file = _fetch(store, where, what, pause)
    if status != 200:
        raise StartFailure.artefact(f"{what}: {store}{where} answered {status}, expected 200")
    if verify == "digest":
        expected = headers.get("Repr-Digest") or "none"
        found = repr_digest(file)
        if found != expected:
            raise StartFailure.artefact(f"{what}: found {len(file)} bytes with digest {found}, expected {expected}")

    def config() -> Optional[dict]:
        status, _, text = _fetch(store, path(model, revision, "config.json"), what, pause)
        return json.loads(text) if status == 200 else None

    return _read(what, memoryview(file), config)


def from_file(file: Path) -> Artefact:
    """Reads weights that are there already."""
    try:
        with file.open("rb") as opened:
            # a copy of what is written to: PyTorch wants memory that it may write
            mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_COPY)
    except (OSError, ValueError) as e:
        raise StartFailure.artefact(f"{file}: {e}") from e

    def config() -> Optional[dict]:
        beside = file.with_name("config.json")
        return json.loads(beside.read_text()) if beside.exists() else None

    return _read(str(file), memoryview(mapped), config)


def _read(what: str, file: memoryview, config: Callable[[], Optional[dict]]) -> Artefact:
    try:
        header = safetensors.read_header(file)
        told = architecture.read(header.metadata, None if header.metadata.get("architecture") else config())
    except (safetensors.Unreadable, ValueError) as e:
        raise StartFailure.artefact(f"{what}: {e}") from e
    found = {name: info.shape for name, info in header.tensors.items()}
    for name, shape in told.tensors().items():
        if found.get(name) != shape:
            raise StartFailure.artefact(f"{what}: tensor {name}: found shape {found.get(name, 'nothing')}, expected {shape}")
        if header.tensors[name].dtype not in ("F32", "F16", "BF16"):
            raise StartFailure.artefact(f"{what}: tensor {name}: found {header.tensors[name].dtype}, expected F32, F16 or BF16")
    return Artefact(header, told, file)


def _fetch(store: str, where: str, what: str, pause: Callable[[float], None]):
    begun = time.monotonic()
    while True:
        try:
            return _get(store, where)
        except (OSError, http.client.HTTPException) as e:
            if time.monotonic() - begun > _UNREACHABLE_FOR_S:
                raise StartFailure.unreachable(f"{what}: {store}: {type(e).__name__}: {e}") from e
            pause(_PAUSE_S)


def _get(store: str, where: str):
    url = urllib.parse.urlsplit(store)
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=_SILENT_FOR_S)
    try:
        connection.request("GET", urllib.parse.quote(where), headers={"Accept-Encoding": "identity"})
        answer = connection.getresponse()
        # one buffer that can be written to, so that tensors lie in it without a copy
        file = bytearray(answer.length or 0)
        if answer.length is None:
            file = bytearray(answer.read())
        else:
            rest = memoryview(file)
            while len(rest):
                read = answer.readinto(rest)
                if not read:
                    raise http.client.IncompleteRead(b"", len(rest))
                rest = rest[read:]
        return answer.status, answer.headers, file
    finally:
        connection.close()
