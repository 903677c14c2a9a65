"""The command line."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from .clients import AIPerf, Airworthy, Client, InferencePerf
from .laboratory import Laboratory, choose_cores, tell
from .parts import Bench, Plan
from .problem import Problem, Unavailable
from .process import adopt_orphans
from .results import Results
from .selfcheck import check
from .server import compile_server

HERE = Path(__file__).resolve().parent.parent
TARGET = HERE / "target"
PARTS = ("timing", "faults", "outage", "freeze")

LEFT_OUT = "GuideLLM is left out: its package needs PyTorch and, from the package index, gigabytes of CUDA libraries with it."


def main(arguments: list[str]) -> int:
    """0: measured; 1: this project's client missed something that must hold; 2: could not be measured."""
    options = _parser().parse_args(arguments)
    try:
        adopt_orphans()
        runs = _fresh(TARGET / "runs")
        binary = compile_server(TARGET)
        if options.self_check:
            return _self_check(binary, runs)
        return _bench(options, binary, runs)
    except Problem as e:
        tell(f"bench: {e}")
        return 2
    except KeyboardInterrupt:
        tell("bench: ended early; nothing is written")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bench", description="Holds the load client of Airworthy and its peers against a server that knows the truth.",
        epilog="Exit codes: 0 measured, 1 Airworthy's client missed something that must hold, 2 could not be measured.")
    parser.add_argument("--quick", action="store_true", help="one short round at the two lower rates, no ladder: a first look, no record")
    parser.add_argument("--rounds", type=_positive, default=5, metavar="N", help="times that each timed run is made (default: 5)")
    parser.add_argument("--rates", type=_rates, metavar="N,..", help="requests a second (default: 151,301,601; quick: 151,301)")
    parser.add_argument("--clients", default="airworthy,aiperf,inference-perf", metavar="NAME,..", help="default: %(default)s")
    parser.add_argument("--parts", default=",".join(PARTS), metavar="NAME,..", help="default: %(default)s")
    parser.add_argument("--airworthy", type=Path, default=HERE.parent.parent / "airworthy", metavar="PATH",
                        help="the launcher to measure (default: the one of this checkout)")
    parser.add_argument("--python", action="append", default=[], metavar="PATH", help="an interpreter for peers; may be repeated")
    parser.add_argument("--cores", metavar="SERVER,CLIENT", help="default: the first two that may be used")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="of the server in timed runs (default: a free one)")
    parser.add_argument("--ahead", action="store_true",
                        help="start peers at the real-time priority that Airworthy's client takes where it may")
    parser.add_argument("--keep", action="store_true", help="keep all files of all runs (gigabytes)")
    parser.add_argument("--set-up", action="store_true", help="only install peers and build what is needed")
    parser.add_argument("--self-check", action="store_true", help="only check that the server's log is the truth (some seconds)")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"found {text}, expected a whole number of 1 or more")
    return int(text)


def _rates(text: str) -> tuple[int, ...]:
    return tuple(sorted({_positive(part) for part in text.split(",")}))


def _self_check(binary: Path, runs: Path) -> int:
    wrong = check(binary, runs / "self-check")
    for line in wrong:
        tell(f"self-check: {line}")
    tell(f"self-check: {'failed' if wrong else 'every event of every request is in the log, and came after it was sent'}")
    return 1 if wrong else 0


def _bench(options: argparse.Namespace, binary: Path, runs: Path) -> int:
    parts = _chosen("--parts", options.parts, PARTS)
    cores = choose_cores(options.cores, os.sched_getaffinity(0))
    clients, skipped = _prepared(options)
    if options.set_up:
        return 0
    rates = options.rates or ((151, 301) if options.quick else (151, 301, 601))
    plan = Plan.quick(rates) if options.quick else Plan.full(options.rounds, rates)
    laboratory = Laboratory(binary, runs, cores, port=options.port, keep=options.keep, ahead=options.ahead)
    results = Results([client.name for client in clients])
    bench = Bench(laboratory, clients, plan, results)
    begun, began = datetime.now(timezone.utc), time.monotonic()
    cases = bench.faults() if "faults" in parts else {}
    for part in ("timing", "outage", "freeze"):
        if part in parts:
            getattr(bench, part)()
    told = _told(results, clients, skipped, cases, laboratory, time.monotonic() - began)
    _write(options, begun, results, clients, skipped, cases, laboratory, told)
    print(told)
    return 1 if results.misses else 0


def _prepared(options: argparse.Namespace) -> tuple[list[Client], list[str]]:
    known = {client.name: client for client in (
        Airworthy(options.airworthy.resolve()), AIPerf(TARGET, options.python), InferencePerf(TARGET, options.python))}
    clients, skipped = [], [LEFT_OUT]
    for name in _chosen("--clients", options.clients, tuple(known)):
        try:
            known[name].prepare()
            clients.append(known[name])
        except Unavailable as e:
            skipped.append(f"{name} is left out: {e}")
            tell(skipped[-1])
    if not clients:
        raise Problem("no client is left to measure")
    return clients, skipped


def _chosen(option: str, text: str, known: tuple[str, ...]) -> list[str]:
    chosen = text.split(",")
    for name in chosen:
        if name not in known:
            raise Problem(f"{option}: found {name}, expected some of {', '.join(known)}")
    return chosen


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _machine() -> dict:
    model = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    return {"processor": model, "cores": os.cpu_count(), "kernel": platform.release(), "python": platform.python_version()}


def _told(results: Results, clients: list[Client], skipped: list[str], cases: dict, laboratory: Laboratory, took_s: float) -> str:
    machine = _machine()
    disturbed = [trial for trial in laboratory.trials if trial["others"]]
    lines = [
        f"Measured on {machine['processor']}, {machine['cores']} cores, Linux {machine['kernel']}, in {took_s / 60:.0f} min: "
        + ", ".join(f"{client.name} {client.version}".strip() for client in clients) + ". Median [least - most] of the rounds.",
        "", results.table()]
    if cases:
        lines += ["", "What each client made of a case:", "", "| case | " + " | ".join(results.clients) + " |",
                  "|---|" + "---|" * len(results.clients)]
        lines += [f"| {case} | " + " | ".join(by_client[name] for name in results.clients) + " |" for case, by_client in cases.items()]
    lines += [""] + [f"- {text}" for text in skipped + results.footnotes]
    if disturbed:
        lines.append(f"- {len(disturbed)} of {len(laboratory.trials)} runs were disturbed, the first by: {disturbed[0]['others'][0]}")
    lines += [f"- **airworthy missed**: {miss}" for miss in results.misses]
    return "\n".join(lines)


def _write(options: argparse.Namespace, begun: datetime, results: Results, clients: list[Client], skipped: list[str], cases: dict,
           laboratory: Laboratory, told: str) -> None:
    settings = {name: str(value) if isinstance(value, Path) else value for name, value in vars(options).items()
                if name not in ("airworthy", "python")}
    (TARGET / "results.json").write_text(json.dumps({
        "begun": begun.isoformat(timespec="seconds"), "machine": _machine(), "settings": settings,
        "clients": {client.name: client.version for client in clients}, "figures": results.as_json(), "cases": cases,
        "leftOut": skipped, "footnotes": results.footnotes, "misses": results.misses, "trials": laboratory.trials}, indent=1) + "\n")
    (TARGET / "results.md").write_text(told + "\n")


def run() -> None:
    """Of the script."""
    sys.exit(main(sys.argv[1:]))
