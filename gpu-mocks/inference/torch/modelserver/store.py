"""A model store: GET /MODEL/REVISION/model.safetensors, with length and digest (RFC 9530) in the answer's head."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
import tempfile
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Sequence

from . import architecture, random_weights, source

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class StoreServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, folder: Path):
        self._folder = folder
        self._digests: dict[tuple[Path, int, int], str] = {}
        self._lock = threading.Lock()
        super().__init__((host, port), _Handler)

    def file(self, path: str) -> Path | None:
        """The file behind a path, if it is one of ours: MODEL/REVISION/FILE and nothing above the folder."""
        parts = urllib.parse.unquote(path).strip("/").split("/")
        if len(parts) != 3 or not all(map(_NAME.fullmatch, parts)):
            return None
        found = self._folder.joinpath(*parts)
        return found if found.is_file() else None

    def digest(self, file: Path) -> str:
        stat = file.stat()
        key = (file, stat.st_size, stat.st_mtime_ns)
        with self._lock:
            if key not in self._digests:
                self._digests[key] = source.repr_digest(file.read_bytes())
            return self._digests[key]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: StoreServer

    def log_message(self, format, *args):  # noqa: A002 - the library's name
        pass

    def do_GET(self) -> None:
        path = urllib.parse.urlsplit(self.path).path
        file = self.server.file(path)
        if file is None:
            self.send_response(200 if path == "/health" else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        with file.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            self.send_response(200)
            self.send_header("Repr-Digest", self.server.digest(file))
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(size))
            self.end_headers()
            if self.command == "GET":
                self.connection.sendfile(opened)

    do_HEAD = do_GET


def run(argv: Sequence[str], environment=os.environ) -> None:
    """Serves until SIGTERM."""
    parser = argparse.ArgumentParser(prog="store", description="Serves model files until it is told to end.")
    add = parser.add_argument
    add("--directory", type=Path, metavar="DIR", help="holds MODEL/REVISION/model.safetensors; default: a temporary one")
    add("--hold", metavar="MODEL@REVISION,...", default="",
        help="is made there where it is not; what the files hold follows from their names and the seed")
    add("--parameters", type=parameters, default="10M", help="of what is made; default: %(default)s")
    add("--seed", type=int, default=1, help="of what is made; default: %(default)s")
    add("--host", default=environment.get("POD_IP") or "0.0.0.0", help="where to listen; default: $POD_IP, or everywhere")
    add("--port", type=int, default=8081, help="where to listen; default: %(default)s")
    arguments = list(argv)
    read = parser.parse_args(arguments[1:] if arguments and not arguments[0].startswith("-") else arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory(prefix="airworthy-store-") as made:
        folder = read.directory or Path(made)
        shape = architecture.of_size(read.parameters)
        for held in filter(None, read.hold.split(",")):
            model, at, revision = held.partition("@")
            if not at or not _NAME.fullmatch(model) or not _NAME.fullmatch(revision):
                parser.error(f"--hold: found '{held}', expected MODEL@REVISION")
            file = folder / model / revision / source.NAME
            if not file.exists():
                random_weights.write(file, shape, _seed(read.seed, model, revision))
        server = StoreServer(read.host, read.port, folder)
        print(f"holding {sorted(str(f.relative_to(folder)) for f in folder.glob('*/*/' + source.NAME))}"
              f" at http://{read.host}:{server.server_address[1]}", flush=True)
        server.serve_forever()


def _seed(seed: int, model: str, revision: str) -> str:
    return f"{seed} {model}@{revision}"


def parameters(word: str) -> int:
    """Reads 400K, 10M, 1B, or a plain number."""
    read = re.fullmatch(r"(\d+(?:\.\d+)?)([KMB]?)", word.upper())
    if read is None:
        raise argparse.ArgumentTypeError(f"found '{word}', expected a number like 10M or 1B")
    return int(float(read[1]) * {"": 1, "K": 10**3, "M": 10**6, "B": 10**9}[read[2]])
