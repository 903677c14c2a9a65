"""The server's HTTP: OpenAI's and vLLM's paths, and the levers. Each event leaves on its own, at once."""

from __future__ import annotations

import json
import socket
import time
import urllib.parse
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Callable, Optional

from . import completion
from .engine import Engine, Finished, NoMemory, Token
from .failure import ApiError
from .levers import Levers
from .metrics import EngineMetrics, allocator_text
from .workspaces import Workspaces

_LEVERS = "/admin/levers"
_JSON = "application/json"


@dataclass(frozen=True)
class NoModel:
    """The model could not be loaded, and the server stays up all the same: it answers each request with an error."""

    why: str
    says_ready: bool


@dataclass(frozen=True)
class Site:
    """What one server answers with; without a model there is no engine."""

    model: str
    pod: str
    namespace: str
    max_model_len: int
    default_length: int
    levers: Levers
    metrics: EngineMetrics
    statistics: Callable[[], Optional[object]]
    ends_on_oom: bool
    engine: Optional[Engine] = None
    workspaces: Optional[Workspaces] = None
    no_model: Optional[NoModel] = None


class WebServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024

    def __init__(self, host: str, port: int, site: Site):
        self.site = site
        self.started = int(time.time())
        self.served = count(1)
        super().__init__((host, port), _Handler)

    def handle_error(self, request, client_address):
        pass  # a client that has gone; what else fails is told where it happens


class _Gone(Exception):
    """The connection is to be cut, so that nothing looks complete."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: WebServer

    def log_message(self, format, *args):  # noqa: A002 - the library's name
        pass

    def version_string(self) -> str:
        return "airworthy-torch"

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_GET

    def _answer(self) -> None:
        self._identity: dict[str, str] = {}
        try:
            body = self._body()
            path = urllib.parse.urlsplit(self.path).path
            try:
                self._route(path, body)
            except ApiError as e:
                self._reply(e.status, _JSON, json.dumps(e.body(), separators=(",", ":")))
        except (_Gone, OSError):
            self._cut()

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # trailers
        return b"".join(parts)

    def _cut(self) -> None:
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # cut already

    def _route(self, path: str, body: bytes) -> None:
        site = self.server.site
        if path in ("/v1/chat/completions", "/v1/completions"):
            self._complete(body, chat=path == "/v1/chat/completions")
        elif path == "/v1/models":
            self._json({"object": "list", "data": [{
                "id": site.model, "object": "model", "created": self.server.started, "owned_by": "airworthy", "root": site.model,
                "max_model_len": site.max_model_len}]})
        elif path == "/health":
            self._health()
        elif path == "/metrics":
            self._reply(200, "text/plain; version=0.0.4",
                        site.metrics.text() + allocator_text(site.metrics.labels, site.statistics()))
        elif path == _LEVERS or path.startswith(_LEVERS + "/"):
            self._lever(path[len(_LEVERS) + 1:], body)
        else:
            raise ApiError.not_found(None, "Not Found: " + path)

    def _method(self, expected: str) -> None:
        if self.command != expected:
            raise ApiError.wrong_method(f"{self.command} {self.path}: expected {expected}")

    def _health(self) -> None:
        site = self.server.site
        if site.no_model is not None and not site.no_model.says_ready:
            raise ApiError.unavailable("no model is loaded: " + site.no_model.why)
        if site.workspaces is not None and site.engine is not None:
            if site.workspaces.sheds() and not site.engine.between_steps(site.workspaces.fit):
                raise ApiError.unavailable("requests find no accelerator memory")
        self._reply(200, "text/plain", "")

    def _lever(self, name: str, body: bytes) -> None:
        levers = self.server.site.levers
        if not name:
            self._method("GET")
            self._json(levers.all())
            return
        lever = levers.named(name)
        if lever is None:
            raise ApiError.not_found("lever", f"lever: found {name}, expected one of {levers.names()}")
        if self.command == "GET":
            self._json({"value": levers.get(lever)})
            return
        self._method("PUT")
        try:
            wish = json.loads(body)
        except ValueError as e:
            raise ApiError.bad_request(None, f"body: found {e}, expected a JSON object") from e
        value = _number(wish, "value")
        if value is None:
            raise ApiError.bad_request("value", "value: found nothing, expected a number")
        refusal = lever.refusal(value)
        if refusal:
            raise ApiError.bad_request("value", refusal)
        done = levers.set(lever, value, _number(wish, "expect"))
        self._json({"value": levers.get(lever)}, 200 if done else 409)

    def _complete(self, body: bytes, chat: bool) -> None:
        site = self.server.site
        self._method("POST")
        self._identity = {
            "x-inference-pod": site.pod,
            "x-inference-namespace": site.namespace,
            "x-inference-port": str(self.connection.getsockname()[1]),
        }
        request = completion.read(body, chat, site.default_length, site.max_model_len)
        if request.model != site.model:
            raise ApiError.not_found("model", f"The model `{request.model}` does not exist.")
        if site.engine is None:
            raise ApiError.internal("EngineCore encountered an issue. See stack trace (above) for the root cause.")
        needed = len(request.prompt.split()) + 1 + request.length
        if needed > site.max_model_len:
            raise ApiError.bad_request(
                "max_tokens", f"found {needed} tokens of prompt and answer, expected at most {site.max_model_len}")
        stream = site.engine.submit(request)
        first = stream.events.get()
        if isinstance(first, NoMemory):
            if site.ends_on_oom:
                raise _Gone
            raise ApiError.unavailable("The request finds no accelerator memory: " + first.words)
        id_ = f"{'chatcmpl' if chat else 'cmpl'}-{site.pod}-{next(self.server.served)}"
        bodies = completion.Bodies(request, id_, int(time.time()))
        try:
            if request.stream:
                self._stream(stream, bodies, chat)
            else:
                self._whole(stream, bodies)
        except OSError:
            site.engine.leave(stream)
            raise

    def _stream(self, stream, bodies: completion.Bodies, chat: bool) -> None:
        self._head(200, "text/event-stream; charset=utf-8", {"Cache-Control": "no-cache", "Transfer-Encoding": "chunked"})
        opened = not chat
        while True:
            event = stream.events.get()
            if isinstance(event, Token):
                if not opened:
                    self._event(bodies.role())
                    opened = True
                self._event(bodies.content(event.text))
            elif isinstance(event, Finished):
                self._event(bodies.finish(event.why))
                if stream.request.include_usage:
                    self._event(bodies.usage(event.usage))
                self._event("[DONE]")
                self.wfile.write(b"0\r\n\r\n")
                return
            else:
                raise _Gone

    def _event(self, data: str) -> None:
        raw = f"data: {data}\n\n".encode()
        self.wfile.write(b"%x\r\n%b\r\n" % (len(raw), raw))

    def _whole(self, stream, bodies: completion.Bodies) -> None:
        text = []
        while True:
            event = stream.events.get()
            if isinstance(event, Token):
                text.append(event.text)
            elif isinstance(event, Finished):
                self._reply(200, _JSON, bodies.whole("".join(text), event.why, event.usage))
                return
            else:
                raise _Gone

    def _json(self, body, status: int = 200) -> None:
        self._reply(status, _JSON, json.dumps(body, separators=(",", ":")))

    def _reply(self, status: int, kind: str, text: str) -> None:
        raw = text.encode()
        self._head(status, kind, {"Content-Length": str(len(raw))}, raw)

    def _head(self, status: int, kind: str, more: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **self._identity, **more}.items():
            self.send_header(name, value)
        # in one packet with what follows
        self._headers_buffer.append(b"\r\n" + body)
        self.flush_headers()


def _number(wish, name: str) -> Optional[float]:
    value = wish.get(name) if isinstance(wish, dict) else None
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ApiError.bad_request(name, f"{name}: found {json.dumps(value)}, expected a number")
    return float(value)
