"""Values of Prisma's scalar types, on their way to Postgres and back."""

import datetime
import json


class Json:
    """A value that is to be stored as JSON, as opposed to text that already is JSON."""

    def __init__(self, data):
        self.data = data

    @classmethod
    def keys(cls, **data):
        return cls(data)


class Base64(str):
    pass


def moment(value):
    """Postgres keeps these columns without a zone; all of them are UTC."""
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return value


def inward(column, value):
    if value is None:
        return None
    if column.many:
        return [one(column, each) for each in value]
    return one(column, value)


def one(column, value):
    match column.type:
        case "Json":
            return value if isinstance(value, str) else json.dumps(plain(value), default=str)
        case "DateTime":
            return moment(value)
        case "Float":
            return float(value)
        case "Int" | "BigInt":
            return int(value)
        case "String":
            return value if isinstance(value, str) else str(value)
        case _:
            return value


def plain(value):
    return value.data if isinstance(value, Json) else value


def outward(column, value):
    if value is None:
        return None
    if column.type == "Json":
        return json.loads(value)
    if column.type == "DateTime" and isinstance(value, datetime.datetime):
        return value.replace(tzinfo=datetime.timezone.utc) if value.tzinfo is None else value
    return value
