"""What a model server's container is told, by arguments and variables. The names are the Java mock's."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Mapping, Optional, Sequence

MIB = 1 << 20
GIB = 1 << 30

# What the Java mock simulates with these is real here, so there is nothing to set.
SIMULATED = {
    "--first-token": "the first token takes as long as it takes to compute",
    "--step-processor": "a step takes the processor time that it takes",
}


@dataclass(frozen=True)
class Options:
    model: str
    host: str
    port: int
    store: Optional[str]
    weights: Optional[str]
    revision: str
    verify: str
    exit_on_error: bool
    strict_readiness: bool
    exit_on_oom: bool
    shed_after: int
    allocator_series: bool
    pod: str
    namespace: str
    device: str
    dtype: str
    threads: int
    max_num_seqs: int
    max_model_len: int
    memory_bytes: int
    workspace_bytes: int
    ignored: tuple[str, ...]


def parse(argv: Sequence[str], environment: Mapping[str, str]) -> Options:
    """Reads the arguments; what is not understood ends the process with 2, as every program's does."""
    arguments = list(argv)
    if arguments and not arguments[0].startswith("-"):
        arguments = arguments[1:]  # the mock's image is told a class first
    read = _parser(environment).parse_args(arguments)
    return Options(
        model=read.model,
        host=read.host,
        port=read.port,
        store=read.model_store or None,
        weights=read.weights,
        revision=read.revision,
        verify=read.verify,
        exit_on_error=read.exit_on_error,
        strict_readiness=read.strict_readiness,
        exit_on_oom=read.exit_on_oom,
        shed_after=read.shed_after,
        allocator_series=read.allocator_series,
        pod=read.pod_name,
        namespace=read.pod_namespace,
        device=read.device,
        dtype=read.dtype,
        threads=read.threads,
        max_num_seqs=read.max_num_seqs,
        max_model_len=read.max_model_len,
        memory_bytes=int(read.memory * GIB),
        workspace_bytes=int(read.workspace * MIB),
        ignored=tuple(flag for flag in SIMULATED if getattr(read, flag[2:].replace("-", "_")) is not None),
    )


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="serve", description="Serves one model over OpenAI's API, computed by PyTorch, until it is told to end.")
    add = parser.add_argument
    add("--model", required=True, metavar="NAME", help="the model that is served")
    add("--host", default=environment.get("POD_IP") or "0.0.0.0", help="where to listen; default: $POD_IP, or everywhere")
    add("--port", type=int, default=8000, help="where to listen; default: %(default)s")
    add("--model-store", metavar="URL", default=environment.get("MODEL_STORE"),
        help="where weights are fetched from; default: $MODEL_STORE")
    add("--weights", metavar="FILE", help="a safetensors file, in the place of a store")
    add("--revision", default="main", help="which version of the model; default: %(default)s")
    add("--verify", choices=("digest", "nothing"), default="digest", type=str.lower,
        help="what is made sure of before weights are loaded; default: %(default)s")
    add("--exit-on-error", type=_truth, default=True, help="whether the server ends when its model cannot be loaded; default: true")
    add("--strict-readiness", type=_truth, default=True, help="whether /health says so when no model is loaded; default: true")
    add("--exit-on-oom", type=_truth, default=False,
        help="whether the server ends when a request finds no accelerator memory; default: false")
    add("--shed-after", type=_at_least(0), default=3,
        help="after how many such failures in a row /health says so; 0 is never; default: %(default)s")
    add("--allocator-series", type=_truth, default=True,
        help="whether /metrics holds the allocator's statistics (CUDA only); default: true")
    add("--pod-name", default=environment.get("POD_NAME", ""), help="told to clients in x-inference-pod; default: $POD_NAME")
    add("--pod-namespace", default=environment.get("POD_NAMESPACE", ""),
        help="told to clients in x-inference-namespace; default: $POD_NAMESPACE")
    add("--device", choices=("cuda", "cpu", "auto"), default="auto", help="default: cuda if there is one")
    add("--dtype", choices=("float32", "bfloat16", "float16"), default="float32",
        help="what is computed in; with other than float32 an answer may depend on what else is in its batch; default: %(default)s")
    add("--threads", type=_at_least(1), default=1, help="of the processor, for one step on it; default: %(default)s")
    add("--max-num-seqs", type=_at_least(1), default=256,
        help="requests computed at once; others wait in order of arrival; default: %(default)s")
    add("--max-model-len", type=_at_least(2), default=2048, help="tokens of prompt and answer together; default: %(default)s")
    add("--memory", type=_positive, default=8, metavar="GIB",
        help="CUDA: of the accelerator's memory this process reserves at the start, and takes no more; default: %(default)s")
    add("--workspace", type=float, default=128, metavar="MIB",
        help="CUDA: what each request takes in one piece, where that is more than its keys and values need; default: %(default)s")
    for flag, why in SIMULATED.items():
        add(flag, metavar="MILLIS", help="not used: " + why)
    return parser


def _truth(word: str) -> bool:
    if word.lower() not in ("true", "false"):
        raise argparse.ArgumentTypeError(f"found '{word}', expected true or false")
    return word.lower() == "true"


def _at_least(least: int):
    def number(word: str) -> int:
        value = int(word)
        if value < least:
            raise argparse.ArgumentTypeError(f"found {value}, expected {least} or more")
        return value

    return number


def _positive(word: str) -> float:
    value = float(word)
    if not value > 0:
        raise argparse.ArgumentTypeError(f"found {value}, expected more than 0")
    return value
