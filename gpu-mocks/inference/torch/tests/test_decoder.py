"""What needs PyTorch, on the processor."""

import importlib.util
import unittest
from unittest import mock

# a folder of this name is no PyTorch
SPEC = importlib.util.find_spec("torch")
TORCH = SPEC is not None and SPEC.origin is not None


@unittest.skipUnless(TORCH, "PyTorch is not installed: nothing is proven of what it computes")
class DecoderTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import torch

        from modelserver import architecture, random_weights, safetensors, source
        from modelserver.decoder import Decoder, cache_bytes
        from modelserver.memory import HostMemory

        torch.set_num_threads(1)
        shape = architecture.of_size(2_000_000)
        file = bytearray(b"".join(random_weights.chunks(shape, 7)))
        cls.torch, cls.shape, cls.file = torch, shape, file
        cls.artefact = source.Artefact(safetensors.read_header(file), shape, memoryview(file))
        cls.decoder = Decoder(cls.artefact, torch.device("cpu"), torch.float32, 64)
        cls.memory = HostMemory(cache_bytes(shape, 64, torch.float32))

    def answer(self, prompt, length: int) -> list:
        workspace = self.memory.take()
        tokens = [self.decoder.prefill(workspace, prompt)]
        while len(tokens) < length:
            tokens += self.decoder.step([(workspace, len(prompt) + len(tokens), tokens[-1])])
        return tokens

    def test_an_answer_made_step_by_step_is_the_one_computed_at_once(self):
        prompt = [5, 9, 2]
        tokens = self.answer(prompt, 12)

        for made in range(1, 12):
            self.assertEqual(self.decoder.prefill(self.memory.take(), prompt + tokens[:made]), tokens[made])

    def test_it_is_the_transformer_that_its_metadata_says(self):
        """Against the definition, written down without a cache and without any product of ours."""
        torch, of = self.torch, self.shape
        read = {
            name: torch.frombuffer(self.file, dtype=torch.bfloat16, count=(info.end - info.begin) // 2,
                                   offset=self.artefact.header.data_at + info.begin).view(info.shape).float()
            for name, info in self.artefact.header.tensors.items()
        }

        def norm(x, name):
            return x / (x.pow(2).mean(-1, keepdim=True) + 1e-5).sqrt() * read[name]

        def turned(x):
            half = of.head // 2
            out = x.clone()
            for position in range(x.shape[0]):
                for pair in range(half):
                    angle = torch.tensor(position * 10_000.0 ** (-2 * pair / of.head))
                    low, high = x[position, :, pair], x[position, :, pair + half]
                    out[position, :, pair] = low * angle.cos() - high * angle.sin()
                    out[position, :, pair + half] = high * angle.cos() + low * angle.sin()
            return out

        x = read["model.embed_tokens.weight"][[0, 5, 9, 2]]
        for layer in range(of.layers):
            at = f"model.layers.{layer}."
            n = norm(x, at + "input_layernorm.weight")
            q = turned((n @ read[at + "self_attn.q_proj.weight"].T).view(4, of.heads, of.head))
            k = turned((n @ read[at + "self_attn.k_proj.weight"].T).view(4, of.kv_heads, of.head))
            v = (n @ read[at + "self_attn.v_proj.weight"].T).view(4, of.kv_heads, of.head)
            mixed = torch.zeros(4, of.heads, of.head)
            for head in range(of.heads):
                group = head * of.kv_heads // of.heads
                for t in range(4):
                    weights = torch.softmax(k[:t + 1, group] @ q[t, head] / of.head ** 0.5, -1)
                    mixed[t, head] = weights @ v[:t + 1, group]
            x = x + mixed.reshape(4, -1) @ read[at + "self_attn.o_proj.weight"].T
            n = norm(x, at + "post_attention_layernorm.weight")
            gate, up = n @ read[at + "mlp.gate_proj.weight"].T, n @ read[at + "mlp.up_proj.weight"].T
            x = x + (gate * torch.sigmoid(gate) * up) @ read[at + "mlp.down_proj.weight"].T
        logits = norm(x[-1:], "model.norm.weight") @ read["lm_head.weight"].T

        self.assertEqual(self.decoder.prefill(self.memory.take(), [5, 9, 2]), int(logits.argmax()))

    def test_answers_do_not_depend_on_what_else_is_computed(self):
        alone = [self.answer(prompt, 10) for prompt in ([1], [2, 3], [4, 5, 6])]

        together = []
        for prompt in ([1], [2, 3], [4, 5, 6]):
            workspace = self.memory.take()
            together.append([prompt, workspace, [self.decoder.prefill(workspace, prompt)]])
        for _ in range(9):
            step = self.decoder.step([(w, len(p) + len(t), t[-1]) for p, w, t in together])
            for one, token in zip(together, step):
                one[2].append(token)

        self.assertEqual([tokens for _, _, tokens in together], alone)

    def test_another_prompt_or_other_weights_give_another_answer(self):
        from modelserver import safetensors, source
        from modelserver.decoder import Decoder

        flipped = bytearray(self.file)
        for at in range(self.artefact.header.data_at, len(flipped), 64):
            flipped[at + 1 - at % 2] ^= 0x80
        other = Decoder(source.Artefact(safetensors.read_header(flipped), self.shape, memoryview(flipped)),
                        self.torch.device("cpu"), self.torch.float32, 64)
        self.assertNotEqual(self.answer([1, 2], 8), self.answer([2, 1], 8))
        self.assertNotEqual(self.answer([1, 2], 8)[0], other.prefill(self.memory.take(), [1, 2]))

    def test_memory_that_the_processor_has_not_is_out_of_memory(self):
        from modelserver.failure import OutOfMemory
        from modelserver.memory import HostMemory

        with self.assertRaisesRegex(OutOfMemory, "can't allocate memory: you tried to allocate [0-9]+ bytes"):
            HostMemory(1 << 50).take()

    def test_the_accelerators_allocator_is_asked_by_functions_that_pytorch_has(self):
        from modelserver.memory import Cuda

        cuda = self.torch.cuda
        segment = {"device": 0, "address": 1, "total_size": 9, "segment_type": "large", "blocks": [{"size": 9, "state": "inactive"}]}
        answers = {
            "get_device_properties": mock.Mock(total_memory=1000), "mem_get_info": (600, 1000), "memory_reserved": 9,
            "memory_snapshot": [segment], "memory_stats": {"reserved_bytes.all.current": 9, "num_ooms": 2},
            "set_per_process_memory_fraction": None,
        }
        for name, answer in answers.items():
            # with its signature
            patch = mock.patch.object(cuda, name, autospec=True, return_value=answer)
            self.addCleanup(patch.stop)
            patch.start()
        allocator = Cuda(self.torch.device("cuda", 0))
        allocator.cap(100)

        self.assertEqual(cuda.set_per_process_memory_fraction.call_args.args[0], 0.612)
        self.assertEqual((allocator.free_on_device(), allocator.reserved(), len(allocator.snapshot())), (600, 9, 1))
        told = allocator.statistics()
        self.assertEqual((told.reserved, told.allocated, told.largest_free, told.failures), (9, 0, 9, 2))

    def test_pytorchs_words_are_on_one_line(self):
        from modelserver.memory import words

        self.assertEqual(words(self.torch.OutOfMemoryError("CUDA out of memory.\n Tried to\nException raised from f")),
                         "CUDA out of memory. Tried to")
        self.assertIsNone(words(ValueError("x")))
        self.assertIsNone(words(None))


if __name__ == "__main__":
    unittest.main()
