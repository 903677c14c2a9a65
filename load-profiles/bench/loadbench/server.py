"""The mock server: started, frozen, stopped, and its log read."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from .process import on_core
from .problem import Problem

SOURCE = Path(__file__).resolve().parent.parent / "server" / "server.c"
_START_LIMIT_S = 10
_STOP_LIMIT_S = 60

FIRST_NS = 200_000_000
GAP_NS = 20_000_000
TOKENS = 50
ANSWER_S = (FIRST_NS + (TOKENS - 1) * GAP_NS) / 1e9


def compile_server(folder: Path) -> Path:
    """Compiles the server unless that was done, and says where it is."""
    binary = folder / "server"
    if binary.exists() and binary.stat().st_mtime >= SOURCE.stat().st_mtime:
        return binary
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise Problem("found no C compiler (cc, gcc or clang); the mock server is one file of C (package build-essential or gcc)")
    done = subprocess.run([compiler, "-O2", "-Wall", "-o", str(binary), str(SOURCE)], capture_output=True, text=True)
    if done.returncode != 0:
        raise Problem(f"the mock server does not compile here:\n{done.stderr}")
    return binary


@dataclass(frozen=True)
class Served:
    """What the server did with one request. Stamps of events are relative to the arrival, due ones too."""

    id: str
    case: str
    body: tuple[int, int]
    arrival_ns: int
    due: list[int]
    sent: list[int]
    how: str

    @property
    def whole(self) -> bool:
        """Whether this was an answer with nothing wrong in it, wholly sent."""
        return self.case == "ok" and self.how == "done"

    @property
    def first_ns(self) -> int:
        return self.sent[0]

    def gaps(self) -> list[int]:
        return [after - before for before, after in zip(self.sent, self.sent[1:])]


@dataclass
class Ledger:
    """Every request that the server saw, by arrival."""

    requests: list[Served]
    frozen_ns: tuple[int, int] | None = None
    by_id: dict[str, Served] = field(init=False)
    by_body: dict[tuple[int, int], Served] = field(init=False)
    repeated_ids: int = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {request.id: request for request in self.requests}
        self.repeated_ids = len(self.requests) - len(self.by_id)
        self.by_body = {}
        twice = set()
        for request in self.requests:
            if request.body in self.by_body:
                twice.add(request.body)
            self.by_body[request.body] = request
        for body in twice:
            del self.by_body[body]  # says nothing about which of the two

    @staticmethod
    def read(log: Path) -> Ledger:
        """Reads the server's log."""
        requests = []
        with log.open() as lines:
            for line in lines:
                entry = json.loads(line)
                requests.append(Served(entry["id"], entry["case"], (entry["bodyCrc"], entry["bodyLength"]), entry["arrivalNs"],
                                       entry["due"], entry["sent"], entry["how"]))
        requests.sort(key=lambda request: request.arrival_ns)
        return Ledger(requests)

    @property
    def begun_ns(self) -> int:
        return self.requests[0].arrival_ns

    @property
    def tokens(self) -> int:
        return sum(len(request.sent) for request in self.requests)

    def lateness(self) -> list[int]:
        """How late each event was sent, in nanoseconds."""
        return [sent - due for request in self.requests for due, sent in zip(request.due, request.sent)]

    def arrived_within(self, seconds: float) -> int:
        """How many requests had come so long after the first."""
        return sum(request.arrival_ns - self.begun_ns <= seconds * 1e9 for request in self.requests)


class Server:
    """A server process of its own for each measurement, so that a log is of one client alone."""

    def __init__(self, binary: Path, folder: Path, *, core: int | None, port: int = 0, spin: bool = True, **options: int) -> None:
        self._log = folder / "server.jsonl"
        self._errors = folder / "server.txt"
        command = [str(binary), "--port", str(port), "--log", str(self._log), "--until-eof"]
        for name, value in {"first_ms": FIRST_NS // 10**6, "gap_ms": GAP_NS // 10**6, "tokens": TOKENS, **options}.items():
            command += ["--" + name.replace("_", "-"), str(value)]
        self._command = on_core(core, command + (["--spin"] if spin else []))
        self._frozen: tuple[int, int] | None = None
        self.begun = threading.Event()

    def __enter__(self) -> Server:
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
        listening = threading.Event()
        self._port = 0
        threading.Thread(target=self._listen, args=[listening], daemon=True).start()
        if not listening.wait(_START_LIMIT_S) or not self._port:
            self._process.kill()
            raise Problem(f"the mock server did not start: {self._errors.read_text().strip() or 'it said nothing'}")
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def _listen(self, listening: threading.Event) -> None:
        for line in self._process.stdout:
            if found := re.match(r"listening on .*:(\d+)$", line):
                self._port = int(found[1])
                listening.set()
            elif line == "begun\n":
                self.begun.set()
        listening.set()  # it has ended: whoever waits finds no port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        return self._port

    def cpu_s(self) -> float:
        """Its processor time so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def freeze(self, after_s: float, for_s: float) -> None:
        """Stops the process for a while, some time after its first request. Returns when it goes on."""
        self.begun.wait()
        time.sleep(after_s)
        os.kill(self._process.pid, signal.SIGSTOP)
        stopped = time.monotonic_ns()
        time.sleep(for_s)
        os.kill(self._process.pid, signal.SIGCONT)
        self._frozen = (stopped, time.monotonic_ns())

    def stop(self) -> Ledger:
        """Ends it and reads its log."""
        self._process.terminate()
        try:
            code = self._process.wait(_STOP_LIMIT_S)
        except subprocess.TimeoutExpired as e:
            raise Problem(f"the mock server did not end within {_STOP_LIMIT_S} s of being told to") from e
        if code != 0:
            raise Problem(f"the mock server failed (exit code {code}): {self._errors.read_text().strip()}")
        ledger = Ledger.read(self._log)
        ledger.frozen_ns = self._frozen
        return ledger
