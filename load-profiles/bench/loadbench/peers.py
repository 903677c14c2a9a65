"""Other people's load clients: each in a virtual environment of its own, at a pinned version."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from .problem import Unavailable


def find_python(allowed: list[tuple[int, int]], given: list[str]) -> str:
    """An interpreter of one of the allowed versions that can make virtual environments; the first version is preferred."""
    for version in allowed:
        for candidate in _candidates(version, given):
            if _version_of(candidate) == version:
                return candidate
    names = " or ".join(f"{major}.{minor}" for major, minor in allowed)
    raise Unavailable(f"found no Python {names} with the modules venv and ensurepip; name one with --python PATH")


def _candidates(version: tuple[int, int], given: list[str]) -> list[str]:
    name = f"python{version[0]}.{version[1]}"
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    kept = sorted(str(path) for path in pyenv.glob(f"versions/{version[0]}.{version[1]}*/bin/{name}"))
    on_path = shutil.which(name)
    return [*given, sys.executable, *([on_path] if on_path else []), *kept]


def _version_of(python: str) -> tuple[int, int] | None:
    """By running it: a name on the path may be a stand-in for something that is not installed."""
    try:
        said = subprocess.run([python, "-c", "import sys, venv, ensurepip; print(*sys.version_info[:2])"], capture_output=True,
                              text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return tuple(map(int, said.stdout.split())) if said.returncode == 0 else None


def install(package: str, version: str, allowed: list[tuple[int, int]], given: list[str], target: Path) -> Path:
    """The folder of a peer's programs; installs it when it is not there yet, from the package index that pip is set up for."""
    folder = target / "peers" / f"{package}-{version}"
    done = folder / "installed"
    if done.exists():
        return folder / "bin"
    python = find_python(allowed, given)
    print(f"installing {package} {version} (some hundred megabytes, once)", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    for command in ([python, "-m", "venv", str(folder)],
                    [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", f"{package}=={version}"]):
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode != 0:
            last = (made.stderr.strip() or made.stdout.strip()).splitlines()[-1:]
            raise Unavailable(f"{package} {version} could not be installed: {' '.join(last)}")
    done.touch()
    return folder / "bin"


def make_tokenizer(folder: Path) -> Path:
    """A small tokenizer that knows the words of our prompts and of the server, so that no peer has to download one."""
    words = ["<unk>", "<s>", "</s>"] + [f"w{i}" for i in range(2000)] + [f"tok{i}" for i in range(2000)]
    special = [{"id": i, "content": words[i], "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                "special": True} for i in range(3)]
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special, "normalizer": None,
        "pre_tokenizer": {"type": "Whitespace"}, "post_processor": None, "decoder": None,
        "model": {"type": "WordLevel", "vocab": {word: i for i, word in enumerate(words)}, "unk_token": "<unk>"},
    }
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "unk_token": "<unk>", "bos_token": "<s>", "eos_token": "</s>"}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    return folder
