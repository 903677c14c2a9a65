"""Its errors, by name."""

from ..errors import PrismaError


def __getattr__(name):
    if not name.endswith("Error"):
        raise AttributeError(name)
    kind = type(name, (PrismaError,), {})
    globals()[name] = kind
    return kind
