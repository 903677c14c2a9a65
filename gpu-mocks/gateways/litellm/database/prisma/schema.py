"""Reads a Prisma schema: what its models hold, and by which columns they refer to each other."""

import re
from dataclasses import dataclass, field

SCALARS = {"String", "Int", "BigInt", "Float", "Decimal", "Boolean", "DateTime", "Json", "Bytes"}


@dataclass(frozen=True)
class Column:
    name: str
    column: str
    type: str
    many: bool
    default: str
    touched: bool


@dataclass(frozen=True)
class Relation:
    """To another model; `here` and `there` are columns of the same rank, empty where only the other side names them."""

    name: str
    model: str
    many: bool
    label: str
    here: tuple
    there: tuple


@dataclass
class Model:
    name: str
    table: str
    columns: dict = field(default_factory=dict)
    relations: dict = field(default_factory=dict)
    key: tuple = ()


def read(path):
    """The models of a schema file by the names under which the client offers them."""
    text = re.sub(r"//.*", "", open(path, encoding="utf-8").read())
    enums = set(re.findall(r"^enum\s+(\w+)", text, re.M))
    models = {}
    for name, body in re.findall(r"^model\s+(\w+)\s*\{(.*?)^\}", text, re.M | re.S):
        models[name] = model(name, body, enums)
    for each in models.values():
        for relation in list(each.relations.values()):
            if not relation.here:
                each.relations[relation.name] = mirrored(each, relation, models[relation.model])
    return {name.lower(): each for name, each in models.items()}


def model(name, body, enums):
    mapped = re.search(r'@@map\("([^"]+)"\)', body)
    found = Model(name, mapped.group(1) if mapped else name)
    for line in body.splitlines():
        parts = re.match(r"\s*(\w+)\s+(\w+)(\[\])?\??\s*(.*)", line)
        block = re.match(r"\s*@@id\(\[([^\]]*)\]", line)
        if block:
            found.key = names(block.group(1))
        if not parts or line.strip().startswith("@@"):
            continue
        field_name, kind, many, rest = parts.groups()
        if kind in SCALARS or kind in enums:
            column = re.search(r'@map\("([^"]+)"\)', rest)
            default = re.search(r"@default\((\w+)\(\)\)", rest)
            found.columns[field_name] = Column(
                field_name,
                column.group(1) if column else field_name,
                kind,
                bool(many),
                default.group(1) if default else "",
                "@updatedAt" in rest,
            )
            if re.search(r"@id\b", rest):
                found.key = (field_name,)
        else:
            relation = re.search(r"@relation\(([^)]*)\)", rest)
            told = relation.group(1) if relation else ""
            found.relations[field_name] = Relation(
                field_name,
                kind,
                bool(many),
                (re.findall(r'"([^"]+)"', told) or [""])[0],
                listed("fields", told),
                listed("references", told),
            )
    return found


def listed(what, told):
    inside = re.search(what + r":\s*\[([^\]]*)\]", told)
    return names(inside.group(1)) if inside else ()


def names(text):
    return tuple(re.findall(r"\w+", text))


def mirrored(here, relation, other):
    for back in other.relations.values():
        if back.model == here.name and back.here and back.label == relation.label:
            return Relation(relation.name, relation.model, relation.many, relation.label, back.there, back.here)
    return relation
