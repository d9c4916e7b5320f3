"""The gap table in one measure, as a screen or a page shows it: texts and colours of the cells, made on the worker.

Rows and columns are those of the table, and a total behind them (``TOTAL``). Totals have no colour: they are of another
size than what they add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from izsa_desktop.analysis.classes import class_of
from izsa_desktop.analysis.gaps import Tally
from izsa_desktop.domain.dates import UNKNOWN
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.running import UNCLEAR
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.gaps import BY_YEAR, Gaps, people_of
from izsa_desktop.usecases.measures import Measure, decimals

COUNT, ACTIVE, DENSITY, BUDGET = "count", "active", "density", "budget"
TOTAL = "*"
"""The row and the column behind the others."""
NOT_KNOWN = "?"
PLAIN = -1
"""A cell without a colour."""
_SHORT = ("goal", "target", BY_YEAR)
"""Kinds whose codes are what people call them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked at. ``currency``: in which money, where the measure is the budget."""

    measure: str = COUNT
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column or a row. ``color``: that of the goal, if it is one."""

    code: str
    short: str
    name: str
    color: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    tone: int
    """A class from 0, or ``PLAIN``."""
    gap: str
    """Why it is a gap (see ``analysis.gaps``); empty where something runs, for totals of districts, and by year."""


class Sheet:
    """``cells`` row by row, the totals last."""

    def __init__(self, table: Gaps, wanted: Wanted, known: Reference, t: Translator) -> None:
        self.table, self.wanted, self._t = table, wanted, t
        self._known, self._names = known, FilterNames(known, t)
        self._people = {d.code: d.population for d in known.districts} | {TOTAL: 0}
        self._people[TOTAL] = people_of(table.found, self._people)
        total = Head(TOTAL, t("gaps.total"), t("gaps.total"))
        self.rows = (*(self._row(code) for code in table.found.rows), Head(TOTAL, t("gaps.city"), t("gaps.city")))
        if len(self.rows) == 2:  # a district's own row is all there is
            self.rows = self.rows[:1]
        self.columns = (*(self._column(code) for code in table.found.columns), total)
        values = [v for row in self.rows for column in self.columns[:-1] if (v := self._inner(row.code, column.code))]
        self._upper, self._scale = self._bounds(values), _scale(values) if wanted.measure == BUDGET else 1.0
        self.cells = tuple(tuple(self._cell(row.code, column.code) for column in self.columns) for row in self.rows)

    @property
    def empty(self) -> bool:
        """True when nothing is counted."""
        return not self.table.found.total.count

    def tally(self, row: str, column: str) -> Tally:
        """What is counted there; ``TOTAL`` for all rows, all columns."""
        found = self.table.found
        if row == TOTAL:
            return found.total if column == TOTAL else found.column(column)
        return found.row(row) if column == TOTAL else found.at(row, column)

    @cached_property
    def legend(self) -> tuple[tuple[int, str], ...]:
        """Classes that are there, and what they are called."""
        seen = {cell.tone for row in self.cells for cell in row if not cell.gap}
        named = enumerate(self._measure.classes(self._upper) if self._upper else ())
        return tuple((n, " ".join(text.split())) for n, text in named if n in seen)

    @cached_property
    def unit(self) -> str:
        """What the numbers are."""
        t, wanted = self._t, self.wanted
        if wanted.measure != BUDGET:
            return t(f"gapmeasure.{wanted.measure}")
        what = f"{t('gaps.budget')} ({wanted.currency})" if wanted.currency else t("gaps.budget_unnamed")
        return {1.0: what, 1e3: t("gapscreen.thousands", what=what), 1e6: t("gapscreen.millions", what=what)}[
            self._scale
        ]

    def name(self, row: str, column: str) -> str:
        """District and column as people say them."""
        t, by = self._t, self.table.found.by
        place = t("gaps.city") if row == TOTAL else self._names.value("district", row)
        return place if column == TOTAL else f"{place}, {self._names.value(by, column)}"

    def said(self, at_row: int, at_column: int) -> str:
        """All that a cell shows, and what is known beside it, in words."""
        row, column, cell = self.rows[at_row].code, self.columns[at_column].code, self.cells[at_row][at_column]
        tally, t = self.tally(row, column), self._t
        facts = [t("gapscreen.projects", count=tally.count), t("gapscreen.running", count=tally.active)]
        if unclear := tally.of_state(UNCLEAR):
            facts.append(t("gapscreen.unclear", count=unclear))
        if self.wanted.measure != COUNT:
            shown = "" if cell.text == NOT_KNOWN else cell.text
            facts.append(f"{self.unit}: {shown or t('gapscreen.nothing')}")
        if cell.gap:
            facts.append(t(f"gapscreen.gap_{cell.gap}"))
        return f"{self.name(row, column)}: {'; '.join(facts)}"

    # --- one cell -----------------------------------------------------------------------------------------------------

    @cached_property
    def _measure(self) -> Measure:
        return Measure(self.wanted.measure, self.wanted.currency, self._t)

    def _row(self, code: str) -> Head:
        name = self._names.value("district", code)
        return Head(code, name, name)

    def _column(self, code: str) -> Head:
        by = self.table.found.by
        name = self._names.value(by, code)
        goal = self._known.goals_by_code.get(code) if by == "goal" else None
        called = code if by in _SHORT and code not in ("", UNKNOWN) else name
        return Head(code, called, name, goal.color if goal else "")

    def _inner(self, row: str, column: str) -> float | None:
        return None if row == TOTAL else self._value(row, column)

    def _value(self, row: str, column: str) -> float | None:
        tally = self.tally(row, column)
        match self.wanted.measure:
            case "count":
                return float(tally.count)
            case "active":
                return tally.active_share
            case "density":
                return tally.density(self._people.get(row, 0))
            case _:
                amount = tally.budget.get(self.wanted.currency)
                return None if amount is None else float(amount)

    def _bounds(self, values: Sequence[float]) -> tuple[float, ...]:
        return self._measure.bounds(values) if values else ()

    def _cell(self, row: str, column: str) -> Cell:
        value, inner = self._value(row, column), TOTAL not in (row, column)
        tone = class_of(value, self._upper) if inner and value and self._upper else PLAIN
        has_gaps = column in ("", TOTAL) or self.table.found.by == BY_YEAR
        tally = self.tally(row, column)
        return Cell(self._text(value, tally), tone, "" if has_gaps else tally.gap)

    def _text(self, value: float | None, tally: Tally) -> str:
        """Where there are projects, and nobody knows whether they run, the share of running ones is no empty cell."""
        if value is None:
            return NOT_KNOWN if self.wanted.measure == ACTIVE and tally.count else ""
        if self.wanted.measure == BUDGET:
            return decimals(value / self._scale, self._t)
        return self._measure.short(value)


def _scale(values: Sequence[float]) -> float:
    """What sums are divided by, so that a cell has room for them."""
    greatest = max(values, default=0.0)
    return 1e6 if greatest >= 1e6 else 1e3 if greatest >= 1e3 else 1.0
