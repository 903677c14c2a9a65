"""What is made of a client's records and the server's log of the same requests."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .clients import TTFT_BOUND_MS, Answer
from .server import FIRST_NS, Ledger, Served

_STAMPS_MAY_DIFFER_NS = 1_000_000_000


def percentile(values: list[float], percent: float) -> float | None:
    """The smallest value that at least so many percent of them do not exceed: one that was measured, none in between."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


@dataclass(frozen=True)
class Pair:
    """One request as its client and as the server saw it."""

    answer: Answer
    served: Served

    @property
    def comparable(self) -> bool:
        """Whether both saw the same whole answer."""
        return not self.answer.failed and self.served.whole and self.answer.events == len(self.served.sent)

    def ttft_error_ns(self) -> int:
        return abs(self.answer.ttft_ns - self.served.first_ns)

    def gap_errors_ns(self) -> list[int]:
        return [abs(seen - sent) for seen, sent in zip(self.answer.gaps_ns, self.served.gaps())]


def join(answers: list[Answer], ledger: Ledger) -> list[Pair]:
    """Brings together what both sides say of each request: by what names it, or else by when it was."""
    pairs, nameless, taken = [], [], set()
    for answer in answers:
        served = ledger.by_id.get(answer.id) if answer.id else ledger.by_body.get(answer.body)
        if served is not None and served.id not in taken:
            taken.add(served.id)
            pairs.append(Pair(answer, served))
        elif answer.started_ns is not None:
            nameless.append(answer)
    return pairs + _join_by_time(nameless, [served for served in ledger.requests if served.id not in taken])


def _join_by_time(answers: list[Answer], requests: list[Served]) -> list[Pair]:
    """For requests that got no response, so that nothing named them: they arrived in the order in which they were sent."""
    pairs, at = [], 0
    for answer in sorted(answers, key=lambda answer: answer.started_ns):
        while at < len(requests) and requests[at].arrival_ns < answer.started_ns:
            at += 1
        if at < len(requests) and requests[at].arrival_ns - answer.started_ns < _STAMPS_MAY_DIFFER_NS:
            pairs.append(Pair(answer, requests[at]))
            at += 1
    return pairs


def within(pairs: list[Pair], ledger: Ledger, from_s: float, to_s: float = math.inf) -> list[Pair]:
    """Those that arrived within a window since the first arrival."""
    return [pair for pair in pairs if from_s <= (pair.served.arrival_ns - ledger.begun_ns) / 1e9 < to_s]


def ttft_error_p99_ms(pairs: list[Pair]) -> float | None:
    return _ms(percentile([pair.ttft_error_ns() for pair in pairs if pair.comparable], 99))


def sent_to_body_error_p99_ms(pairs: list[Pair]) -> float | None:
    """As the error of the TTFT, but by a client's figure that leaves out its waiting for a connection."""
    return _ms(percentile([abs(pair.answer.sent_to_body_ns - pair.served.first_ns) for pair in pairs
                           if pair.comparable and pair.answer.sent_to_body_ns is not None], 99))


def gap_error_p99_ms(pairs: list[Pair]) -> float | None:
    return _ms(percentile([error for pair in pairs if pair.comparable for error in pair.gap_errors_ns()], 99))


def lag_p99_ms(pairs: list[Pair]) -> float | None:
    """From when the client's schedule wanted a request to when the server had it, where the client tells its schedule."""
    return _ms(percentile([pair.served.arrival_ns - pair.answer.intended_ns for pair in pairs
                           if pair.answer.intended_ns is not None], 99))


def false_miss_share(pairs: list[Pair]) -> float | None:
    """Of the requests whose first token the server sent within the bound, the share that the client calls beyond it."""
    bound = TTFT_BOUND_MS * 1e6
    kept = [pair for pair in pairs if pair.comparable and pair.served.first_ns <= bound]
    return sum(pair.answer.called_ttft_ns > bound for pair in kept) / len(kept) if kept else None


def good_share(ledger: Ledger) -> float:
    """The truth that a client's goodput is held against: whole answers with a first token in time, of all requests."""
    return sum(served.whole and served.first_ns <= TTFT_BOUND_MS * 1e6 for served in ledger.requests) / len(ledger.requests)


def frozen_ttft_p99_ms(first_due_ns: int, rate: int, count: int, frozen_ns: tuple[int, int]) -> float:
    """
    The closed form: what the 99th percentile of the TTFT from the intended start is, by arithmetic alone, when the server stands still
    for a while. A request due meanwhile is read when it goes on, and waits for that besides its first token's own time; one that
    was read before gets its first token then, if that was due meanwhile.
    """
    stopped, resumed = frozen_ns
    waits = []
    for number in range(count):
        due = first_due_ns + round(number * 1e9 / rate)
        if stopped <= due < resumed:
            first = resumed + FIRST_NS
        elif due < stopped <= due + FIRST_NS < resumed:
            first = resumed
        else:
            first = due + FIRST_NS
        waits.append(first - due)
    return _ms(percentile(waits, 99))


def _ms(ns: float | None) -> float | None:
    return None if ns is None else ns / 1e6
