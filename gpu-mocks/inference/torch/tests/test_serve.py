"""The program as it is run: what it leaves behind when it ends, and, with PyTorch, that it serves."""

import http.client
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from modelserver import architecture, random_weights

SERVE = Path(__file__).parents[1] / "serve"
SPEC = importlib.util.find_spec("torch")
TORCH = SPEC is not None and SPEC.origin is not None


class ServeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "model.safetensors"
        random_weights.write(self.file, architecture.of_size(656_000), 3)

    def start(self, *arguments: str) -> subprocess.Popen:
        environment = {k: v for k, v in os.environ.items() if k not in ("AIRWORTHY_PYTHON", "MODEL_STORE", "POD_IP")}
        process = subprocess.Popen(
            [sys.executable, SERVE, "--model", "chat", "--host", "127.0.0.1", "--port", "0", "--device", "cpu", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def listening(self, process: subprocess.Popen) -> http.client.HTTPConnection:
        for line in process.stdout:
            found = re.match(r"serving chat at http://127\.0\.0\.1:(\d+)", line)
            if found:
                connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=20)
                self.addCleanup(connection.close)
                return connection
        self.fail(f"ended with {process.wait()} before it listened")

    def test_a_file_cut_short_ends_it_with_65_and_its_last_line_says_why(self):
        os.truncate(self.file, self.file.stat().st_size * 6 // 10)
        process = self.start("--weights", str(self.file))
        said = process.communicate(timeout=20)[0]

        self.assertEqual(process.returncode, 65)
        self.assertRegex(said.splitlines()[-1], "^model artefact .*MetadataIncompleteBuffer")

    def test_without_weights_it_says_where_they_could_come_from(self):
        process = self.start()
        self.assertIn("found neither --model-store, nor $MODEL_STORE, nor --weights", process.communicate(timeout=20)[0])
        self.assertEqual(process.returncode, 65)

    def test_where_it_is_to_stay_it_is_up_and_not_ready(self):
        connection = self.listening(self.start("--weights", str(self.file) + ".none", "--exit-on-error", "false"))
        connection.request("GET", "/health")
        self.assertEqual(connection.getresponse().status, 503)

    @unittest.skipUnless(TORCH, "PyTorch is not installed: nothing is proven of a server that computes")
    def test_it_serves_what_it_computes_and_ends_when_told(self):
        process = self.start("--weights", str(self.file), "--first-token", "40")
        connection = self.listening(process)

        def ask(**more):
            body = {"model": "chat", "messages": [{"role": "user", "content": "of the river"}], "max_tokens": 8, **more}
            connection.request("POST", "/v1/chat/completions", json.dumps(body))
            return connection.getresponse().read().decode()

        whole = json.loads(ask())["choices"][0]["message"]["content"]
        streamed = [json.loads(event[6:]) for event in ask(stream=True).split("\n\n")[:-2]]
        self.assertEqual("".join(event["choices"][0]["delta"]["content"] for event in streamed), whole)
        self.assertEqual(len(whole.split()), 8)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(20), 128 + signal.SIGTERM)


if __name__ == "__main__":
    unittest.main()
