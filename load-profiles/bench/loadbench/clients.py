"""The load clients under comparison, behind one interface: how each is started, and what it says of each request."""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import zlib
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path

from . import peers
from .problem import Problem
from .server import ANSWER_S, GAP_NS

NS_IN_MS = 1e6
TTFT_BOUND_MS = 250
PROMPT_WORDS = 24


def apart(rate: int) -> int:
    """The nearest rate, not below, at which streams do not come together.

    Gaps are 20 ms: at 300/s of a client that keeps its schedule, all streams had their events due at the same six instants of each 20 ms.
    Then the last of a burst is what is measured, at the server as at the client. There are as many instants as the rate has requests
    a second, evenly apart, where the two have no divisor in common.
    """
    gaps_in_second = 10**9 // GAP_NS
    while math.gcd(rate, gaps_in_second) != 1:
        rate += 1
    return rate


@dataclass(frozen=True)
class Load:
    """What a client is asked to send: an open loop at an even rate."""

    model: str
    rate: int
    seconds: int
    patience_s: int = 60

    @property
    def streams(self) -> int:
        """Answers under way at a time, once the first of them end."""
        return round(self.rate * ANSWER_S)

    @property
    def room(self) -> int:
        """Requests that a client must allow to be under way at a time: so many that the limit never shows."""
        return 2 * self.streams + 500


@dataclass(frozen=True)
class Answer:
    """What a client says of one of its requests.

    :param id: the request's id, as in the server's log; where the client keeps none, the others say which it was
    :param body: checksum and length of what it sent
    :param started_ns: when it was sent, on the clock of the server's stamps
    :param intended_ns: when its schedule wanted it, on that clock
    :param ttft_ns: the client's own figure for the time to the first token, from its send on
    :param called_ttft_ns: the figure that the client holds against a bound on the time to the first token
    :param sent_to_body_ns: from the end of its send to the first bytes of the answer, where the client tells both
    """

    outcome: str
    failed: bool
    id: str | None = None
    body: tuple[int, int] | None = None
    started_ns: int | None = None
    intended_ns: int | None = None
    ttft_ns: int | None = None
    called_ttft_ns: int | None = None
    sent_to_body_ns: int | None = None
    gaps_ns: list[int] = field(default_factory=list)
    events: int = 0


@dataclass(frozen=True)
class Told:
    """What a client says of a run. Shares are of 1; what it does not say is None."""

    answers: list[Answer]
    lag_p99_ms: float | None = None
    good_share: float | None = None
    remarks: list[str] = field(default_factory=list)


class Client(ABC):
    """A load client."""

    name: str
    version = ""
    #: exit codes of a run that was measured
    measured_codes = {0}
    #: what it holds of its own schedule, in words
    lag_is = ""
    reports_from_intended = False

    @abstractmethod
    def prepare(self) -> None:
        """Installs or builds it. Raises Unavailable if it cannot be had."""

    @abstractmethod
    def command(self, load: Load, url: str, folder: Path) -> list[str]:
        """What to run; its files go into a folder that is there and empty."""

    @abstractmethod
    def read(self, folder: Path) -> Told:
        """What it wrote into the folder."""

    def env(self) -> dict[str, str]:
        """The environment to run it in."""
        return dict(os.environ)


class Airworthy(Client):
    """This project's own."""

    name = "airworthy"
    measured_codes = {0, 3}  # 3: it calls itself degraded, or nothing whole was answered; it measured all the same
    lag_is = "the server's arrival stamps against its schedule"
    reports_from_intended = True

    def __init__(self, launcher: Path) -> None:
        self._launcher = launcher

    def prepare(self) -> None:
        if not os.access(self._launcher, os.X_OK):
            raise Problem(f"found no launcher at {self._launcher}; name it with --airworthy")
        told = self._ask("--version")  # builds what is not built, so that no measured run has to
        self.version = told.strip().splitlines()[-1].removeprefix("airworthy ")
        if "--replica-header" not in self._ask("load", "--help"):
            raise Problem(f"{self._launcher} is too old: its load has no --replica-header, by which its records join the server's")

    def _ask(self, *arguments: str) -> str:
        done = subprocess.run([self._launcher, *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise Problem(f"{self._launcher} {' '.join(arguments)} failed:\n{done.stderr.strip()}")
        return done.stdout

    def command(self, load: Load, url: str, folder: Path) -> list[str]:
        return [str(self._launcher), "load", "--endpoint", f"{url}/v1", "--model", load.model, "--rate", f"{load.rate}/s",
                "--duration", f"{load.seconds}s", "--first-token", f"{TTFT_BOUND_MS}ms", "--replica-header", "x-request-id",
                "--most-in-flight", str(load.room), "--out", str(folder / "out")]

    def read(self, folder: Path) -> Told:
        summary = json.loads((folder / "out" / "summary.json").read_text())
        with (folder / "out" / "requests.jsonl").open() as lines:
            answers = [self._answer(json.loads(line)) for line in lines]
        trust = summary["trust"]
        remarks = [] if trust["verdict"] == "trusted" else ["calls itself degraded: " + "; ".join(trust["reasons"])]
        return Told(answers, good_share=summary["goodput"]["ofScheduled"], remarks=remarks)

    @staticmethod
    def _answer(record: dict) -> Answer:
        content, write = record.get("contentNs", []), record.get("writeNs")
        return Answer(
            outcome=record["outcome"],
            failed=record["outcome"] != "ok",
            id=record.get("replica"),
            started_ns=write,
            intended_ns=record["intendedNs"],
            ttft_ns=content[0] - write if content else None,
            called_ttft_ns=content[0] - record["intendedNs"] if content else None,
            gaps_ns=[after - before for before, after in zip(content, content[1:])],
            events=len(content))


class AIPerf(Client):
    """NVIDIA's AIPerf."""

    name = "aiperf"
    version = "0.13.0"
    lag_is = "its own word: from a request's permit to its start, which is not its plan"

    def __init__(self, target: Path, pythons: list[str]) -> None:
        self._target = target
        self._pythons = pythons

    def prepare(self) -> None:
        self._bin = peers.install("aiperf", self.version, [(3, 11), (3, 12), (3, 13)], self._pythons, self._target)
        self._tokenizer = peers.make_tokenizer(self._target / "tokenizer")
        self._prompts = self._target / "prompts.jsonl"
        words = random.Random(1)
        self._prompts.write_text("".join(
            json.dumps({"text": " ".join(f"w{words.randrange(2000)}" for _ in range(PROMPT_WORDS))}) + "\n" for _ in range(100)))

    def command(self, load: Load, url: str, folder: Path) -> list[str]:
        return [str(self._bin / "aiperf"), "profile", "--model-names", load.model, "--url", url, "--endpoint-type", "chat",
                "--streaming", "--tokenizer", str(self._tokenizer), "--input-file", str(self._prompts),
                "--custom-dataset-type", "single_turn", "--request-rate", str(load.rate), "--arrival-pattern", "constant",
                "--request-count", str(load.rate * load.seconds), "--request-timeout-seconds", str(load.patience_s),
                "--goodput", f"time_to_first_token:{TTFT_BOUND_MS}", "--no-gpu-telemetry", "--no-server-metrics", "--ui", "none",
                "--output-artifact-dir", str(folder / "out")]

    def env(self) -> dict[str, str]:
        # with HF_HUB_OFFLINE it does not read a local tokenizer either
        env = {name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"}
        return {**env, "AIPERF_HTTP_CONNECTION_LIMIT": "20000"}

    def read(self, folder: Path) -> Told:
        summary = json.loads((folder / "out" / "profile_export_aiperf.json").read_text())
        with (folder / "out" / "profile_export.jsonl").open() as lines:
            answers = [self._answer(json.loads(line)) for line in lines]
        return Told(
            answers,
            lag_p99_ms=summary.get("credit_to_start_latency", {}).get("p99"),
            good_share=summary.get("good_request_fraction", {}).get("avg"))

    @staticmethod
    def _answer(record: dict) -> Answer:
        metrics = record["metrics"]

        def value(name: str) -> int | None:
            return round(metrics[name]["value"] * NS_IN_MS) if name in metrics else None

        gaps = [round(gap * NS_IN_MS) for gap in metrics.get("inter_chunk_latency", {"value": []})["value"]]
        ttft, failed = value("time_to_first_token"), record.get("error") is not None
        return Answer(
            outcome="error" if failed else "success",
            failed=failed,
            id=record["metadata"]["x_request_id"],
            ttft_ns=ttft,
            called_ttft_ns=ttft,
            sent_to_body_ns=value("http_req_waiting"),
            gaps_ns=gaps,
            events=len(gaps) + (ttft is not None))


class InferencePerf(Client):
    """inference-perf of the Kubernetes project."""

    name = "inference-perf"
    version = "0.7.0"
    lag_is = "its own word: schedule_delay, from its plan to the start"

    def __init__(self, target: Path, pythons: list[str]) -> None:
        self._target = target
        self._pythons = pythons

    def prepare(self) -> None:
        self._bin = peers.install("inference-perf", self.version, [(3, 12), (3, 13)], self._pythons, self._target)
        self._tokenizer = peers.make_tokenizer(self._target / "tokenizer")

    def command(self, load: Load, url: str, folder: Path) -> list[str]:
        config = folder / "config.json"  # JSON is YAML
        config.write_text(json.dumps(self._config(load, url, folder)))
        return [str(self._bin / "inference-perf"), "--config_file", str(config)]

    def _config(self, load: Load, url: str, folder: Path) -> dict:
        def length(tokens: int) -> dict:
            return {"min": tokens, "max": tokens, "mean": tokens, "std_dev": 0, "total_count": 100}

        return {
            "api": {"type": "completion", "streaming": True},  # it has random prompts for this API only
            "data": {"type": "random", "input_distribution": length(PROMPT_WORDS), "output_distribution": length(50)},
            "load": {
                "type": "constant", "interval": 0, "stages": [{"rate": load.rate, "duration": load.seconds}],
                "worker_max_concurrency": load.room, "worker_max_tcp_connections": load.room, "request_timeout": load.patience_s},
            "server": {"type": "vllm", "model_name": load.model, "base_url": url, "ignore_eos": True},
            "tokenizer": {"pretrained_model_name_or_path": str(self._tokenizer)},
            "report": {
                "goodput": {"constraints": {"ttft": TTFT_BOUND_MS / 1000}},
                "request_lifecycle": {
                    "summary": True, "per_stage": False, "per_adapter": False, "per_request": True,
                    # the request is what its records join the server's by; the answer would only take time to write
                    "per_request_fields": {"request": True, "response": False, "info": True, "response_chunks": False}}},
            "storage": {"local_storage": {"path": str(folder / "out")}},
        }

    def env(self) -> dict[str, str]:
        return {**os.environ, "HF_HUB_OFFLINE": "1"}

    def read(self, folder: Path) -> Told:
        summary = json.loads((folder / "out" / "summary_lifecycle_metrics.json").read_text())
        answers = [self._answer(entry) for entry in json.loads((folder / "out" / "per_request_lifecycle_metrics.json").read_text())]
        delay = summary["load_summary"]["schedule_delay"]
        goodput = (summary["successes"] or {}).get("goodput_metrics") or {}
        share = goodput.get("goodput_percentage")
        return Told(
            answers,
            lag_p99_ms=delay["p99"] * 1000 if delay else None,
            good_share=share / 100 if share is not None and math.isfinite(share) else None)

    @staticmethod
    def _answer(entry: dict) -> Answer:
        body = entry["request"].encode()
        response = (entry["info"] or {}).get("response_metrics") or {}
        start, times = entry["start_time"], response.get("chunk_times") or []
        ttft = round((times[0] - start) * 1e9) if times else None
        failed = entry["error"] is not None
        return Answer(
            outcome="error" if failed else "success",
            failed=failed,
            body=(zlib.crc32(body), len(body)),
            started_ns=round(start * 1e9),
            ttft_ns=ttft,
            called_ttft_ns=ttft,
            gaps_ns=[round((after - before) * 1e9) for before, after in zip(times, times[1:])],
            events=len(times))
