import time
import unittest

from modelserver import engine as e
from modelserver import levers as lever
from modelserver.completion import CompletionRequest, Usage
from modelserver.levers import Levers
from modelserver.metrics import EngineMetrics
from modelserver.vocabulary import Vocabulary
from modelserver.workspaces import Workspaces

from .fakes import FakeMemory, FakeModel


def request(length: int, asked: bool = True, prompt: str = "a b c") -> CompletionRequest:
    return CompletionRequest(True, "chat", prompt, True, True, length, asked)


class EngineTest(unittest.TestCase):
    def setUp(self):
        self.model = FakeModel()
        self.memory = FakeMemory()
        self.levers = Levers(cuda=True)
        self.metrics = EngineMetrics("chat", 1000)
        self.log = []
        self.vocabulary = Vocabulary(1000)
        self.workspaces = Workspaces(self.memory, 3, False, self.log.append, self.log.append)
        self.engine = self.of(256)

    def of(self, most: int) -> e.Engine:
        return e.Engine(self.model, self.vocabulary, self.workspaces, self.levers, self.metrics, most)

    def events(self, stream) -> list:
        seen = []
        while not stream.events.empty():
            seen.append(stream.events.get())
        return seen

    def steps(self, many: int) -> None:
        for _ in range(many):
            self.engine.once()

    def test_an_answer_is_admitted_then_told_token_by_token_and_ended(self):
        stream = self.engine.submit(request(3))
        self.steps(3)

        words = self.vocabulary.words
        self.assertEqual(
            self.events(stream),
            [e.Admitted(), e.Token(words[3]), e.Token(" " + words[4]), e.Token(" " + words[5]), e.Finished("length", Usage(3, 3))])
        self.assertEqual(self.memory.taken, 0)

    def test_an_answer_of_no_asked_length_ends_by_itself(self):
        stream = self.engine.submit(request(1, asked=False))
        self.steps(1)

        self.assertEqual(self.events(stream)[-1], e.Finished("stop", Usage(3, 1)))

    def test_one_step_makes_a_token_of_each_answer_under_way(self):
        for _ in range(3):
            self.engine.submit(request(10))
        self.steps(3)

        # each has its prompt and what begins a text behind it
        self.assertEqual(self.model.batches, [[4], [5, 4], [6, 5, 4]])

    def test_no_more_than_the_limit_are_computed_at_once_and_the_others_come_in_order(self):
        self.engine = self.of(1)
        first, second = self.engine.submit(request(2)), self.engine.submit(request(2))
        self.steps(1)
        self.assertEqual(len(self.events(second)), 0)
        self.assertIn("num_requests_waiting{engine=\"0\",model_name=\"chat\"} 1.0", self.metrics.text())
        self.steps(2)

        self.assertIsInstance(self.events(first)[-1], e.Finished)
        self.assertIsInstance(self.events(second)[0], e.Admitted)

    def test_a_request_without_memory_is_told_before_anything_else(self):
        self.memory.room = 0
        stream = self.engine.submit(request(2))
        self.steps(1)

        told = self.events(stream)
        self.assertEqual([type(one) for one in told], [e.NoMemory])
        self.assertFalse(told[0].sent)
        self.assertTrue(self.log[0].startswith("ERROR torch.OutOfMemoryError: CUDA out of memory. Tried"))
        self.assertIn('finished_reason="error"} 1\n', self.metrics.text())

    def test_a_step_without_memory_ends_what_is_under_way(self):
        stream = self.engine.submit(request(9))
        self.steps(1)
        self.model.fails = True
        self.steps(1)

        self.assertTrue(self.events(stream)[-1].sent)
        self.assertEqual(self.memory.taken, 0)

    def test_one_who_has_gone_gives_back(self):
        stream = self.engine.submit(request(100))
        self.steps(2)
        self.engine.leave(stream)
        self.steps(1)

        self.assertEqual(self.memory.taken, 0)
        self.assertIn('finished_reason="abort"} 1\n', self.metrics.text())
        self.assertIn('kv_cache_usage_perc{engine="0",model_name="chat"} 0.0\n', self.metrics.text())

    def test_an_answer_hangs_and_goes_on(self):
        self.levers.set(lever.HANG_AFTER_TOKENS, 2, None)
        stream = self.engine.submit(request(4))
        self.steps(5)
        self.assertEqual(len(self.events(stream)), 3)
        self.levers.set(lever.HANG_AFTER_TOKENS, 0, None)
        self.steps(2)

        self.assertIsInstance(self.events(stream)[-1], e.Finished)

    def test_a_step_is_made_so_many_times_as_long(self):
        step = self.model.step
        self.model.step = lambda slots: (time.sleep(0.01), step(slots))[1]
        self.engine.submit(request(2))
        self.levers.set(lever.TOKEN_DELAY_FACTOR, 10, None)
        begun = time.monotonic()
        self.steps(1)

        self.assertGreaterEqual(time.monotonic() - begun, 0.1)
        self.assertIn('inter_token_latency_seconds_bucket{engine="0",model_name="chat",le="0.075"} 0\n', self.metrics.text())

    def test_a_first_token_that_is_delayed_holds_nobody_else_up(self):
        prefill = self.model.prefill
        other = self.engine.submit(request(50))
        self.steps(1)
        self.model.prefill = lambda *given: (time.sleep(0.01), prefill(*given))[1]
        self.levers.set(lever.FIRST_TOKEN_DELAY_FACTOR, 1000, None)
        stream = self.engine.submit(request(2))
        self.steps(5)

        self.assertEqual(self.events(stream), [e.Admitted()])
        self.assertEqual(len(self.events(other)), 8)


class WorkspacesTest(unittest.TestCase):
    def setUp(self):
        self.memory = FakeMemory(room=0)
        self.log, self.last = [], []

    def fail(self, workspaces, times: int):
        for _ in range(times):
            with self.assertRaises(Exception):
                workspaces.take()

    def test_after_failures_in_a_row_it_tries_for_itself_until_there_is_memory(self):
        workspaces = Workspaces(self.memory, 3, False, self.log.append, self.last.append)
        self.fail(workspaces, 2)
        self.assertTrue(workspaces.fit())
        self.fail(workspaces, 1)
        self.assertFalse(workspaces.fit())
        self.assertEqual(self.memory.tries, 4)
        self.memory.room = 1
        self.assertTrue(workspaces.fit())
        self.assertEqual((self.memory.taken, len(self.log), self.last), (0, 3, []))

    def test_one_that_never_sheds_stays_ready(self):
        workspaces = Workspaces(self.memory, 0, False, self.log.append, self.last.append)
        self.fail(workspaces, 5)
        self.assertTrue(workspaces.fit())

    def test_one_that_ends_over_it_leaves_the_allocators_words(self):
        self.fail(Workspaces(self.memory, 3, True, self.log.append, self.last.append), 1)
        self.assertRegex(self.last[0], "^torch.OutOfMemoryError: CUDA out of memory")


if __name__ == "__main__":
    unittest.main()
