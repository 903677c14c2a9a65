"""What the engine did, under vLLM's names. Every figure comes from a stamp taken when the thing happened. Thread-safe."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from typing import Optional

# Bucket bounds of vLLM's vllm/v1/metrics/loggers.py.
_FIRST_TOKEN = (0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0,
                160.0, 640.0, 2560.0)
_TOKEN = (0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0)
_REQUEST = (0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0, 240.0, 480.0, 960.0,
            1920.0, 7680.0)
REASONS = ("stop", "length", "abort", "error")


class Histogram:
    def __init__(self, bounds):
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self._sum = 0.0
        self._lock = threading.Lock()

    def observe(self, seconds: float) -> None:
        with self._lock:
            self._counts[bisect_left(self._bounds, seconds)] += 1
            self._sum += seconds

    def text(self, name: str, labels: str) -> str:
        with self._lock:
            counts, total = list(self._counts), self._sum
        out = []
        cumulative = 0
        for bound, count in zip((*map(str, self._bounds), "+Inf"), counts):
            cumulative += count
            out.append(f'{name}_bucket{{{labels},le="{bound}"}} {cumulative}\n')
        out.append(f"{name}_sum{{{labels}}} {total:.9f}\n{name}_count{{{labels}}} {cumulative}\n")
        return "".join(out)


class EngineMetrics:
    def __init__(self, model: str, cache_tokens: int):
        escaped = model.replace("\\", "\\\\").replace('"', '\\"')
        self.labels = f'engine="0",model_name="{escaped}"'
        self._cache_tokens = cache_tokens
        self._lock = threading.Lock()
        self._counts = dict.fromkeys(("running", "waiting", "cached", "prompt", "generation"), 0)
        self._finished = dict.fromkeys(REASONS, 0)
        self.first_token = Histogram(_FIRST_TOKEN)
        self.inter_token = Histogram(_TOKEN)
        self.per_output_token = Histogram(_TOKEN)
        self.end_to_end = Histogram(_REQUEST)
        self.queued = Histogram(_REQUEST)

    def add(self, what: str, many: int) -> None:
        with self._lock:
            self._counts[what] += many

    def finished(self, why: str) -> None:
        with self._lock:
            self._finished[why] += 1

    def text(self) -> str:
        """The text exposition, format 0.0.4."""
        with self._lock:
            counts, finished = dict(self._counts), dict(self._finished)
        series = [
            self._one("num_requests_running", "Number of requests in model execution batches.", "gauge", float(counts["running"])),
            self._one("num_requests_waiting", "Number of requests waiting to be processed.", "gauge", float(counts["waiting"])),
            self._one("kv_cache_usage_perc", "KV-cache usage. 1 means 100 percent usage.", "gauge",
                      counts["cached"] / self._cache_tokens),
            self._one("prompt_tokens_total", "Number of prefill tokens processed.", "counter", counts["prompt"]),
            self._one("generation_tokens_total", "Number of generation tokens processed.", "counter", counts["generation"]),
            _head("request_success_total", "Count of successfully processed requests.", "counter"),
            *(f'vllm:request_success_total{{{self.labels},finished_reason="{why}"}} {many}\n' for why, many in finished.items()),
            self._histogram("time_to_first_token_seconds", "Histogram of time to first token in seconds.", self.first_token),
            self._histogram("inter_token_latency_seconds", "Histogram of inter-token latency in seconds.", self.inter_token),
            self._histogram("request_time_per_output_token_seconds", "Histogram of time_per_output_token_seconds per request.",
                            self.per_output_token),
            self._histogram("e2e_request_latency_seconds", "Histogram of e2e request latency in seconds.", self.end_to_end),
            self._histogram("request_queue_time_seconds", "Histogram of time spent in WAITING phase for request.", self.queued),
            "# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.\n"
            f"# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total {time.process_time():.3f}\n",
        ]
        return "".join(series)

    def _one(self, name: str, help_: str, kind: str, value) -> str:
        return _head(name, help_, kind) + f"vllm:{name}{{{self.labels}}} {value}\n"

    def _histogram(self, name: str, help_: str, histogram: Histogram) -> str:
        return _head(name, help_, "histogram") + histogram.text("vllm:" + name, self.labels)


def _head(name: str, help_: str, kind: str) -> str:
    return f"# HELP vllm:{name} {help_}\n# TYPE vllm:{name} {kind}\n"


def allocator_text(labels: str, statistics: Optional["object"]) -> str:
    """The allocator's statistics, as the Java mock names them; none where there is no such allocator."""
    if statistics is None:
        return ""
    return "".join(
        f"# HELP torch_cuda_{name} {help_}\n# TYPE torch_cuda_{name} {kind}\ntorch_cuda_{name}{{{labels}}} {value}\n"
        for name, help_, kind, value in (
            ("memory_reserved_bytes", "Memory taken from the device.", "gauge", statistics.reserved),
            ("memory_allocated_bytes", "Of that, memory given out.", "gauge", statistics.allocated),
            ("memory_largest_free_block_bytes", "The largest block that is reserved and not given out.", "gauge",
             statistics.largest_free),
            ("ooms_total", "Allocations that found no block.", "counter", statistics.failures),
        ))
