"""Generates answers: admission in order of arrival, one decoding step makes one token of each answer under way.

One thread computes; requests wait for what it tells them. It knows PyTorch only through what it is given.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Callable, Optional, Protocol, Sequence

from . import levers as lever
from .completion import CompletionRequest, Usage
from .failure import OutOfMemory
from .levers import Levers
from .metrics import EngineMetrics
from .vocabulary import Vocabulary
from .workspaces import Workspaces


class Model(Protocol):
    """What computes. It raises OutOfMemory where it finds no memory for what it computes with."""

    def prefill(self, workspace, tokens: Sequence[int]) -> int:
        """The first token of an answer to this prompt."""

    def step(self, slots: Sequence[tuple[object, int, int]]) -> list[int]:
        """The token after each (workspace, position of the last token, last token)."""


# What a request's thread is told, in this order: admitted, token..., and one of the others.
@dataclass(frozen=True)
class Admitted:
    pass


@dataclass(frozen=True)
class Token:
    text: str


@dataclass(frozen=True)
class Finished:
    why: str
    usage: Usage


@dataclass(frozen=True)
class NoMemory:
    words: str
    sent: bool


@dataclass
class Stream:
    """One request under way."""

    request: CompletionRequest
    prompt: list[int]
    arrived: float
    events: queue.SimpleQueue = field(default_factory=queue.SimpleQueue)
    gone: bool = False
    workspace: Optional[object] = None
    last_token: int = 0
    produced: int = 0
    # when its first token may be told
    due: float = 0.0
    first_at: float = 0.0
    last_at: float = 0.0
    held: int = 0

    @property
    def why(self) -> str:
        return "length" if self.request.length_asked else "stop"


class Engine:
    def __init__(
        self,
        model: Model,
        vocabulary: Vocabulary,
        workspaces: Workspaces,
        levers: Levers,
        metrics: EngineMetrics,
        max_num_seqs: int,
        settle: Callable[[], None] = lambda: None,
    ):
        """:param settle: is called while nothing is computed, so that memory may be moved then"""
        self._model = model
        self._vocabulary = vocabulary
        self._workspaces = workspaces
        self._levers = levers
        self._metrics = metrics
        self._max = max_num_seqs
        self._settle = settle
        self._changed = threading.Condition()
        self._waiting: deque[Stream] = deque()
        self._running: list[Stream] = []
        self._news = False
        self._calls: deque[tuple[Callable[[], object], queue.SimpleQueue]] = deque()
        levers.on_change(self.wake)

    def submit(self, request: CompletionRequest) -> Stream:
        stream = Stream(request, self._vocabulary.tokens(request.prompt), time.monotonic())
        self._metrics.add("waiting", 1)
        with self._changed:
            self._waiting.append(stream)
            self._changed.notify()
        return stream

    def between_steps(self, asked: Callable[[], object]) -> object:
        """What this answers, asked on the thread that computes, while nothing is computed: so that it may take memory."""
        answer: queue.SimpleQueue = queue.SimpleQueue()
        self._calls.append((asked, answer))
        self.wake()
        return answer.get()

    def wake(self) -> None:
        """Something has changed that an engine which waits should look at."""
        with self._changed:
            self._news = True
            self._changed.notify()

    def leave(self, stream: Stream) -> None:
        """The client has gone."""
        stream.gone = True
        self.wake()

    def run(self) -> None:
        """Computes for ever."""
        while True:
            self._await_work()
            self.once()

    def once(self) -> None:
        """Admits at most one request, and makes a token of each answer under way."""
        self._settle()
        while self._calls:
            asked, answer = self._calls.popleft()
            answer.put(asked())
        for stream in [stream for stream in self._running if stream.gone]:
            self._end(stream, "abort")
        self._admit()
        self._tell_first_tokens()
        self._step()

    def _await_work(self) -> None:
        with self._changed:
            while not (self._news or (self._waiting and len(self._running) < self._max) or any(map(self._goes_on, self._running))):
                due = min((stream.due for stream in self._running if stream.produced == 0), default=None)
                left = None if due is None else due - time.monotonic()
                if left is not None and left <= 0:
                    break
                self._changed.wait(left)
            self._news = False

    def _goes_on(self, stream: Stream) -> bool:
        return stream.produced > 0 and not self._hangs(stream.produced)

    def _hangs(self, produced: int) -> bool:
        after = self._levers.get(lever.HANG_AFTER_TOKENS)
        return 0 < after <= produced

    def _admit(self) -> None:
        with self._changed:
            if not self._waiting or len(self._running) >= self._max:
                return
            stream = self._waiting.popleft()
        self._metrics.add("waiting", -1)
        if stream.gone:
            self._metrics.finished("abort")
            return
        admitted = time.monotonic()
        self._metrics.queued.observe(admitted - stream.arrived)
        self._metrics.add("running", 1)
        self._running.append(stream)
        try:
            stream.workspace = self._workspaces.take()
        except OutOfMemory as e:
            self._end(stream, "error", NoMemory(str(e), sent=False))
            return
        stream.events.put(Admitted())
        self._hold(stream, len(stream.prompt))
        begun = time.monotonic()
        try:
            stream.last_token = self._model.prefill(stream.workspace, stream.prompt)
        except OutOfMemory as e:
            self._workspaces.failed(e)
            self._end(stream, "error", NoMemory(str(e), sent=True))
            return
        took = time.monotonic() - begun
        stream.due = begun + took * self._levers.get(lever.FIRST_TOKEN_DELAY_FACTOR)

    def _tell_first_tokens(self) -> None:
        now = time.monotonic()
        for stream in [stream for stream in self._running if stream.produced == 0 and stream.due <= now]:
            self._metrics.add("prompt", len(stream.prompt))
            self._metrics.first_token.observe(now - stream.arrived)
            stream.first_at = now
            self._tell(stream, now)

    def _step(self) -> None:
        batch = [stream for stream in self._running if self._goes_on(stream)]
        if not batch:
            return
        begun = time.monotonic()
        try:
            # the prompt stands behind a token that begins each text, so the last token's position is its number
            tokens = self._model.step(
                [(stream.workspace, len(stream.prompt) + stream.produced, stream.last_token) for stream in batch])
        except OutOfMemory as e:
            self._workspaces.failed(e)
            for stream in batch:
                self._end(stream, "error", NoMemory(str(e), sent=True))
            return
        factor = self._levers.get(lever.TOKEN_DELAY_FACTOR)
        if factor > 1:
            time.sleep((time.monotonic() - begun) * (factor - 1))
        now = time.monotonic()
        for stream, token in zip(batch, tokens):
            stream.last_token = token
            self._metrics.inter_token.observe(now - stream.last_at)
            self._tell(stream, now)

    def _tell(self, stream: Stream, now: float) -> None:
        stream.events.put(Token(self._vocabulary.text(stream.last_token, stream.produced == 0)))
        stream.last_at = now
        stream.produced += 1
        self._hold(stream, 1)
        self._metrics.add("generation", 1)
        if stream.produced == stream.request.length:
            if stream.produced > 1:
                self._metrics.per_output_token.observe((now - stream.first_at) / (stream.produced - 1))
            self._metrics.end_to_end.observe(now - stream.arrived)
            self._end(stream, stream.why, Finished(stream.why, Usage(len(stream.prompt), stream.produced)))

    def _hold(self, stream: Stream, tokens: int) -> None:
        stream.held += tokens
        self._metrics.add("cached", tokens)

    def _end(self, stream: Stream, why: str, told: Optional[object] = None) -> None:
        self._running.remove(stream)
        if stream.workspace is not None:
            self._workspaces.give_back(stream.workspace)
            stream.workspace = None
        self._metrics.add("cached", -stream.held)
        self._metrics.finished(why)
        self._metrics.add("running", -1)
        if told is not None:
            stream.events.put(told)
