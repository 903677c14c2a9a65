"""A model server as the process of a pod."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Sequence

from . import options as told
from . import source
from .engine import Engine
from .failure import OutOfMemory, StartFailure
from .levers import Levers
from .metrics import EngineMetrics
from .options import Options
from .vocabulary import Vocabulary
from .web import NoModel, Site, WebServer
from .workspaces import Workspaces

# What is written here stands in the container's status, where people look first.
_TERMINATION_LOG = Path("/dev/termination-log")

# An answer whose request names no length, as the mock's.
_DEFAULT_LENGTH = 20


def run(argv: Sequence[str]) -> None:
    """Serves until SIGTERM, unless it ends by itself."""
    options = told.parse(argv, os.environ)
    # connections are cut at once, as a killed pod's are
    signal.signal(signal.SIGTERM, lambda *_: os._exit(128 + signal.SIGTERM))
    for flag in options.ignored:
        say(f"{flag} is not used: {told.SIMULATED[flag]}")
    try:
        _serve(options)
    except StartFailure as e:
        end(str(e), e.exit_code)
    except OutOfMemory as e:
        end(f"torch.OutOfMemoryError: {e}", 1)
    except KeyboardInterrupt:
        os._exit(128 + signal.SIGINT)
    except Exception as e:  # noqa: BLE001 - the last words, whatever it was
        end(f"{type(e).__name__}: {e}", 1)


def say(line: str) -> None:
    print(line, flush=True)


def end(words: str, code: int) -> None:
    """Ends the process from any thread, with these words as its last ones."""
    words = " ".join(words.split())
    if os.access(_TERMINATION_LOG, os.W_OK):
        _TERMINATION_LOG.write_text(words)
    print(words, file=sys.stderr, flush=True)
    os._exit(code)


def _serve(options: Options) -> None:
    try:
        # weights before PyTorch, which takes seconds: who has none needs no PyTorch. Nobody holds the file once it is loaded.
        site, what = _computing(options, _artefact(options))
    except StartFailure as e:
        if options.exit_on_error:
            raise
        say(str(e))
        site, what = _without_model(options, NoModel(str(e), not options.strict_readiness)), "no model"
    _listen(options, site, what)


def _without_model(options: Options, why: NoModel) -> Site:
    return Site(
        options.model, options.pod, options.namespace, options.max_model_len, _DEFAULT_LENGTH, Levers(cuda=False),
        EngineMetrics(options.model, 1), lambda: None, options.exit_on_oom, no_model=why)


def _artefact(options: Options) -> source.Artefact:
    if options.weights:
        return source.from_file(Path(options.weights))
    if options.store:
        return source.from_store(options.store, options.model, options.revision, options.verify)
    raise StartFailure.artefact(
        f"{options.model}@{options.revision}: found neither --model-store, nor $MODEL_STORE, nor --weights, expected one of them")


def _computing(options: Options, artefact: source.Artefact) -> tuple[Site, str]:
    try:
        import torch
    except ImportError as e:
        raise RuntimeError(f"found no PyTorch ({e}); install torch for {sys.executable}") from e
    from .decoder import Decoder, cache_bytes
    from .memory import Cuda, HostMemory
    from .pressure import DeviceMemory

    kind = ("cuda" if torch.cuda.is_available() else "cpu") if options.device == "auto" else options.device
    torch.set_num_threads(options.threads)
    device = torch.device("cuda", 0) if kind == "cuda" else torch.device("cpu")
    dtype = getattr(torch, options.dtype)
    levers = Levers(cuda=kind == "cuda")
    needed = cache_bytes(artefact.architecture, options.max_model_len, dtype)
    workspace = max(needed, options.workspace_bytes if kind == "cuda" else 0)
    memory = DeviceMemory(Cuda(device), options.memory_bytes, workspace, levers) if kind == "cuda" else HostMemory(workspace)
    if "expandable_segments:True" in os.environ.get("PYTORCH_CUDA_ALLOC_CONF", "") + os.environ.get("PYTORCH_ALLOC_CONF", ""):
        say("expandable_segments is on: free memory in pieces may be put together again, so memoryPiece may do nothing")
    model = Decoder(artefact, device, dtype, options.max_model_len)
    vocabulary = Vocabulary(artefact.architecture.vocabulary)
    workspaces = Workspaces(memory, options.shed_after, options.exit_on_oom, say, lambda words: end(words, 1))
    # the first computation loads libraries and kernels, which is nobody's first token
    trial = workspaces.take()
    token = model.prefill(trial, [1])
    for batch in (1, 2, 4, 8):
        model.step([(trial, 2, token)] * batch)
    workspaces.give_back(trial)
    # others wait, as long as nothing takes memory from them
    at_once = min(options.max_num_seqs, memory.room())
    metrics = EngineMetrics(options.model, at_once * options.max_model_len)
    engine = Engine(model, vocabulary, workspaces, levers, metrics, at_once, memory.settle)
    site = Site(
        options.model, options.pod, options.namespace, options.max_model_len, _DEFAULT_LENGTH, levers, metrics,
        memory.statistics if options.allocator_series else lambda: None, options.exit_on_oom, engine, workspaces)
    threading.Thread(target=_run, args=(engine,), name="engine", daemon=True).start()
    name = torch.cuda.get_device_name(device) if kind == "cuda" else "the processor"
    return site, (
        f"{artefact.architecture.parameters() / 1e6:.1f} million parameters in {options.dtype}, PyTorch {torch.__version__} on {name},"
        f" {workspace / told.MIB:.0f} MiB a request, {at_once} at once")


def _run(engine: Engine) -> None:
    try:
        engine.run()
    except BaseException as e:  # noqa: BLE001 - nothing computes any more, whatever it was
        end(f"{type(e).__name__}: {e}", 1)


def _listen(options: Options, site: Site, what: str) -> None:
    # threads that write events should not wait long for the one that computes, and the other way round
    sys.setswitchinterval(0.001)
    try:
        server = WebServer(options.host, options.port, site)
    except OSError as e:
        raise OSError(f"model server: cannot listen on {options.host}:{options.port}: {e}") from e
    say(f"serving {options.model} at http://{options.host}:{server.server_address[1]}: {what}")
    server.serve_forever()
