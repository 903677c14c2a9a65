"""What Prisma calls `where`, as SQL."""

from .fields import inward

COMPARED = {"equals": "=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
PATTERNS = {"contains": "%{}%", "startswith": "{}%", "endswith": "%{}"}


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


class Conditions:
    def __init__(self, model, models):
        self._model = model
        self._models = models
        self.values = []

    def place(self, value):
        self.values.append(value)
        return f"${len(self.values)}"

    def of(self, where):
        return " AND ".join(self._parts(where or {})) or "TRUE"

    def _parts(self, where):
        for name, wanted in where.items():
            if name in ("AND", "OR", "NOT"):
                parts = [f"({self.of(each)})" for each in (wanted if isinstance(wanted, list) else [wanted])]
                glue = " OR " if name == "OR" else " AND "
                joined = glue.join(parts) or ("FALSE" if name == "OR" else "TRUE")
                yield f"NOT ({joined})" if name == "NOT" else f"({joined})"
            elif name in self._model.columns:
                yield self._column(self._model.columns[name], wanted)
            elif name in self._model.relations:
                raise NotImplementedError(f"where {name}: {wanted}")
            elif isinstance(wanted, dict):
                yield f"({self.of(wanted)})"  # several columns that identify together, under one name
            else:
                raise KeyError(f"{self._model.name} has no field {name}")

    def _column(self, column, wanted):
        name = quoted(column.column)
        if not isinstance(wanted, dict) or column.type == "Json" and "path" not in wanted and "equals" not in wanted:
            return self._equal(column, wanted)
        parts = []
        insensitive = wanted.get("mode") == "insensitive"
        path = wanted.get("path")
        if path:
            name = f"({name} #>> {self.place(list(path))})"
        for operation, operand in wanted.items():
            if operation in ("mode", "path"):
                continue
            if path:
                parts.append(self._in_json(name, operation, operand))
            elif operation == "equals" or operation == "not" and not isinstance(operand, dict):
                equal = self._equal(column, operand)
                parts.append(equal if operation == "equals" else f"({equal}) IS NOT TRUE")
            elif operation == "not":
                parts.append(f"NOT ({self._column(column, operand)})")
            elif operation in COMPARED:
                parts.append(f"{name} {COMPARED[operation]} {self.place(inward(column, operand))}")
            elif operation in ("in", "not_in", "notIn"):
                every = [inward(column, each) for each in operand]
                some = f"{name} = ANY({self.place(every)})"
                parts.append(some if operation == "in" else f"NOT ({some})")
            elif operation in PATTERNS:
                escaped = operand.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
                like = "ILIKE" if insensitive else "LIKE"
                parts.append(f"{name} {like} {self.place(PATTERNS[operation].format(escaped))}")
            elif operation == "has":
                parts.append(f"{self.place(operand)} = ANY({name})")
            elif operation in ("has_some", "has_every"):
                parts.append(f"{name} {'&&' if operation == 'has_some' else '@>'} {self.place(list(operand))}")
            elif operation == "is_empty":
                parts.append(f"coalesce(cardinality({name}), 0) {'=' if operand else '<>'} 0")
            else:
                raise NotImplementedError(f"where {column.name}: {operation}")
        return "(" + " AND ".join(parts) + ")" if parts else "TRUE"

    def _equal(self, column, value):
        name = quoted(column.column)
        return f"{name} IS NULL" if value is None else f"{name} = {self.place(inward(column, value))}"

    def _in_json(self, name, operation, operand):
        if operation == "equals":
            return f"{name} = {self.place(operand if isinstance(operand, str) else str(operand))}"
        if operation in ("string_contains", "string_starts_with"):
            pattern = PATTERNS["contains" if operation == "string_contains" else "startswith"]
            return f"{name} LIKE {self.place(pattern.format(operand))}"
        raise NotImplementedError(f"where in JSON: {operation}")
