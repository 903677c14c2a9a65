"""The errors of Prisma's Python client, by their names."""


class PrismaError(Exception):
    pass


class DataError(PrismaError):
    pass


class UniqueViolationError(DataError):
    pass


class ForeignKeyViolationError(DataError):
    pass


class RecordNotFoundError(DataError):
    pass


class RawQueryError(DataError):
    pass


class ClientNotConnectedError(PrismaError):
    pass


def __getattr__(name):
    """Others are known by name and never raised."""
    if not name.endswith("Error"):
        raise AttributeError(name)
    kind = type(name, (PrismaError,), {})
    globals()[name] = kind
    return kind
