"""What a model is made of, as the metadata of its file tells it, or a config.json beside it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Mapping, Optional

NAME = "airworthy-decoder"
HEAD = 64
VOCABULARY = 4096


@dataclass(frozen=True)
class Architecture:
    """A decoder with RMSNorm, rotary positions, grouped queries and SwiGLU."""

    vocabulary: int
    hidden: int
    layers: int
    heads: int
    kv_heads: int
    feed_forward: int

    @property
    def head(self) -> int:
        return self.hidden // self.heads

    def metadata(self) -> dict[str, str]:
        return {"architecture": NAME, **{field.name: str(getattr(self, field.name)) for field in fields(self)}}

    def tensors(self) -> dict[str, tuple[int, ...]]:
        """Names, as Llama's checkpoints have them, and shapes."""
        kv = self.kv_heads * self.head
        shapes: dict[str, tuple[int, ...]] = {"model.embed_tokens.weight": (self.vocabulary, self.hidden)}
        for layer in range(self.layers):
            of = f"model.layers.{layer}."
            shapes |= {
                of + "input_layernorm.weight": (self.hidden,),
                of + "self_attn.q_proj.weight": (self.hidden, self.hidden),
                of + "self_attn.k_proj.weight": (kv, self.hidden),
                of + "self_attn.v_proj.weight": (kv, self.hidden),
                of + "self_attn.o_proj.weight": (self.hidden, self.hidden),
                of + "post_attention_layernorm.weight": (self.hidden,),
                of + "mlp.gate_proj.weight": (self.feed_forward, self.hidden),
                of + "mlp.up_proj.weight": (self.feed_forward, self.hidden),
                of + "mlp.down_proj.weight": (self.hidden, self.feed_forward),
            }
        return shapes | {"model.norm.weight": (self.hidden,), "lm_head.weight": (self.vocabulary, self.hidden)}

    def parameters(self) -> int:
        total = 0
        for shape in self.tensors().values():
            count = 1
            for side in shape:
                count *= side
            total += count
        return total

    def cache_elements(self, tokens: int) -> int:
        """Keys and values of so many tokens."""
        return self.layers * 2 * self.kv_heads * tokens * self.head


def of_size(parameters: int) -> Architecture:
    """The one of about so many parameters whose depth is in the usual proportion to its width."""
    if parameters < 650_000:
        raise ValueError(f"found {parameters} parameters, expected 650000 or more")
    candidates = []
    for heads in range(2, 129, 2):
        for layers in range(2, 129):
            # usual: a layer for each 64 of width
            if heads / 2 <= layers <= heads * 2 or layers == 2:
                shape = _with(heads, layers)
                candidates.append((abs(shape.parameters() - parameters) / parameters, abs(layers - heads), shape))
        if _with(heads, 2).parameters() > 2 * parameters:
            break
    near = min(candidate[0] for candidate in candidates)
    return min((c for c in candidates if c[0] <= max(near, 0.05)), key=lambda c: (c[1], c[0]))[2]


def _with(heads: int, layers: int) -> Architecture:
    hidden = heads * HEAD
    # a small vocabulary where else it would be most of the model
    vocabulary = VOCABULARY if heads > 4 else VOCABULARY // 4
    return Architecture(vocabulary, hidden, layers, heads, heads // 2, -(-hidden * 8 // 3 // 64) * 64)


def read(metadata: Mapping[str, str], config: Optional[Mapping[str, object]]) -> Architecture:
    """Reads it from a file's metadata, or else from what stands beside the file.

    :raises ValueError: when neither tells; the message says what was found
    """
    source, told = ("__metadata__", metadata) if metadata.get("architecture") else ("config.json", config)
    if not told:
        raise ValueError(
            f"no architecture: found __metadata__ {sorted(metadata)} and no config.json, expected architecture={NAME} and its"
            " sizes; make such a file by make-model")
    if told.get("architecture") != NAME:
        raise ValueError(f"{source}: found architecture {told.get('architecture')!r}, expected {NAME}")
    try:
        read_ = Architecture(**{field.name: int(str(told[field.name])) for field in fields(Architecture)})
    except (KeyError, ValueError) as e:
        raise ValueError(
            f"{source}: found {dict(told)}, expected whole numbers for {[field.name for field in fields(Architecture)]}") from e
    if min(read_.__dict__.values()) < 1 or read_.hidden % read_.heads or read_.heads % read_.kv_heads or read_.head % 2:
        raise ValueError(f"{source}: found {read_}, expected heads that divide hidden, kv_heads that divide heads, an even head")
    return read_
