import http.client
import json
import threading
import unittest

from modelserver.engine import Engine
from modelserver.levers import Levers
from modelserver.metrics import EngineMetrics
from modelserver.vocabulary import Vocabulary
from modelserver.web import NoModel, Site, WebServer
from modelserver.workspaces import Workspaces

from .fakes import FakeMemory, FakeModel


class WebTest(unittest.TestCase):
    def setUp(self):
        self.memory = FakeMemory()
        self.serve()

    def serve(self, cuda: bool = True, ends: bool = False, no_model=None):
        levers = Levers(cuda)
        metrics = EngineMetrics("chat", 1000)
        workspaces = Workspaces(self.memory, 3, False, lambda line: None, lambda words: None)
        engine = Engine(FakeModel(), Vocabulary(1000), workspaces, levers, metrics, 256)
        threading.Thread(target=engine.run, daemon=True).start()
        site = Site("chat", "chat-1", "team-a", 2048, 20, levers, metrics, lambda: None, ends,
                    *((None, None, no_model) if no_model else (engine, workspaces, None)))
        server = WebServer("127.0.0.1", 0, site)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.port = server.server_address[1]

    def ask(self, method: str, path: str, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        self.addCleanup(connection.close)
        connection.request(method, path, None if body is None else json.dumps(body))
        reply = connection.getresponse()
        return reply.status, reply.headers, reply.read().decode()

    def chat(self, **more):
        return self.ask("POST", "/v1/chat/completions",
                        {"model": "chat", "messages": [{"role": "user", "content": "a b c"}], "max_tokens": 2, **more})

    def test_a_streamed_answer_has_openais_events(self):
        status, headers, body = self.chat(stream=True, stream_options={"include_usage": True})

        self.assertEqual((status, headers["x-inference-pod"], headers["x-inference-namespace"], headers["x-inference-port"]),
                         (200, "chat-1", "team-a", str(self.port)))
        events = [line[6:] for line in body.split("\n\n") if line]
        self.assertEqual(events[-1], "[DONE]")
        read = [json.loads(event) for event in events[:-1]]
        self.assertEqual([one["choices"][0]["delta"] for one in read[:-1]],
                         [{"role": "assistant", "content": ""}, {"content": "river"}, {"content": " stone"}, {"content": ""}])
        self.assertEqual([one["choices"][0]["finish_reason"] for one in read[:-1]], [None, None, None, "length"])
        self.assertEqual((read[-1]["choices"], read[-1]["usage"]["prompt_tokens"], read[-1]["usage"]["completion_tokens"]),
                         ([], 3, 2))

    def test_a_whole_answer_is_one_body(self):
        status, _, body = self.chat()

        self.assertEqual((status, json.loads(body)["choices"][0]["message"]["content"]), (200, "river stone"))

    def test_a_completion_of_bare_text_is_answered_too(self):
        status, _, body = self.ask("POST", "/v1/completions", {"model": "chat", "prompt": "a b c", "max_tokens": 2, "stream": True})

        self.assertEqual((status, json.loads(body.split("\n\n")[0][6:])["choices"][0]["text"]), (200, "river"))

    def test_what_is_wrong_is_told(self):
        for status, path, body in (
            (404, "/v1/chat/completions", {"model": "other", "messages": [{"content": "a"}]}),
            (400, "/v1/chat/completions", {"model": "chat", "messages": []}),
            (400, "/v1/chat/completions", {"model": "chat", "messages": [{"content": "a"}], "max_tokens": 0}),
            (400, "/v1/chat/completions", {"model": "chat", "messages": [{"content": "a " * 2040}], "max_tokens": 20}),
            (400, "/v1/chat/completions", [1]),
            (404, "/nowhere", None),
        ):
            with self.subTest(body):
                found, _, text = self.ask("POST", path, body)
                self.assertEqual((found, json.loads(text)["error"]["code"]), (status, status))
        self.assertEqual(self.ask("GET", "/v1/completions")[0], 405)

    def test_without_memory_a_request_gets_503_and_after_three_it_is_not_ready(self):
        self.memory.room = 0
        status, _, body = self.chat(stream=True)
        self.assertEqual(status, 503)
        self.assertIn("Tried to allocate 128.00 MiB", body)
        self.assertEqual(self.ask("GET", "/health")[0], 200)
        self.chat()
        self.chat()
        self.assertEqual(self.ask("GET", "/health")[0], 503)
        self.memory.room = 1
        self.assertEqual(self.ask("GET", "/health")[0], 200)

    def test_one_that_ends_over_it_cuts_the_request(self):
        self.serve(ends=True)
        self.memory.room = 0
        with self.assertRaises((http.client.HTTPException, OSError)):
            self.chat()

    def test_levers_are_read_and_set_and_kept_where_somebody_else_set_them(self):
        path = "/admin/levers/tokenDelayFactor"
        self.assertEqual(self.ask("GET", path)[2], '{"value":1.0}')
        self.assertEqual(self.ask("PUT", path, {"value": 2, "expect": 1.0})[::2], (200, '{"value":2.0}'))
        self.assertEqual(self.ask("PUT", path, {"value": 3, "expect": 1.0})[::2], (409, '{"value":2.0}'))
        self.assertEqual(self.ask("PUT", path, {"value": 0.5})[0], 400)
        self.assertEqual(self.ask("PUT", path, {})[0], 400)
        self.assertEqual(len(json.loads(self.ask("GET", "/admin/levers")[2])), 5)

    def test_levers_of_memory_are_there_with_an_accelerator_only(self):
        self.serve(cuda=False)
        self.assertEqual(self.ask("PUT", "/admin/levers/memoryPiece", {"value": 0.5})[0], 404)

    def test_without_a_model_it_answers_with_errors_and_says_so_when_strict(self):
        self.serve(no_model=NoModel("it is cut", says_ready=False))
        self.assertEqual((self.chat()[0], self.ask("GET", "/health")[0]), (500, 503))
        self.serve(no_model=NoModel("it is cut", says_ready=True))
        self.assertEqual((self.chat()[0], self.ask("GET", "/health")[0]), (500, 200))

    def test_metrics_have_vllms_names(self):
        self.chat()
        text = self.ask("GET", "/metrics")[2]
        self.assertIn('vllm:generation_tokens_total{engine="0",model_name="chat"} 2\n', text)
        self.assertIn('vllm:time_to_first_token_seconds_bucket{engine="0",model_name="chat",le="2560.0"} 1\n', text)
        self.assertNotIn("torch_cuda", text)

    def test_a_client_that_leaves_is_noticed_at_the_next_write(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        body = {"model": "chat", "messages": [{"content": "a"}], "max_tokens": 2000, "stream": True}
        connection.request("POST", "/v1/chat/completions", json.dumps(body))
        connection.getresponse().readline()
        connection.close()
        for _ in range(1000):
            if self.memory.taken == 0:
                break
            threading.Event().wait(0.01)
        self.assertEqual(self.memory.taken, 0)


if __name__ == "__main__":
    unittest.main()
