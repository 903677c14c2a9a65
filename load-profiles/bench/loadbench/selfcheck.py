"""Whether the bench itself can be believed: a trivial client, and every stamp of the server held against what came."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from pathlib import Path

from .figures import percentile
from .server import TOKENS, Ledger, Server, Served

_RATE = 20
_SECONDS = 2
#: a process that is not pinned, on a machine that may be busy
_MAY_TAKE_MS = 100

#: for each case, how its connection ends, and how many content events come before that
_EXPECTED = {
    "ok": ("end", TOKENS), "split-utf8": ("end", TOKENS), "split-events": ("end", TOKENS), "big-event": ("end", TOKENS),
    "slow-headers": ("end", TOKENS), "truncated": ("end", 10), "in-band-error": ("end", 10), "cut": ("broken", 10),
    "rst": ("broken", 10), "http-429": ("end", 0), "http-503": ("end", 0),
}


@dataclass
class Received:
    """What came of one request."""

    case: str
    id: str = ""
    status: int = 0
    sent_ns: int = 0
    events_ns: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    ending: str = ""


def check(binary: Path, folder: Path) -> list[str]:
    """Runs server and client for some seconds. Returns what is wrong."""
    folder.mkdir(parents=True)
    with Server(binary, folder, core=None, spin=False, slow_ms=500) as server:
        received = asyncio.run(_all(server.port))
        ledger = server.stop()
    return _wrong(received, ledger)


async def _all(port: int) -> list[Received]:
    """One request after the other at an even rate, through all cases that end by themselves."""
    cases = list(_EXPECTED)
    begin = time.monotonic()
    running = []
    for number in range(_RATE * _SECONDS):
        await asyncio.sleep(begin + number / _RATE - time.monotonic())
        running.append(asyncio.create_task(_one(port, cases[number % len(cases)])))
    return list(await asyncio.gather(*running))


async def _one(port: int, case: str) -> Received:
    received = Received(case)
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    body = json.dumps({"model": case, "stream": True, "messages": [{"role": "user", "content": 'say "model": "never"'}],
                       "stream_options": {"include_usage": True}}).encode()
    received.sent_ns = time.monotonic_ns()
    writer.write(b"POST /v1/chat/completions HTTP/1.1\r\nHost: bench\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    try:
        await _read_answer(reader, received)
        received.ending = "end"
    except (asyncio.IncompleteReadError, ConnectionError):
        received.ending = "broken"
    writer.close()
    return received


async def _read_answer(reader: asyncio.StreamReader, received: Received) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    received.status, received.id = int(head[0].split()[1]), headers["x-request-id"]
    if "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
        return
    text = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        text += (await reader.readexactly(size + 2))[:-2]
        *whole, text = text.split(b"\n\n")
        for event in whole:
            _take(event, received)
    await reader.readexactly(2)


def _take(event: bytes, received: Received) -> None:
    if event == b"data: [DONE]":
        return
    choices = json.loads(event.removeprefix(b"data: ")).get("choices")
    if choices:
        received.events_ns.append(time.monotonic_ns())
        received.texts.append(choices[0]["delta"]["content"])


def _wrong(received: list[Received], ledger: Ledger) -> list[str]:
    wrong = []
    if len(ledger.requests) != len(received) or ledger.repeated_ids:
        wrong.append(f"{len(received)} requests were sent, the log has {len(ledger.requests)}, {ledger.repeated_ids} ids twice")
    delays = []
    for answer in received:
        served = ledger.by_id.get(answer.id)
        wrong += [f"{answer.case} {answer.id}: {what}" for what in (
            _wrong_of(answer, served) if served else ["is not in the log"])]
        if served:
            delays += [seen - served.arrival_ns - sent for seen, sent in zip(answer.events_ns, served.sent)]
    if min(delays, default=0) < 0:
        wrong.append(f"an event came {-min(delays) / 1e6:.3f} ms before it was sent: the two clocks are not one")
    late_ms = (percentile(delays, 50) or 0) / 1e6
    if late_ms > _MAY_TAKE_MS:
        wrong.append(f"half of all events came more than {late_ms:.1f} ms after they were sent")
    return wrong


def _wrong_of(answer: Received, served: Served) -> list[str]:
    ending, events = _EXPECTED[answer.case]
    wrong = []
    if served.case != answer.case:
        wrong.append(f"is {served.case} in the log")
    if answer.ending != ending:
        wrong.append(f"found the end {answer.ending}, expected {ending}")
    if not (len(answer.events_ns) == len(served.sent) == events):
        wrong.append(f"found {len(answer.events_ns)} events, {len(served.sent)} in the log, expected {events}")
    if served.arrival_ns < answer.sent_ns:
        wrong.append("arrived before it was sent: the two clocks are not one")
    if answer.case == "split-utf8" and any(text != "\u00e9\u6f22\U0001f642 " for text in answer.texts):
        wrong.append(f"found the text {answer.texts[0]!r}")
    if answer.case == "big-event" and max(map(len, answer.texts)) != 1 << 20:
        wrong.append("found no event of 1 MiB")
    return wrong
