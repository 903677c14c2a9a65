import json
import struct
import tempfile
import unittest
from pathlib import Path

from modelserver import safetensors


def file(header, data: bytes = b"") -> bytes:
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(raw)) + raw + data


def tensor(begin: int, end: int, shape=(2,), dtype="F32") -> dict:
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [begin, end]}


GOOD = file({"__metadata__": {"k": "v"}, "a": tensor(0, 8), "b": tensor(8, 16)}, b"x" * 16)
BROKEN = {
    "HeaderTooSmall": GOOD[:5],
    "InvalidHeaderLength": GOOD[:40],
    "HeaderTooLarge": struct.pack("<Q", 1 << 62) + b"x" * 100,
    "MetadataIncompleteBuffer": GOOD[:-1],
    "InvalidHeader": file(b"\xff\xfe{}"),
    "InvalidHeaderDeserialization": file(b"{no"),
    "InvalidOffset": file({"a": tensor(0, 8), "b": tensor(4, 12)}, b"x" * 12),
    "TensorInvalidInfo": file({"a": tensor(0, 8, shape=(3,))}, b"x" * 8),
}


class SafetensorsTest(unittest.TestCase):
    def test_a_whole_file_tells_its_tensors(self):
        header = safetensors.read_header(GOOD)

        self.assertEqual(header.metadata, {"k": "v"})
        self.assertEqual(header.tensors["b"], safetensors.TensorInfo("F32", (2,), 8, 16))
        self.assertEqual(len(GOOD) - header.data_at, 16)

    def test_what_is_wrong_is_named(self):
        for name, broken in BROKEN.items():
            with self.subTest(name), self.assertRaisesRegex(safetensors.Unreadable, rf"\({name}\)$"):
                safetensors.read_header(broken)

    def test_each_cut_is_seen(self):
        for length in range(len(GOOD)):
            with self.subTest(length), self.assertRaises(safetensors.Unreadable):
                safetensors.read_header(GOOD[:length])

    def test_a_header_that_is_written_can_be_read(self):
        head = safetensors.header_bytes({"architecture": "x"}, {"a": ("BF16", (2, 3)), "b": ("F32", (1,))})

        header = safetensors.read_header(head + b"x" * 16)

        self.assertEqual(header.data_at % 8, 0)
        self.assertEqual(header.tensors["b"], safetensors.TensorInfo("F32", (1,), 12, 16))

    def test_the_library_says_the_same(self):
        try:
            import safetensors as library
            from safetensors import SafetensorError, safe_open
        except ImportError:
            self.skipTest("the safetensors library is not installed")
        if tuple(map(int, library.__version__.split(".")[:2])) < (0, 6):
            self.skipTest(f"safetensors {library.__version__} prints only the names in brackets")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.safetensors"
            for name, broken in BROKEN.items():
                path.write_bytes(broken)
                with self.assertRaises(SafetensorError) as theirs:
                    safe_open(path, "pt")
                with self.assertRaises(safetensors.Unreadable) as ours:
                    safetensors.read_header(broken)
                # a JSON parser's own words differ
                said = str(theirs.exception).split("JSON in header")[0].split("UTF-8 in header")[0]
                with self.subTest(name):
                    self.assertTrue(str(ours.exception).startswith(said), (said, str(ours.exception)))


if __name__ == "__main__":
    unittest.main()
