"""One measured run: a fresh server on one core, a client on another, and what both say afterwards."""

from __future__ import annotations

import shutil
import sys
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .clients import Client, Load, Told
from .figures import Pair, join, percentile
from .process import Busy, Finished, run
from .problem import Problem
from .server import Ledger, Server

_START_UP_MAY_TAKE_S = 90
_OTHERS_MAY_TAKE = 0.1


class RunFailed(Exception):
    """A client did not bring a run to its end."""


@dataclass(frozen=True)
class Cores:
    """Which cores server and client have to themselves."""

    server: int
    client: int


@dataclass(frozen=True)
class Freeze:
    """The server stands still for a while, some time after its first request."""

    after_s: float
    for_s: float


@dataclass(frozen=True)
class Trial:
    """A run that was measured."""

    client: str
    load: Load
    ledger: Ledger
    told: Told
    pairs: list[Pair]
    finished: Finished
    others: list[str]

    @cached_property
    def lateness_p99_ms(self) -> float:
        """The server's own: what it says it sent is only as good as this."""
        return (percentile(self.ledger.lateness(), 99) or 0) / 1e6

    def doubt(self, late_ms: float) -> str | None:
        """Why a figure of time that allows the server to be so late is not to be had from this run; None if it is."""
        if self.lateness_p99_ms > late_ms:
            return f"the server was {self.lateness_p99_ms:.2f} ms late"
        return self.others[0] if self.others else None

    def summary(self) -> dict:
        """For the file of results."""
        return {
            "client": self.client, "model": self.load.model, "rate": self.load.rate, "seconds": self.load.seconds,
            "requests": len(self.ledger.requests), "reported": len(self.told.answers), "joined": len(self.pairs),
            "comparable": sum(pair.comparable for pair in self.pairs), "serverLatenessP99Ms": round(self.lateness_p99_ms, 4),
            "cpuS": round(self.finished.cpu_s, 2), "wallS": round(self.finished.wall_s, 1), "others": self.others,
            "remarks": self.told.remarks,
        }


class Laboratory:
    """Makes trials, one after the other or, where time does not matter, beside each other."""

    def __init__(self, binary: Path, folder: Path, cores: Cores, *, port: int = 0, keep: bool = False, ahead: bool = False) -> None:
        self._binary = binary
        self._folder = folder
        self._cores = cores
        self._port = port
        self._keep = keep
        self._ahead = ["chrt", "--rr", "1"] if ahead else []
        self._count = 0
        self._lock = threading.Lock()
        self.trials: list[dict] = []

    def trial(self, client: Client, load: Load, *, timed: bool = True, freeze: Freeze | None = None, **options: int) -> Trial:
        """Lets a client send its load to a server of its own.

        :param timed: whether figures of time come of it: then nothing else runs, and each side has its core
        """
        folder = self._fresh_folder(client, load)
        cores = self._cores if timed else None
        with Server(self._binary, folder, core=cores.server if cores else None, port=self._port if timed else 0, spin=timed,
                    **options) as server:
            if freeze:
                threading.Thread(target=server.freeze, args=[freeze.after_s, freeze.for_s], daemon=True).start()
            before = [Busy.of_core(core) for core in (cores.server, cores.client)] if cores else []
            finished = run(self._ahead_of(client) + client.command(load, server.url, folder), folder / "client.txt",
                           core=cores.client if cores else None, env=client.env(), cwd=folder, alone=timed,
                           limit_s=_START_UP_MAY_TAKE_S + 6 * load.seconds + 2 * load.patience_s)
            others = self._others(before, server, finished) if cores else []
            ledger = server.stop()
        trial = self._read(client, load, folder, ledger, finished, others)
        with self._lock:
            self.trials.append(trial.summary())
        if not self._keep:
            shutil.rmtree(folder)
        return trial

    def _ahead_of(self, client: Client) -> list[str]:
        return [] if client.name == "airworthy" else self._ahead

    def _fresh_folder(self, client: Client, load: Load) -> Path:
        with self._lock:
            self._count += 1
            folder = self._folder / f"{self._count:03}-{client.name}-{load.model}-{load.rate}"
        folder.mkdir(parents=True)
        return folder

    def _read(self, client: Client, load: Load, folder: Path, ledger: Ledger, finished: Finished, others: list[str]) -> Trial:
        where = "" if self._keep else f"\n    (all of it: {finished.log})"
        if finished.timed_out:
            raise RunFailed(f"did not end within {finished.wall_s:.0f} s")
        if finished.code not in client.measured_codes:
            raise RunFailed(f"exit code {finished.code}:\n{finished.tail()}{where}")
        if not ledger.requests:
            raise RunFailed(f"sent nothing:\n{finished.tail()}{where}")
        try:
            told = client.read(folder)
        except (OSError, KeyError, ValueError) as e:
            raise RunFailed(f"wrote no records that can be read ({type(e).__name__}: {e}):\n{finished.tail()}{where}") from e
        return Trial(client.name, load, ledger, told, join(told.answers, ledger), finished, others)

    def _others(self, before: list[Busy], server: Server, finished: Finished) -> list[str]:
        """Who else was busy on the two cores, so that a figure need not be trusted that was taken beside something else."""
        found = []
        for core, earlier, own_s in zip((self._cores.server, self._cores.client), before, (server.cpu_s(), finished.cpu_s)):
            busy = Busy.of_core(core).since(earlier)
            for who, share in (("other programs", (busy.programs_s - own_s) / finished.wall_s),
                               ("the machine below", busy.stolen_s / finished.wall_s)):
                if share > _OTHERS_MAY_TAKE:
                    found.append(f"{who} had {share:.0%} of core {core}")
        return found


def choose_cores(text: str | None, allowed: set[int]) -> Cores:
    """Two cores from an option such as 0,1; without one, the first two that this process may use."""
    if text is None:
        if len(allowed) < 2:
            raise Problem(f"found {len(allowed)} core, expected two: one for the server, one for the client")
        return Cores(*sorted(allowed)[:2])
    try:
        server, client = (int(part) for part in text.split(","))
    except ValueError as e:
        raise Problem(f"--cores: found {text}, expected two numbers such as 0,1") from e
    for core in (server, client):
        if core not in allowed:
            raise Problem(f"--cores: found {core}, expected two of {', '.join(map(str, sorted(allowed)))}")
    if server == client:
        raise Problem("--cores: found the same core twice, expected one for the server and one for the client")
    return Cores(server, client)


def tell(line: str) -> None:
    """How it goes on, for whoever watches; the figures go to standard output."""
    print(line, file=sys.stderr, flush=True)
