"""The operations on one table."""

import datetime
import uuid

import asyncpg
import pydantic

from . import errors
from .conditions import Conditions, quoted
from .fields import inward, outward


class Record(pydantic.BaseModel):
    """A row, and what was included with it."""

    model_config = pydantic.ConfigDict(extra="allow", protected_namespaces=(), arbitrary_types_allowed=True)


class Table:
    def __init__(self, client, model, models):
        self._client = client
        self._model = model
        self._models = models

    async def create(self, data, include=None):
        return await self._insert(data, include)

    async def create_many(self, data, skip_duplicates=False):
        made = 0
        for each in data:
            try:
                await self._insert(each, None)
                made += 1
            except errors.UniqueViolationError:
                if not skip_duplicates:
                    raise
        return made

    async def find_unique(self, where, include=None):
        return await self.find_first(where=where, include=include)

    async def find_unique_or_raise(self, where, include=None):
        found = await self.find_first(where=where, include=include)
        if found is None:
            raise errors.RecordNotFoundError(f"no {self._model.name} where {where}")
        return found

    async def find_first(self, where=None, include=None, order=None, skip=None, **_):
        found = await self.find_many(where=where, include=include, order=order, skip=skip, take=1)
        return found[0] if found else None

    async def find_many(self, where=None, include=None, order=None, take=None, skip=None, distinct=None, cursor=None):
        if cursor is not None:
            raise NotImplementedError("find_many with a cursor")
        conditions = Conditions(self._model, self._models)
        sql = f"SELECT * FROM {quoted(self._model.table)} WHERE {conditions.of(where)}"
        sql += self._ordered(order)
        sql += f" LIMIT {int(take)}" if take is not None else ""
        sql += f" OFFSET {int(skip)}" if skip else ""
        async with self._client.connection() as connection:
            found = await _made(connection.fetch(sql, *conditions.values))
        records = [self._record(row) for row in found]
        if distinct:
            records = list({tuple(getattr(r, name) for name in distinct): r for r in reversed(records)}.values())[::-1]
        for record in records:
            await self._include(record, include)
        return records

    async def update(self, data, where, include=None):
        if await self.update_many(data, where) == 0:
            return None
        # what identified it may have been changed
        kept = {name: data[name] if name in data and not isinstance(data[name], dict) else value
                for name, value in where.items()}
        return await self.find_first(where=kept, include=include)

    async def update_many(self, data, where):
        conditions = Conditions(self._model, self._models)
        changes = []
        for name, value in (await self._columns(data, created=False)).items():
            changes.append(self._change(conditions, self._model.columns[name], value))
        if not changes:
            return await self.count(where=where)
        sql = f"UPDATE {quoted(self._model.table)} SET {', '.join(changes)} WHERE {conditions.of(where)}"
        async with self._client.connection() as connection:
            return int((await _made(connection.execute(sql, *conditions.values))).split()[-1])

    async def upsert(self, where, data, include=None):
        found = await self.update(data=data["update"], where=where, include=include)
        if found is None:
            try:
                found = await self._insert(data["create"], include)
            except errors.UniqueViolationError:
                found = await self.update(data=data["update"], where=where, include=include)
        return found

    async def delete(self, where, include=None):
        found = await self.find_first(where=where, include=include)
        if found is not None:
            await self.delete_many(where)
        return found

    async def delete_many(self, where=None):
        conditions = Conditions(self._model, self._models)
        sql = f"DELETE FROM {quoted(self._model.table)} WHERE {conditions.of(where)}"
        async with self._client.connection() as connection:
            return int((await _made(connection.execute(sql, *conditions.values))).split()[-1])

    async def count(self, where=None, **_):
        conditions = Conditions(self._model, self._models)
        sql = f"SELECT count(*) FROM {quoted(self._model.table)} WHERE {conditions.of(where)}"
        async with self._client.connection() as connection:
            return await _made(connection.fetchval(sql, *conditions.values))

    async def group_by(self, by, where=None, sum=None, count=None, order=None, take=None, skip=None, **others):
        if others:
            raise NotImplementedError(f"group_by with {sorted(others)}")
        conditions = Conditions(self._model, self._models)
        keys = ", ".join(quoted(self._model.columns[name].column) for name in by)
        wanted = [keys] + [f"sum({quoted(self._model.columns[n].column)}) AS {quoted('sum ' + n)}" for n in sum or {}]
        sql = f"SELECT {', '.join(wanted)}, count(*) AS n FROM {quoted(self._model.table)}"
        sql += f" WHERE {conditions.of(where)} GROUP BY {keys}"
        async with self._client.connection() as connection:
            found = await _made(connection.fetch(sql, *conditions.values))
        return [
            {name: row[self._model.columns[name].column] for name in by}
            | {"_sum": {name: row["sum " + name] for name in sum or {}}, "_count": {"_all": row["n"]}}
            for row in found
        ]

    async def _insert(self, data, include):
        values = await self._columns(data, created=True)
        columns = [self._model.columns[name] for name in values]
        names = ", ".join(quoted(each.column) for each in columns)
        places = ", ".join(f"${at + 1}" for at in range(len(columns)))
        stored = [inward(each, _set(values[each.name])) for each in columns]
        sql = f"INSERT INTO {quoted(self._model.table)} "
        sql += f"({names}) VALUES ({places}) RETURNING *" if columns else "DEFAULT VALUES RETURNING *"
        async with self._client.connection() as connection:
            record = self._record(await _made(connection.fetchrow(sql, *stored)))
        await self._include(record, include)
        return record

    async def _columns(self, data, created):
        """By column; what Prisma's engine fills in itself, and rows that are named or made through a relation, included."""
        now = datetime.datetime.now(datetime.timezone.utc)
        values = {}
        for name, value in data.items():
            if name in self._model.columns:
                values[name] = value
            elif name in self._model.relations:
                values |= await self._related(self._model.relations[name], value)
            else:
                raise errors.DataError(f"{self._model.name} has no field {name}")
        for column in self._model.columns.values():
            if created and column.default in ("uuid", "cuid") and values.get(column.name) is None:
                values[column.name] = str(uuid.uuid4())
            if column.touched and column.name not in values:
                values[column.name] = now
        return values

    async def _related(self, relation, value):
        other = Table(self._client, self._models[relation.model], self._models)
        if relation.many or set(value) - {"connect", "create", "disconnect"}:
            raise NotImplementedError(f"{relation.name}: {sorted(value)}")
        if value.get("disconnect"):
            return dict.fromkeys(relation.here)
        if "connect" in value:
            found = await other.find_unique(where=value["connect"])
            if found is None:
                raise errors.RecordNotFoundError(f"{relation.name}: no {relation.model} where {value['connect']}")
        else:
            found = await other.create(value["create"])
        return {here: getattr(found, there) for here, there in zip(relation.here, relation.there)}

    def _change(self, conditions, column, value):
        name = quoted(column.column)
        if isinstance(value, dict) and len(value) == 1 and column.type != "Json":
            (operation, operand), = value.items()
            match operation:
                case "increment" | "decrement":
                    sign = "+" if operation == "increment" else "-"
                    return f"{name} = {name} {sign} {conditions.place(inward(column, operand))}"
                case "push":
                    return f"{name} = {name} || {conditions.place(inward(column, operand))}"
        return f"{name} = {conditions.place(inward(column, _set(value)))}"

    def _ordered(self, order):
        listed = order if isinstance(order, list) else [order] if order else []
        parts = [
            f"{quoted(self._model.columns[name].column)} {'DESC' if str(way).lower() == 'desc' else 'ASC'}"
            for each in listed
            for name, way in each.items()
        ]
        return " ORDER BY " + ", ".join(parts) if parts else ""

    def _record(self, row):
        return Record(**{
            each.name: outward(each, row[each.column]) for each in self._model.columns.values() if each.column in row
        } | dict.fromkeys(self._model.relations))

    async def _include(self, record, include):
        for name, wanted in (include or {}).items():
            if not wanted:
                continue
            relation = self._model.relations[name]
            other = Table(self._client, self._models[relation.model], self._models)
            further = wanted if isinstance(wanted, dict) else {}
            where = {there: getattr(record, here) for here, there in zip(relation.here, relation.there)}
            found = [] if None in where.values() else await other.find_many(
                where=where | (further.get("where") or {}), include=further.get("include"), take=further.get("take"),
                order=further.get("order_by"))
            setattr(record, name, found if relation.many else (found[0] if found else None))


def _set(value):
    return value["set"] if isinstance(value, dict) and set(value) == {"set"} else value


async def _made(call):
    try:
        return await call
    except asyncpg.UniqueViolationError as error:
        raise errors.UniqueViolationError(str(error)) from error
    except asyncpg.ForeignKeyViolationError as error:
        raise errors.ForeignKeyViolationError(str(error)) from error
    except (asyncpg.PostgresError, asyncpg.DataError) as error:
        raise errors.DataError(str(error)) from error
