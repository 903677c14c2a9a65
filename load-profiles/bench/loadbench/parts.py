"""What is measured: each part takes its trials and puts its figures into the results."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from . import figures
from .clients import Client, Load, apart
from .laboratory import Freeze, Laboratory, RunFailed, Trial, tell
from .results import Figure, Results
from .server import ANSWER_S, TOKENS

LAG_AIM_MS = 0.5
LADDER_GAP_MS = 5.0
COLD_S = 5
MISSES_RATE = 301
CPU_RATES = (151, 301)


@dataclass(frozen=True)
class Aims:
    """How exact a client is to be, up to a rate.

    :param up_to: requests a second
    """

    up_to: float
    ttft_ms: float
    gap_ms: float

    @staticmethod
    def at(rate: int) -> Aims:
        return next(aims for aims in _AIMS if rate <= aims.up_to)


_AIMS = (Aims(200, 1, 0.3), Aims(400, 1, 0.5), Aims(math.inf, 2, 1))


@dataclass(frozen=True)
class Plan:
    """How much of everything."""

    rounds: int
    rates: tuple[int, ...]
    timed_s: int
    ladder_rounds: int
    ladder_s: int

    @staticmethod
    def full(rounds: int, rates: tuple[int, ...]) -> Plan:
        return Plan(rounds, rates, timed_s=10, ladder_rounds=min(rounds, 2), ladder_s=6)

    @staticmethod
    def quick(rates: tuple[int, ...]) -> Plan:
        """No ladder: it takes as long as everything else."""
        return Plan(1, rates, timed_s=8, ladder_rounds=0, ladder_s=0)


def ttft_error(rate: int) -> Figure:
    return Figure.timed(f"ttft-error-{rate}", f"TTFT error p99 at {rate} req/s", Aims.at(rate).ttft_ms)


def gap_error(rate: int) -> Figure:
    return Figure.timed(f"gap-error-{rate}", f"gap error p99 at {rate} req/s", Aims.at(rate).gap_ms)


def cold_ttft_error(rate: int) -> Figure:
    return Figure.timed(f"ttft-error-cold-{rate}", f"TTFT error p99 at {rate} req/s, first {COLD_S} s", Aims.at(rate).ttft_ms)


def cold_gap_error(rate: int) -> Figure:
    return Figure.timed(f"gap-error-cold-{rate}", f"gap error p99 at {rate} req/s, first {COLD_S} s", Aims.at(rate).gap_ms)


def waiting_error(rate: int) -> Figure:
    return Figure.timed(f"waiting-error-{rate}", f"TTFT error p99 at {rate} req/s, by the client's own time from send to first bytes",
                        Aims.at(rate).ttft_ms)


def lag(rate: int) -> Figure:
    return Figure.timed(f"lag-{rate}", f"schedule lag p99 at {rate} req/s", LAG_AIM_MS)


def cpu(rate: int) -> Figure:
    return Figure(f"cpu-{rate}", f"CPU time per 1,000 tokens at {rate} req/s", unit="s", digits=3)


FALSE_MISSES = Figure("false-misses", f"false SLO misses at {MISSES_RATE} req/s", unit="%", aim=0, lateness_ms=Aims.at(MISSES_RATE).ttft_ms / 10)
STREAMS = Figure("streams", f"most streams at gap error p99 <= {LADDER_GAP_MS:g} ms", unit="", digits=0, aim=2000, at_least=True)
START_UP = Figure("start-up", "CPU time to start and end", unit="s", digits=1)
RIGHT = Figure("faults", "fault matrix: cases called rightly, of 13", unit="", digits=0, aim=13, at_least=True)
POSTS = Figure("posts", "requests on the wire for each that is reported", unit="", aim=1)
OUTAGE = Figure("outage", "goodput error, outage in half of a run", unit="points", digits=1, aim=0)
FROZEN = Figure("freeze", "error of the TTFT p99 from the intended start, server frozen 2 s", digits=1, aim=20)


def rows(rates: tuple[int, ...]) -> list[Figure]:
    """All figures in the order of the table."""
    by_rate = [ttft_error, waiting_error, gap_error, cold_ttft_error, cold_gap_error, lag]
    return [figure(rate) for figure in by_rate for rate in rates] + [
        FALSE_MISSES, STREAMS, *(cpu(rate) for rate in CPU_RATES), START_UP, RIGHT, POSTS, OUTAGE, FROZEN]


class Bench:
    """The measurements, in the order in which they are made."""

    def __init__(self, laboratory: Laboratory, clients: list[Client], plan: Plan, results: Results) -> None:
        self._laboratory = laboratory
        self._clients = clients
        self._plan = plan
        self._results = results
        results.declare(rows(plan.rates))
        self._passed: dict[tuple[int, str], dict[int, bool | None]] = defaultdict(dict)
        self._highest: dict[str, int] = {}
        self._repeats = 2 * plan.rounds
        self._cpu: dict[tuple[str, int], list[tuple[float, int]]] = defaultdict(list)

    def _rotated(self, number: int) -> list[Client]:
        """Another client goes first in each round, so that none always profits from what went before it."""
        first = number % len(self._clients)
        return self._clients[first:] + self._clients[:first]

    def _trial(self, what: str, client: Client, load: Load, **options) -> Trial:
        try:
            trial = self._laboratory.trial(client, load, **options)
        except RunFailed as e:
            tell(f"  {what}: {client.name} {e}")
            if client.name == "airworthy":
                self._results.miss(f"{what}: it {e}")
            raise
        disturbed = f"  ({'; '.join(trial.others)})" if trial.others else ""
        tell(f"  {what}: {client.name:14} {len(trial.ledger.requests):6,} requests, {len(trial.pairs):,} joined,"
             f" server late by {trial.lateness_p99_ms * 1000:.0f} us, {trial.finished.wall_s:.0f} s{disturbed}")
        self._check(what, trial)
        return trial

    def _timed(self, what: str, client: Client, load: Load) -> Trial:
        """A trial for figures of time; one that something else on the machine spoiled is made again, once, and not without end."""
        trial = self._trial(what, client, load)
        if trial.doubt(Aims.at(load.rate).gap_ms / 10) and self._repeats > 0:
            self._repeats -= 1
            tell("    made again")
            trial = self._trial(what, client, load)
        return trial

    def _check(self, what: str, trial: Trial) -> None:
        """What must hold of every run of this project's client."""
        if trial.client == "airworthy":
            sent = sum(answer.started_ns is not None for answer in trial.told.answers)
            if len(trial.pairs) != sent or len(trial.ledger.requests) != sent:
                self._results.miss(f"{what}: of {sent} requests that it says it sent, {len(trial.ledger.requests)} reached the server"
                                   f" and {len(trial.pairs)} are in both logs")
        for remark in trial.told.remarks:
            self._results.footnote(f"{trial.client}, {what}: {remark}")

    # ---- timing ----

    def timing(self) -> None:
        """Each client at each rate, several times, in turns; and what it costs to start."""
        self._idle()
        for number in range(self._plan.rounds):
            tell(f"round {number + 1} of {self._plan.rounds}")
            for rate in self._plan.rates:
                for client in self._rotated(number):
                    self._time(number, client, rate)
            if number < self._plan.ladder_rounds:
                self.ladder(number)
        self._tell_cpu()

    def _idle(self) -> None:
        """What a client takes to start and end: a run with next to nothing in it."""
        for client in self._clients:
            try:
                trial = self._trial("start-up", client, Load("ok", rate=1, seconds=2))
                self._cpu[client.name, 0].append((trial.finished.cpu_s, trial.ledger.tokens))
            except RunFailed:
                continue

    def _time(self, number: int, client: Client, rate: int) -> None:
        misses = [FALSE_MISSES] if rate == MISSES_RATE else []
        try:
            trial = self._timed(f"{rate} req/s", client, Load("ok", rate, self._plan.timed_s))
        except RunFailed as e:
            for figure in [ttft_error(rate), gap_error(rate), cold_ttft_error(rate), cold_gap_error(rate), lag(rate), *misses]:
                self._results.fail(figure, client.name, str(e))
            return
        self._tell_errors(trial, rate)
        self._tell_lag(client, trial, rate)
        for figure in misses:
            share = figures.false_miss_share(trial.pairs)
            self._add(figure, trial, None if share is None else 100 * share)
        self._cpu[client.name, rate].append((trial.finished.cpu_s, trial.ledger.tokens))
        self._passed[number, client.name][rate] = self._holds(trial, COLD_S)

    def _add(self, figure: Figure, trial: Trial, value: float | None) -> None:
        self._results.add(figure, trial.client, value, trial.doubt(figure.lateness_ms))

    def _tell_errors(self, trial: Trial, rate: int) -> None:
        warm = figures.within(trial.pairs, trial.ledger, COLD_S)
        cold = figures.within(trial.pairs, trial.ledger, 0, COLD_S)
        for figure, value in ((ttft_error(rate), figures.ttft_error_p99_ms(warm)),
                              (gap_error(rate), figures.gap_error_p99_ms(warm)),
                              (cold_ttft_error(rate), figures.ttft_error_p99_ms(cold)),
                              (cold_gap_error(rate), figures.gap_error_p99_ms(cold))):
            self._add(figure, trial, value)
        from_send = figures.sent_to_body_error_p99_ms(warm)
        if from_send is not None:
            self._add(waiting_error(rate), trial, from_send)

    def _tell_lag(self, client: Client, trial: Trial, rate: int) -> None:
        seen = figures.lag_p99_ms(trial.pairs)
        self._add(lag(rate), trial, trial.told.lag_p99_ms if seen is None else seen)
        self._results.footnote(f"schedule lag of {client.name}: {client.lag_is}")

    def _tell_cpu(self) -> None:
        """Above what a client takes to start: the difference of two runs, in processor time and in tokens."""
        for client in self._clients:
            idle = self._cpu[client.name, 0]
            if not idle:
                continue
            idle_s, idle_tokens = statistics.median(cpu for cpu, _ in idle), idle[0][1]
            for rate in CPU_RATES:
                for cpu_s, tokens in self._cpu[client.name, rate]:
                    self._results.add(cpu(rate), client.name, (cpu_s - idle_s) / (tokens - idle_tokens) * 1000)
            self._results.add(START_UP, client.name, idle_s)

    # ---- ladder ----

    #: answers under way at a time; between two rungs nothing is said
    RUNGS = (25, 50, 100, 150, 200, 300, 400, 600, 800, 1000, 1200, 1400, 1600, 1800, 2000, 2400, 2800, 3200, 4000)

    def ladder(self, number: int) -> None:
        """The most streams at which a client still tells gaps well; runs of this round at fixed rates count as rungs too."""
        for client in self._rotated(number):
            streams, why = self._climb(number, client)
            if streams is None:
                self._results.fail(STREAMS, client.name, why)
            else:
                self._results.add(STREAMS, client.name, streams)
                self._highest[client.name] = streams

    def _climb(self, number: int, client: Client) -> tuple[int | None, str]:
        """The highest rung that holds below the lowest that does not; or none, and why."""
        tried = {Load("ok", rate, 0).streams: held for rate, held in self._passed[number, client.name].items() if held is not None}
        rungs = sorted({*self.RUNGS, *tried})
        ceiling = min((streams for streams, held in tried.items() if not held), default=rungs[-1] + 1)
        floor = max((streams for streams, held in tried.items() if held and streams < ceiling), default=0)
        # where an earlier round ended is the likeliest place, so begin there
        at = max(self._highest.get(client.name, 0), self._next(rungs, floor))
        while floor < at < ceiling:
            held = self._hold(client, at)
            if held is None:
                return None, f"of the run at {at} streams nothing can be said"
            floor, ceiling = (at, ceiling) if held else (floor, at)
            at = self._next(rungs, at) if held else max((rung for rung in rungs if rung < at), default=0)
        return (floor, "") if floor else (None, f"not even at {rungs[0]}")

    @staticmethod
    def _next(rungs: list[int], above: int) -> int:
        return min((rung for rung in rungs if rung > above), default=above)

    def _hold(self, client: Client, streams: int) -> bool | None:
        try:
            trial = self._timed(f"{streams} streams", client, Load("ok", apart(round(streams / ANSWER_S)), self._plan.ladder_s))
        except RunFailed:
            return False
        return self._holds(trial, self._plan.ladder_s / 2)

    def _holds(self, trial: Trial, settled_s: float) -> bool | None:
        """Whether a run is a rung that holds, once streams are as many as they get; None when nothing can be said of it.

        A client that falls behind its schedule has fewer streams than the rung is named for, so that one does not hold.
        """
        if trial.doubt(LADDER_GAP_MS / 10):
            return None
        error = figures.gap_error_p99_ms(figures.within(trial.pairs, trial.ledger, settled_s))
        sent = trial.ledger.arrived_within(trial.load.seconds) / (trial.load.rate * trial.load.seconds)
        tell(f"    gap error p99 {'-' if error is None else format(error, '.2f')} ms, {sent:.0%} sent in time")
        return error is not None and error <= LADDER_GAP_MS and sent >= 0.95

    # ---- faults ----

    #: for each case of the server: how this project's client must call it, and whether it is a whole answer
    CASES = {
        "ok": ("ok", True), "slow-headers": ("ok", True), "split-utf8": ("ok", True), "split-events": ("ok", True),
        "big-event": ("ok", True), "cut": ("cut", False), "rst": ("cut", False), "truncated": ("truncated-clean", False),
        "in-band-error": ("in-band-error", False), "http-429": ("http-429", False), "http-503": ("http-5xx", False),
        "stall": ("stall-timeout", False), "never": ("first-token-timeout", False),
    }
    EACH = 3
    LEAST = 2  # a client may end its schedule one request early or late
    #: beyond every patience that a client is given, or has
    STALL_MS = 90_000
    PEERS_PATIENCE_S = 20

    def faults(self) -> dict[str, dict[str, str]]:
        """Three requests of each case, all clients at the same time, because what they wait for is their own patience."""
        tell("fault matrix: as long as the longest patience of a client")
        with ThreadPoolExecutor(len(self._clients)) as pool:
            told = dict(zip((client.name for client in self._clients), pool.map(self._faults_of, self._clients)))
        for client in self._clients:
            verdicts, posts = told[client.name]
            if verdicts is None:
                self._results.fail(RIGHT, client.name, "its run failed")
                continue
            self._results.add(RIGHT, client.name, sum(verdict == "right" for verdict in verdicts.values()))
            self._results.add(POSTS, client.name, posts)
        return {case: {name: (verdicts or {}).get(case, "-") for name, (verdicts, _) in told.items()} for case in self.CASES}

    def _faults_of(self, client: Client) -> tuple[dict[str, str] | None, float]:
        load = Load("matrix", rate=len(self.CASES), seconds=self.EACH, patience_s=self.PEERS_PATIENCE_S)
        try:
            trial = self._trial("fault matrix", client, load, timed=False, stall_ms=self.STALL_MS)
        except RunFailed:
            return None, 0
        seen = defaultdict(list)
        for pair in trial.pairs:
            seen[pair.served.case].append(pair.answer)
        verdicts = {case: self._verdict(client, case, seen[case]) for case in self.CASES}
        if client.name == "airworthy":
            for case, verdict in verdicts.items():
                if verdict != "right":
                    self._results.miss(f"fault matrix, {case}: {verdict}")
        return verdicts, len(trial.ledger.requests) / max(1, len(trial.told.answers))

    def _verdict(self, client: Client, case: str, answers: list) -> str:
        outcome, whole = self.CASES[case]
        if len(answers) < self.LEAST:
            return f"found {len(answers)} requests in both logs"
        if client.name != "airworthy":
            outcome = "success" if whole else "error"  # they tell no more than that
        wrong = Counter(answer.outcome for answer in answers if answer.outcome != outcome)
        if wrong:
            return ", ".join(f"{count} x {name}" for name, count in wrong.items())
        missing = [answer.events for answer in answers if whole and answer.events != TOKENS]
        return f"right, but {missing[0]} of {TOKENS} events seen" if missing else "right"

    # ---- outage ----

    OUTAGE_RATE = 50
    OUTAGE_S = 8

    def outage(self) -> None:
        """503 in the second half of the run: what a client calls its good share, against the server's own count."""
        for client in self._clients:
            try:
                trial = self._trial("outage", client, Load("ok", self.OUTAGE_RATE, self.OUTAGE_S),
                                    outage_from_ms=self.OUTAGE_S * 500, outage_for_ms=3_600_000)
            except RunFailed as e:
                self._results.fail(OUTAGE, client.name, str(e))
                continue
            said, truth = trial.told.good_share, figures.good_share(trial.ledger)
            self._results.add(OUTAGE, client.name, None if said is None else abs(said - truth) * 100)
            if said is not None:
                self._results.note(OUTAGE, client.name, f"(it says {said:.1%}, true {truth:.1%})")

    # ---- freeze ----

    FREEZE_RATE = 50
    FREEZE_S = 10
    FREEZE = Freeze(after_s=4, for_s=2)

    def freeze(self) -> None:
        """The server stands still for 2 s: what a client says of those who came meanwhile, against arithmetic."""
        for client in self._clients:
            try:
                self._tell_freeze(client, self._trial("freeze", client, Load("ok", self.FREEZE_RATE, self.FREEZE_S), freeze=self.FREEZE))
            except RunFailed as e:
                self._results.fail(FROZEN, client.name, str(e))

    def _tell_freeze(self, client: Client, trial: Trial) -> None:
        called = [pair.answer.called_ttft_ns for pair in trial.pairs if pair.answer.called_ttft_ns is not None]
        said_ms = figures.percentile(called, 99) / 1e6
        if not client.reports_from_intended:
            self._results.note(FROZEN, client.name, f"not reported (from its own send: {said_ms:,.0f} ms)")
            return
        first_due = min(pair.answer.intended_ns for pair in trial.pairs)
        truth_ms = figures.frozen_ttft_p99_ms(first_due, trial.load.rate, len(called), trial.ledger.frozen_ns)
        self._results.add(FROZEN, client.name, abs(said_ms - truth_ms))
        self._results.note(FROZEN, client.name, f"(it says {said_ms:,.0f} ms, arithmetic {truth_ms:,.0f} ms)")
