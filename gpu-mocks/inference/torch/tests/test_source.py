import threading
import unittest
import tempfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from modelserver import architecture, random_weights, safetensors, source
from modelserver.failure import StartFailure
from modelserver.store import StoreServer

SMALL = architecture.of_size(656_000)
FILE = b"".join(random_weights.chunks(SMALL, 1))


@contextmanager
def serving(server):
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def store(file: bytes):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chat" / "r1" / source.NAME
        path.parent.mkdir(parents=True)
        path.write_bytes(file)
        with serving(StoreServer("127.0.0.1", 0, Path(folder))) as url:
            yield url


@contextmanager
def relay(body: bytes, digest_of: bytes, length: int):
    """Somebody on the way who says what he likes of what he sends."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format, *args):  # noqa: A002
            pass

        def do_GET(self):
            self.send_response(200)
            self.send_header("Repr-Digest", source.repr_digest(digest_of))
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(body)

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as url:
        yield url


class SourceTest(unittest.TestCase):
    def fails(self, url: str, code: int, words: str, verify: str = "digest", model: str = "chat", pause=lambda s: None):
        with self.assertRaisesRegex(StartFailure, words) as failed:
            source.from_store(url, model, "r1", verify, pause)
        self.assertEqual(failed.exception.exit_code, code)

    def test_what_the_store_holds_is_loaded(self):
        with store(FILE) as url:
            artefact = source.from_store(url, "chat", "r1", "digest")

        self.assertEqual(artefact.architecture, SMALL)
        self.assertEqual(artefact.file.tobytes(), FILE)

    def test_a_model_that_is_not_there_is_an_artefact_that_is_not(self):
        with store(FILE) as url:
            self.fails(url, 65, "^model artefact other@r1: .*answered 404, expected 200", model="other")

    def test_a_file_cut_short_on_the_way_has_another_digest(self):
        cut = FILE[: len(FILE) * 6 // 10]
        with relay(cut, FILE, len(cut)) as url:
            self.fails(url, 65, f"^model artefact chat@r1: found {len(cut)} bytes with digest sha-256=:.*, expected sha-256=:")

    def test_without_the_digest_loading_sees_what_lacks(self):
        cut = FILE[: len(FILE) * 6 // 10]
        with relay(cut, FILE, len(cut)) as url:
            self.fails(url, 65, "Error while deserializing header: .*MetadataIncompleteBuffer", verify="nothing")

    def test_a_bit_that_is_another_is_seen_by_the_digest_only(self):
        flipped = bytearray(FILE)
        flipped[-1] ^= 0x40
        with relay(bytes(flipped), FILE, len(flipped)) as url:
            self.fails(url, 65, "found .* bytes with digest")
            source.from_store(url, "chat", "r1", "nothing")

    def test_a_download_that_ends_before_its_length_is_tried_again_until_the_store_counts_as_unreachable(self):
        tries = []
        with relay(FILE[:1000], FILE, len(FILE)) as url:
            source_limit, source._UNREACHABLE_FOR_S = source._UNREACHABLE_FOR_S, 0.05
            try:
                self.fails(url, 69, "^model store unreachable for chat@r1: .*IncompleteRead", pause=tries.append)
            finally:
                source._UNREACHABLE_FOR_S = source_limit
        self.assertTrue(tries)

    def test_a_file_that_tells_no_architecture_is_refused_with_what_to_do(self):
        made_up = safetensors.header_bytes({}, {"weights": ("U8", (16,))}) + b"x" * 16
        with store(made_up) as url:
            self.fails(url, 65, "no architecture: found __metadata__ .* expected architecture=airworthy-decoder .* make-model")

    def test_the_architecture_may_stand_beside_the_file(self):
        shapes = {name: ("BF16", shape) for name, shape in SMALL.tensors().items()}
        head = safetensors.header_bytes({}, shapes)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / source.NAME
            file.write_bytes(head + bytes(SMALL.parameters() * 2))
            file.with_name("config.json").write_text(str(SMALL.metadata()).replace("'", '"'))

            self.assertEqual(source.from_file(file).architecture, SMALL)

    def test_a_tensor_of_another_shape_is_named(self):
        shapes = {name: ("BF16", shape) for name, shape in SMALL.tensors().items()}
        del shapes["lm_head.weight"]
        short = safetensors.header_bytes(SMALL.metadata(), shapes)
        size = 2 * (SMALL.parameters() - SMALL.vocabulary * SMALL.hidden)
        with store(short + bytes(size)) as url:
            self.fails(url, 65, "tensor lm_head.weight: found shape nothing, expected")


class StoreTest(unittest.TestCase):
    def test_nothing_above_its_folder_is_served(self):
        with tempfile.TemporaryDirectory() as folder:
            secret = Path(folder) / "secret"
            secret.write_text("x")
            inner = Path(folder) / "inner"
            inner.mkdir()
            server = StoreServer("127.0.0.1", 0, inner)
            try:
                for path in ("/../secret", "/a/../secret", "/%2e%2e/x/secret", "/a/b/../../../secret"):
                    self.assertIsNone(server.file(path), path)
            finally:
                server.server_close()


class RandomWeightsTest(unittest.TestCase):
    def test_the_same_seed_gives_the_same_file_on_every_machine(self):
        import hashlib

        self.assertEqual(FILE, b"".join(random_weights.chunks(SMALL, 1)))
        self.assertNotEqual(FILE, b"".join(random_weights.chunks(SMALL, 2)))
        self.assertEqual(hashlib.sha256(FILE).hexdigest()[:16], "491c090aa66c611e")

    def test_sizes_are_about_those_asked_for(self):
        for asked in (1_000_000, 10_000_000, 100_000_000):
            with self.subTest(asked):
                self.assertLess(abs(architecture.of_size(asked).parameters() - asked) / asked, 0.06)


if __name__ == "__main__":
    unittest.main()
