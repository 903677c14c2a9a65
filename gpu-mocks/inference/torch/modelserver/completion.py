"""One request for an answer, and the JSON of the answer: its chunks when streamed, or the whole."""

from __future__ import annotations

import json
from dataclasses import dataclass

from .failure import ApiError


@dataclass(frozen=True)
class CompletionRequest:
    chat: bool
    model: str
    prompt: str
    stream: bool
    include_usage: bool
    length: int
    length_asked: bool


@dataclass(frozen=True)
class Usage:
    prompt_tokens: int
    completion_tokens: int

    def json(self) -> dict:
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "total_tokens": self.prompt_tokens + self.completion_tokens,
            "prompt_tokens_details": {"cached_tokens": 0},
        }


def read(body: bytes, chat: bool, default_length: int, longest: int) -> CompletionRequest:
    """Reads a request's body.

    :raises ApiError: 400 when a field is missing or out of range
    """
    try:
        wish = json.loads(body)
    except ValueError as e:
        raise ApiError.bad_request(None, f"body: found {e}, expected a JSON object") from e
    if not isinstance(wish, dict):
        raise ApiError.bad_request(None, f"body: found {type(wish).__name__}, expected a JSON object")
    model = wish.get("model")
    if not isinstance(model, str) or not model:
        raise ApiError.bad_request("model", "model: found nothing, expected the name of a model")
    asked = wish.get("max_completion_tokens")
    asked = wish.get("max_tokens") if asked is None else asked
    length = default_length if asked is None else asked
    if isinstance(length, bool) or not isinstance(length, (int, float)) or not 1 <= length <= longest:
        raise ApiError.bad_request("max_tokens", f"max_tokens: found {asked}, expected a number from 1 to {longest}")
    options = wish.get("stream_options")
    return CompletionRequest(
        chat=chat,
        model=model,
        prompt=_conversation(wish.get("messages")) if chat else _text(wish.get("prompt")),
        stream=wish.get("stream") is True,
        include_usage=isinstance(options, dict) and options.get("include_usage") is True,
        length=int(length),
        length_asked=asked is not None,
    )


def _conversation(messages) -> str:
    if not isinstance(messages, list) or not messages:
        raise ApiError.bad_request("messages", "messages: found nothing, expected at least one message")
    return "\n".join(_text(message.get("content") if isinstance(message, dict) else None) for message in messages)


def _text(content) -> str:
    """A string as it is, and the text parts of a list one after the other."""
    if isinstance(content, list):
        return " ".join(part if isinstance(part, str) else _text(part.get("text") if isinstance(part, dict) else None)
                        for part in content)
    return "" if content is None else str(content)


class Bodies:
    """The parts of one answer that do not change are written once: a token should cost little."""

    def __init__(self, request: CompletionRequest, id_: str, created: int):
        self._request = request
        self._head = {
            "id": id_,
            "object": "chat.completion.chunk" if request.chat else "text_completion",
            "created": created,
            "model": request.model,
        }
        before, after = self._chunk("\0", None).split('"\\u0000"')
        self._before, self._after = before, after

    def role(self) -> str:
        """vLLM's opening chunk, which names the role and says nothing."""
        return _compact({**self._head, "choices": [
            {"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]})

    def content(self, token: str) -> str:
        return self._before + json.dumps(token) + self._after

    def finish(self, why: str) -> str:
        return self._chunk("", why)

    def usage(self, usage: Usage) -> str:
        return _compact({**self._head, "choices": [], "usage": usage.json()})

    def whole(self, text: str, why: str, usage: Usage) -> str:
        said = {"message": {"role": "assistant", "content": text}} if self._request.chat else {"text": text}
        return _compact({
            **self._head,
            "object": "chat.completion" if self._request.chat else "text_completion",
            "choices": [{"index": 0, **said, "finish_reason": why}],
            "usage": usage.json(),
        })

    def _chunk(self, token: str, why) -> str:
        said = {"delta": {"content": token}} if self._request.chat else {"text": token}
        return _compact({**self._head, "choices": [{"index": 0, **said, "finish_reason": why}]})


def _compact(body: dict) -> str:
    return json.dumps(body, separators=(",", ":"))
