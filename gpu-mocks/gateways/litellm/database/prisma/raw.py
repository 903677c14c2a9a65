"""Queries that are written as SQL. Prisma types arguments by the query, and tells moments as text."""

import datetime
import decimal
import json

from . import errors
from .fields import moment, plain


async def typed(connection, query, args):
    """The arguments as the types that the query gives its parameters."""
    if not args:
        return []
    try:
        statement = await connection.prepare(query)
    except Exception as error:
        raise errors.RawQueryError(str(error)) from error
    return [argument(kind, value) for kind, value in zip(statement.get_parameters(), args)]


def argument(kind, value):
    value = plain(value)
    if value is None:
        return None
    name = kind.name
    if kind.kind == "array":
        return [argument_of(name.removesuffix("[]").removeprefix("_"), each) for each in value]
    return argument_of(name, value)


def argument_of(name, value):
    if name in ("timestamp", "timestamptz", "date"):
        at = moment(value)
        if name == "date":
            return at.date() if isinstance(at, datetime.datetime) else at
        if name == "timestamptz" and isinstance(at, datetime.datetime) and at.tzinfo is None:
            return at.replace(tzinfo=datetime.timezone.utc)
        return at
    if name in ("json", "jsonb"):
        return value if isinstance(value, str) else json.dumps(value, default=str)
    if name in ("text", "varchar"):
        return value if isinstance(value, str) else str(value)
    if name in ("float4", "float8"):
        return float(value)
    if name in ("int2", "int4", "int8"):
        return int(value)
    return value


async def rows(connection, query, args):
    arguments = await typed(connection, query, args)
    try:
        statement = await connection.prepare(query)
        found = await statement.fetch(*arguments)
    except Exception as error:
        raise errors.RawQueryError(str(error)) from error
    kinds = {each.name: each.type.name for each in statement.get_attributes()}
    return [{name: told(kinds[name], value) for name, value in row.items()} for row in found]


def told(kind, value):
    if value is None:
        return None
    if kind in ("json", "jsonb"):
        return json.loads(value)
    if isinstance(value, datetime.datetime):
        at = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
        return at.isoformat(timespec="milliseconds")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    return value
