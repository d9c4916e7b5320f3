"""What stands behind a cell of the gap table: sentences, the projects, how many ran in each year, how work divides."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from izsa_desktop.analysis.gaps import Finding
from izsa_desktop.analysis.trend import Trend, trend
from izsa_desktop.analysis.works import Entry
from izsa_desktop.domain.filter import FACETS, ProjectFilter
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.running import state
from izsa_desktop.domain.text import sort_key, visible
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.gap_sheet import TOTAL
from izsa_desktop.usecases.gaps import BY_YEAR, Counted, Gaps, reason, sentence
from izsa_desktop.usecases.workplace import Workplace

SHOWN = 200
"""Projects that are listed beside the table; all of them are a click away."""
YEARS = 12
"""Years of the trend, the last one that of today."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A project behind a cell."""

    id: str
    title: str
    below: str
    """District, and how it stands: its status, or what its dates say."""


@dataclass(frozen=True, slots=True)
class Behind:
    """``number``: how many records; more than are listed when they are many. ``works``: what they count as."""

    row: str
    column: str
    sentences: tuple[str, ...]
    projects: tuple[Listed, ...]
    number: int
    works: int
    filter: ProjectFilter | None
    """What lists exactly these on the page of the projects; None where no filter says it."""
    trend: Trend


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody looks at."""

    counted: Counted
    table: Gaps
    wanted: ProjectFilter
    """What was counted."""


def behind(workplace: Workplace, looked: Looked, place: tuple[str, str], t: Translator) -> Behind:
    """``place``: row and column, ``gap_sheet.TOTAL`` for all."""
    row, column = place
    table = looked.table
    found = list(records_at(looked, place))
    year = date.today().year
    return Behind(
        row,
        column,
        tuple(sentences(table, place, workplace.reference, t)),
        tuple(_listed(workplace, [entry.id for _work, entry in found], t)),
        len(found),
        len({work for work, _entry in found}),
        _filter(found, place, looked),
        trend(found, year - YEARS + 1, year, year),
    )


def records_at(looked: Looked, place: tuple[str, str]) -> Iterator[tuple[int, Entry]]:
    """The records that are counted in a cell, each with the number of its work."""
    row, column = place
    by, rows = looked.table.found.by, frozenset(looked.table.found.rows)
    for work, entry in looked.counted.works.numbered():
        here = rows.intersection(entry.districts) if row == TOTAL else row in entry.districts
        if here and (column == TOTAL or column in entry.codes(by)):
            yield work, entry


def _listed(workplace: Workplace, ids: list[str], t: Translator) -> list[Listed]:
    """The first of them by title; which are first among many, their order in the list of projects says."""
    with workplace.store.reading() as reader:
        numbers = reader.numbers(ids[:SHOWN])
        projects = reader.at([numbers[id_] for id_ in ids[:SHOWN] if id_ in numbers])
    names = FilterNames(workplace.reference, t)
    listed = [_line(project, names, t) for project in projects.values()]
    return sorted(listed, key=lambda one: (sort_key(one.title), one.id))


def _line(project: Project, names: FilterNames, t: Translator) -> Listed:
    f = project.fields
    how = names.value("status", f.status) if f.status else t(f"gapscreen.unstated_{state(f, date.today())}")
    below = (names.value("district", f.district), how)
    return Listed(project.id, visible(f.title) or t("list.untitled"), " · ".join(filter(None, below)))


def _filter(found: list[tuple[int, Entry]], place: tuple[str, str], looked: Looked) -> ProjectFilter | None:
    """A filter knows a project's own district only, and not every kind of column."""
    row, column = place
    by, rows = looked.table.found.by, looked.table.found.rows
    own = rows if row == TOTAL else (row,)
    if not found or (column != TOTAL and by not in FACETS):
        return None
    if any(entry.districts[0] not in own for _work, entry in found):
        return None
    everywhere = all(entry.districts[0] in own for entry in looked.counted.works.entries)
    chosen: dict[str, Any] = {} if column == TOTAL else {by: (column,)}
    return replace(looked.wanted, **chosen, district=() if everywhere else own)


# --- sentences -------------------------------------------------------------------------------------------------------


def sentences(table: Gaps, place: tuple[str, str], known: Reference, t: Translator) -> Iterator[str]:
    """What is missing there: in a district, of a goal in all districts, or nowhere at all."""
    row, column = place
    by, names = table.found.by, FilterNames(known, t)
    if by == BY_YEAR:
        return
    if row == TOTAL and column == TOTAL:
        for code in table.found.columns:
            tally = table.found.column(code)
            if code and tally.gap:
                yield t("gapscreen.nowhere", what=names.value(by, code), why=reason(tally.gap, tally.count, t))
        return
    for finding in table.findings:
        if row in (TOTAL, finding.district) and column in (TOTAL, finding.code):
            yield _said(finding, place, by, names, t)
    tally = table.found.at(row, column)
    if TOTAL not in place and column and (not tally.gap or row == OFFICE):
        what = f"{names.value('district', row)}, {names.value(by, column)}"
        yield t("gapscreen.here", what=what, count=tally.count, active=t.number(tally.active))


def _said(finding: Finding, place: tuple[str, str], by: str, names: FilterNames, t: Translator) -> str:
    """A sentence of a list says what the list's heading does not."""
    if TOTAL not in place:
        return sentence(finding, by, names, t)
    what = names.value(by, finding.code) if place[1] == TOTAL else names.value("district", finding.district)
    why = reason(finding.reason, finding.count, t)
    if not finding.sharers or place[0] == TOTAL:  # in a column they are the same in every line
        return t("gapscreen.missing", what=what, why=why)
    helpers = ", ".join(names.value("district", code) for code in finding.sharers)
    return t("gapscreen.missing_shared", what=what, why=why, names=helpers)


def trend_notes(found: Trend, t: Translator) -> Iterator[str]:
    """What the bars of the years do not say."""
    if found.undated:
        yield t("gapscreen.trend_undated", count=found.undated)
    if found.unsure:
        yield t("gapscreen.trend_unsure", count=found.unsure)


def column_sharers(table: Gaps, column: str) -> tuple[str, ...]:
    """Who could help with what a column lacks: codes of districts."""
    return next((one.sharers for one in table.findings if one.code == column and one.sharers), ())
