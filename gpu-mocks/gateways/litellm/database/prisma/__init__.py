"""Stands in for Prisma's Python client, whose query engine is a program that no package registry holds.

What a caller sees is the client's interface, as far as LiteLLM uses it: the same tables, in the same Postgres, by
asyncpg. The schema is the one that LiteLLM ships; PRISMA_SCHEMA names it. What is not known here fails by name.
"""

import asyncio
import contextlib
import os
import urllib.parse

import asyncpg

from . import errors, schema
from .fields import Base64, Json
from .raw import rows, typed
from .tables import Table

__all__ = ["Prisma", "Json", "Base64", "errors", "register"]

_MODELS = schema.read(os.environ["PRISMA_SCHEMA"])


def register(_):
    """The real client can be told where to find itself."""


class Prisma:
    def __init__(self, **_):
        self._pool = None
        self._connection = None
        self._connecting = asyncio.Lock()

    async def connect(self, *_, **__):
        async with self._connecting:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    _address(os.environ["DATABASE_URL"]), min_size=2, max_size=10, init=_as_text
                )

    async def disconnect(self, *_, **__):
        if self._pool is not None:
            pool, self._pool = self._pool, None
            await pool.close()

    def is_connected(self):
        return self._pool is not None

    @contextlib.asynccontextmanager
    async def connection(self):
        if self._connection is not None:
            yield self._connection
            return
        if self._pool is None:
            raise errors.ClientNotConnectedError("not connected to the database")
        async with self._pool.acquire() as connection:
            yield connection

    def __getattr__(self, name):
        if name.startswith("_") or name not in _MODELS:
            raise AttributeError(name)
        return Table(self, _MODELS[name], {each.name: each for each in _MODELS.values()})

    async def query_raw(self, query, *args, **_):
        async with self.connection() as connection:
            return await rows(connection, query, args)

    async def query_first(self, query, *args, **_):
        found = await self.query_raw(query, *args)
        return found[0] if found else None

    async def execute_raw(self, query, *args):
        async with self.connection() as connection:
            status = await connection.execute(query, *(await typed(connection, query, args)))
            return int(status.split()[-1]) if status.split()[-1].isdigit() else 0

    @contextlib.asynccontextmanager
    async def tx(self, **_):
        if self._pool is None:
            raise errors.ClientNotConnectedError("not connected to the database")
        async with self._pool.acquire() as connection, connection.transaction():
            within = Prisma()
            within._connection = connection
            yield within

    def batch_(self):
        return Batch(self)


class Batch:
    """Keeps calls and makes them in one transaction."""

    def __init__(self, client):
        self._client = client
        self._calls = []

    def __getattr__(self, table):
        calls = self._calls

        class Deferred:
            def __getattr__(self, operation):
                return lambda *args, **named: calls.append((table, operation, args, named))

        return Deferred()

    async def commit(self):
        async with self._client.tx() as within:
            for table, operation, args, named in self._calls:
                target = within if operation in ("execute_raw", "query_raw") else getattr(within, table)
                await getattr(target, operation)(*args, **named)
        self._calls.clear()

    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, *_):
        if kind is None:
            await self.commit()


def _address(url):
    """Without what only Prisma's engine understands; a socket's folder goes before a host, as it does there."""
    parts = urllib.parse.urlsplit(url)
    folder = [each for each in urllib.parse.parse_qsl(parts.query) if each[0] == "host"]
    login = parts.netloc.rpartition("@")[0]
    place = f"{login}@" if folder else parts.netloc
    return urllib.parse.urlunsplit(parts._replace(netloc=place, query=urllib.parse.urlencode(folder)))


async def _as_text(connection):
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, schema="pg_catalog", encoder=str, decoder=str, format="text")
