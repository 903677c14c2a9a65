"""A model without arithmetic, and memory that runs out when it is told to."""

from modelserver.failure import OutOfMemory


class FakeModel:
    """The next token is the last one and one more; the first is the prompt's length."""

    def __init__(self, size: int = 1000):
        self.size = size
        self.batches = []
        self.fails = False

    def prefill(self, workspace, tokens):
        self._check()
        return len(tokens) % self.size

    def step(self, slots):
        self._check()
        self.batches.append([position for _, position, _ in slots])
        return [(token + 1) % self.size for _, _, token in slots]

    def _check(self):
        if self.fails:
            raise OutOfMemory("CUDA out of memory. Tried to allocate 2.00 MiB.")


class FakeMemory:
    def __init__(self, room: int = 100):
        self.room = room
        self.taken = 0
        self.tries = 0

    def take(self):
        self.tries += 1
        if self.taken >= self.room:
            raise OutOfMemory("CUDA out of memory. Tried to allocate 128.00 MiB. 1.00 GiB is reserved by PyTorch but unallocated.")
        self.taken += 1
        return object()

    def give_back(self, workspace):
        self.taken -= 1
