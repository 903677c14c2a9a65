"""Runs programs: on a core of their own, bounded in time, with the processor time of their whole tree."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from .problem import Problem

_PR_SET_CHILD_SUBREAPER = 36
_ORPHANS_MAY_TAKE_S = 10


@dataclass(frozen=True)
class Finished:
    """How a program ended."""

    code: int
    cpu_s: float
    wall_s: float
    timed_out: bool
    log: Path

    def tail(self) -> str:
        """The last lines of what it said."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join("    " + line for line in lines[-15:])


def adopt_orphans() -> None:
    """Makes this process the parent of whatever its children leave behind.

    A peer's helpers outlive the process that started them by moments. Adopted, they are waited for here, so that their time is
    counted, and none of them is still there in the next measurement.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise Problem("the kernel lets nobody adopt orphans (prctl): Linux 3.4 or newer is needed")


def on_core(core: int | None, command: list[str]) -> list[str]:
    """A command that runs on one core only, its children too."""
    if core is None:
        return command
    if shutil.which("taskset") is None:
        raise Problem("found no taskset; it pins server and clients to cores of their own (package util-linux)")
    return ["taskset", "--cpu-list", str(core), *command]


def run(command: list[str], log: Path, *, core: int | None = None, env: dict[str, str] | None = None, cwd: Path | None = None,
        limit_s: float = 600, alone: bool = True) -> Finished:
    """Runs a program to its end, or to its time limit.

    :param alone: whether no other program of this kind runs meanwhile, so that orphans are surely this one's
    """
    began = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(on_core(core, command), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                                   env=env, cwd=cwd, start_new_session=True)
    timed_out = threading.Event()
    timer = threading.Timer(limit_s, lambda: (timed_out.set(), _kill_group(process.pid)))
    timer.start()
    try:
        # the kernel's own sum over the whole tree, as far as parents waited for their children: exact, unlike looking at /proc
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    except BaseException:
        _kill_group(process.pid)
        raise
    finally:
        timer.cancel()
    wall_s = time.monotonic() - began
    cpu_s = usage.ru_utime + usage.ru_stime
    if alone:
        cpu_s += _wait_for_orphans(process.pid)
    return Finished(process.returncode, cpu_s, wall_s, timed_out.is_set(), log)


def _kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _wait_for_orphans(session: int) -> float:
    """The processor time of what a program left behind, known by its session; what does not end by itself is ended."""
    cpu_s = 0.0
    deadline = time.monotonic() + _ORPHANS_MAY_TAKE_S
    orphans = _of_session(session)
    while orphans:
        for pid in orphans:
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
            try:
                waited, _, usage = os.wait4(pid, os.WNOHANG)
                cpu_s += usage.ru_utime + usage.ru_stime if waited else 0
            except ChildProcessError:
                pass  # not ours yet: its parent, another orphan, still lives
        time.sleep(0.01)  # no call waits for one of several given children
        orphans = _of_session(session)
    return cpu_s


def _of_session(session: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has just ended
            if int(fields[3]) == session:
                found.append(int(entry.name))
    return found


@dataclass(frozen=True)
class Busy:
    """Processor time of one core that went to programs, interrupts left out, and what the machine below took away."""

    programs_s: float
    stolen_s: float

    @staticmethod
    def of_core(core: int) -> Busy:
        """Since the machine started."""
        tick = os.sysconf("SC_CLK_TCK")
        for line in Path("/proc/stat").read_text().splitlines():
            if line.startswith(f"cpu{core} "):
                user, nice, system, _, _, _, _, steal = (int(field) / tick for field in line.split()[1:9])
                return Busy(user + nice + system, steal)
        raise Problem(f"found no core {core} in /proc/stat; name others with --cores")

    def since(self, earlier: Busy) -> Busy:
        """What came between."""
        return Busy(self.programs_s - earlier.programs_s, self.stolen_s - earlier.stolen_s)
