"""Figures by client and round, and their table."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """A row of the table.

    :param aim: what is aimed at, in the figure's unit
    :param lateness_ms: how late the server may be at its 99th percentile; beyond that the cell is void
    """

    id: str
    label: str
    unit: str = "ms"
    digits: int = 2
    aim: float | None = None
    lateness_ms: float | None = None
    at_least: bool = False

    @staticmethod
    def timed(id: str, label: str, aim: float) -> Figure:
        """A figure of time: the server must be ten times more exact than what is aimed at."""
        return Figure(id, label, aim=aim, lateness_ms=aim / 10)

    def text(self, value: float) -> str:
        shown = f"{value:,.{self.digits}f}"
        return f"{shown} {self.unit}" if self.unit and self.unit != "%" else shown + self.unit

    def aim_text(self) -> str:
        if self.aim is None:
            return ""
        return f"{'>=' if self.at_least else '<='} {self.aim:,g}{'' if self.unit == '%' else ' '}{self.unit}".rstrip()


@dataclass(frozen=True)
class Void:
    """A round that says nothing, why, and what it would have said."""

    why: str
    value: float | None = None


@dataclass
class Cell:
    """What one client showed of one figure, a value a round."""

    values: list[float] = field(default_factory=list)
    void: list[Void] = field(default_factory=list)
    note: str = ""

    def text(self, figure: Figure) -> str:
        if not self.values:
            return self.note or (f"void: {self.void[0].why}" if self.void else "-")
        text = figure.text(statistics.median(self.values))
        if len(self.values) > 1:
            text += f" [{min(self.values):,.{figure.digits}f} - {max(self.values):,.{figure.digits}f}]"
        if self.void:
            text += f" ({len(self.void)} of {len(self.void) + len(self.values)} void)"
        return f"{text} {self.note}".strip()


class Results:
    """All that was found."""

    def __init__(self, clients: list[str]) -> None:
        self.clients = clients
        self.figures: dict[str, Figure] = {}
        self.cells: dict[tuple[str, str], Cell] = {}
        self.footnotes: list[str] = []
        self.misses: list[str] = []

    def declare(self, figures: list[Figure]) -> None:
        """In which order rows stand; one without any value is left out."""
        self.figures = {figure.id: figure for figure in figures}

    def cell(self, figure: Figure, client: str) -> Cell:
        return self.cells.setdefault((figure.id, client), Cell())

    def add(self, figure: Figure, client: str, value: float | None, doubt: str | None = None) -> None:
        """A round's value; void if there is a doubt about it."""
        cell = self.cell(figure, client)
        if doubt is not None or value is None:
            cell.void.append(Void(doubt or "no answer to compare", value))
        else:
            cell.values.append(value)

    def fail(self, figure: Figure, client: str, why: str) -> None:
        """A round in which there is no value, because the client failed."""
        self.cell(figure, client).void.append(Void(why.splitlines()[0]))

    def note(self, figure: Figure, client: str, note: str) -> None:
        """Said beside the value, or instead of one."""
        self.cell(figure, client).note = note

    def footnote(self, text: str) -> None:
        if text not in self.footnotes:
            self.footnotes.append(text)

    def miss(self, text: str) -> None:
        """Something that must hold of this project's client, and does not."""
        self.misses.append(text)

    def table(self) -> str:
        """In Markdown."""
        lines = ["| figure | aim | " + " | ".join(self.clients) + " |", "|---|---|" + "---|" * len(self.clients)]
        for figure in self._shown():
            cells = (self.cells.get((figure.id, client), Cell()).text(figure) for client in self.clients)
            lines.append(f"| {figure.label} | {figure.aim_text()} | " + " | ".join(cells) + " |")
        return "\n".join(lines)

    def as_json(self) -> list[dict]:
        return [
            {"id": figure.id, "figure": figure.label, "unit": figure.unit, "aim": figure.aim, "clients": {
                client: {
                    "rounds": cell.values, "median": statistics.median(cell.values) if cell.values else None,
                    "min": min(cell.values, default=None), "max": max(cell.values, default=None),
                    "void": [{"why": void.why, "value": void.value} for void in cell.void], "note": cell.note,
                } for client in self.clients if (cell := self.cells.get((figure.id, client)))}}
            for figure in self._shown()]

    def _shown(self) -> list[Figure]:
        return [figure for figure in self.figures.values() if any((figure.id, client) in self.cells for client in self.clients)]
