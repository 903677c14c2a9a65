"""Why a model server cannot serve, and by which exit code its process tells so (sysexits.h)."""


class StartFailure(Exception):
    """There is no model to serve."""

    def __init__(self, exit_code: int, words: str):
        super().__init__(words)
        self.exit_code = exit_code

    @staticmethod
    def artefact(words: str) -> "StartFailure":
        """EX_DATAERR: the input is there and is not what it should be."""
        return StartFailure(65, "model artefact " + words)

    @staticmethod
    def unreachable(words: str) -> "StartFailure":
        """EX_UNAVAILABLE: something that is needed does not answer."""
        return StartFailure(69, "model store unreachable for " + words)


class ApiError(Exception):
    """A refusal that the client is told, in OpenAI's error body."""

    def __init__(self, status: int, kind: str, param, words: str):
        super().__init__(words)
        self.status = status
        self.kind = kind
        self.param = param

    @staticmethod
    def bad_request(param, words):
        return ApiError(400, "BadRequestError", param, words)

    @staticmethod
    def not_found(param, words):
        return ApiError(404, "NotFoundError", param, words)

    @staticmethod
    def wrong_method(words):
        return ApiError(405, "Method Not Allowed", None, words)

    @staticmethod
    def internal(words):
        return ApiError(500, "InternalServerError", None, words)

    @staticmethod
    def unavailable(words):
        return ApiError(503, "ServiceUnavailableError", None, words)

    def body(self) -> dict:
        return {"error": {"message": str(self), "type": self.kind, "param": self.param, "code": self.status}}


class OutOfMemory(Exception):
    """The allocator found no block; the words are its own, on one line."""
