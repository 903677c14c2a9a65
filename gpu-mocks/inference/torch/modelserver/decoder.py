"""A small decoder-only transformer: RMSNorm, rotary positions, grouped queries, SwiGLU, greedy choice."""

from __future__ import annotations

from typing import Sequence

import torch
import torch.nn.functional as F

from .architecture import Architecture
from .failure import OutOfMemory
from .memory import words
from .pressure import Workspace
from .source import Artefact

_DTYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
_EPSILON = 1e-5
_THETA = 10_000.0
# Begins each text, so that an empty prompt is one too.
_BEGIN = 0


class Decoder:
    """Computes answers; what a request needs stands in its workspace. Not thread-safe."""

    def __init__(self, artefact: Artefact, device: torch.device, dtype: torch.dtype, max_tokens: int):
        self._of = artefact.architecture
        self._device = device
        self._dtype = dtype
        self._max_tokens = max_tokens
        take = lambda name: _tensor(artefact, name).to(device=device, dtype=dtype)  # noqa: E731
        self._embed = take("model.embed_tokens.weight")
        self._layers = []
        for layer in range(self._of.layers):
            at = f"model.layers.{layer}."
            self._layers.append((
                take(at + "input_layernorm.weight"),
                # in one product each
                torch.cat([take(at + f"self_attn.{one}_proj.weight") for one in "qkv"]),
                take(at + "self_attn.o_proj.weight"),
                take(at + "post_attention_layernorm.weight"),
                torch.cat([take(at + f"mlp.{one}_proj.weight") for one in ("gate", "up")]),
                take(at + "mlp.down_proj.weight"),
            ))
        self._norm = take("model.norm.weight")
        self._head = take("lm_head.weight")
        pace = _THETA ** (-torch.arange(0, self._of.head, 2, dtype=torch.float32) / self._of.head)
        angles = torch.outer(torch.arange(max_tokens, dtype=torch.float32), pace)
        self._cos = angles.cos().to(device=device, dtype=dtype)
        self._sin = angles.sin().to(device=device, dtype=dtype)

    def prefill(self, workspace: Workspace, tokens: Sequence[int]) -> int:
        of = self._of
        count = len(tokens) + 1
        cache = self._cache(workspace)
        group = of.heads // of.kv_heads

        def attend(layer: int, q, k, v):
            cache[layer, 0, :, :count] = k.transpose(0, 1)
            cache[layer, 1, :, :count] = v.transpose(0, 1)
            mixed = F.scaled_dot_product_attention(
                q.transpose(0, 1).unsqueeze(0),
                k.transpose(0, 1).repeat_interleave(group, dim=0).unsqueeze(0),
                v.transpose(0, 1).repeat_interleave(group, dim=0).unsqueeze(0),
                is_causal=True)
            return mixed.squeeze(0).transpose(0, 1).reshape(count, of.hidden)

        with torch.inference_mode(), _allocator_words():
            positions = torch.arange(count, device=self._device)
            hidden = self._forward(torch.tensor([_BEGIN, *tokens], device=self._device), positions, attend)
            return int(self._logits(hidden[-1:]).argmax(-1).item())

    def step(self, slots: Sequence[tuple[Workspace, int, int]]) -> list[int]:
        of = self._of
        group = of.heads // of.kv_heads
        caches = [self._cache(workspace) for workspace, _, _ in slots]
        ends = [position for _, position, _ in slots]

        def attend(layer: int, q, k, v):
            # a batch of one each: fused kernels want four dimensions
            q = q.view(len(slots), 1, of.kv_heads, group, of.head)
            both = torch.stack((k, v), dim=1)
            out = torch.empty_like(q)
            for slot, (cache, end) in enumerate(zip(caches, ends)):
                here = cache[layer]
                here[:, :, end] = both[slot]
                # one token asks of all before it: the queries of a group take the place of a sequence, and need no mask
                out[slot] = F.scaled_dot_product_attention(q[slot], here[:1, :, :end + 1], here[1:, :, :end + 1])
            return out.view(len(slots), of.hidden)

        with torch.inference_mode(), _allocator_words():
            positions = torch.tensor(ends, device=self._device)
            hidden = self._forward(torch.tensor([token for _, _, token in slots], device=self._device), positions, attend)
            return self._logits(hidden).argmax(-1).tolist()

    def _forward(self, tokens, positions, attend):
        of = self._of
        kv = of.kv_heads * of.head
        hidden = self._embed[tokens]
        cos, sin = self._cos[positions].unsqueeze(1), self._sin[positions].unsqueeze(1)
        for layer, (norm_in, qkv, out, norm_mlp, gate_up, down) in enumerate(self._layers):
            q, k, v = F.linear(self._normed(hidden, norm_in), qkv).split((of.hidden, kv, kv), dim=-1)
            q = _rotated(q.view(-1, of.heads, of.head), cos, sin)
            k = _rotated(k.view(-1, of.kv_heads, of.head), cos, sin)
            hidden = hidden + F.linear(attend(layer, q, k, v.view(-1, of.kv_heads, of.head)), out)
            gate, up = F.linear(self._normed(hidden, norm_mlp), gate_up).chunk(2, dim=-1)
            hidden = hidden + F.linear(F.silu(gate) * up, down)
        return hidden

    def _logits(self, hidden):
        return F.linear(self._normed(hidden, self._norm), self._head)

    def _normed(self, hidden, weight):
        return F.rms_norm(hidden, (self._of.hidden,), weight, _EPSILON)

    def _cache(self, workspace: Workspace) -> torch.Tensor:
        of = self._of
        shape = (of.layers, 2, of.kv_heads, self._max_tokens, of.head)
        return workspace.tensor[: cache_bytes(of, self._max_tokens, self._dtype)].view(self._dtype).view(shape)


def cache_bytes(architecture: Architecture, tokens: int, dtype: torch.dtype) -> int:
    return architecture.cache_elements(tokens) * dtype.itemsize


def _rotated(x, cos, sin):
    low, high = x.chunk(2, dim=-1)
    return torch.cat((low * cos - high * sin, high * cos + low * sin), dim=-1)


def _tensor(artefact: Artefact, name: str) -> torch.Tensor:
    info = artefact.header.tensors[name]
    dtype = _DTYPES[info.dtype]
    flat = torch.frombuffer(
        artefact.file, dtype=dtype, count=(info.end - info.begin) // dtype.itemsize, offset=artefact.header.data_at + info.begin)
    return flat.view(info.shape)


class _allocator_words:
    """Turns PyTorch's failure to allocate into ours."""

    def __enter__(self):
        return self

    def __exit__(self, kind, failure, trace):
        said = words(failure)
        if said:
            raise OutOfMemory(said) from failure
        return False
