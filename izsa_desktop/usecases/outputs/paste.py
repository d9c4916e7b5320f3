"""Sheets to paste from, for forms on the web that take no file: CDP-ICLEI Track and MyCovenant.

Which column of theirs is filled from what of ours stands in ``resources/reference/mappings``: their questions change
with the years, their words less. Such forms are filled in English; nobody is named but organisations.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache

import msgspec

from izsa_desktop import resource_files
from izsa_desktop.domain.dates import parts
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.books import BookColumn, BookSheet, book_bytes
from izsa_desktop.tables.table import Value
from izsa_desktop.usecases.outputs.exact import plain_number
from izsa_desktop.usecases.outputs.formats import day_of, newest

_LANGUAGE = "en"
_CLIMATE_GOAL = "13"
_URL = re.compile(r"https?://\S+")
_STEP = 500


class PasteColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``label``: theirs. ``source``: ours (see ``SOURCES``). ``words``: which of the mapping's words name codes."""

    label: str
    source: str
    words: str = ""
    width: int = 18


class PasteSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``when``: fields of a project and the codes of which one must be there."""

    name: str
    when: Mapping[str, tuple[str, ...]]
    columns: tuple[PasteColumn, ...]


class PasteMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form of somebody else's."""

    version: int
    target: str
    words: Mapping[str, Mapping[str, str]]
    sheets: tuple[PasteSheet, ...]


@cache
def mapping_of(format_: str) -> PasteMapping:
    """The mapping for a format."""
    data = resource_files.path(f"reference/mappings/{format_}.json").read_bytes()
    return msgspec.json.decode(data, type=PasteMapping)


def fits(format_: str, fields: ProjectFields) -> bool:
    """True for a project that the form asks for."""
    return any(_asked(sheet, fields) for sheet in mapping_of(format_).sheets)


def paste_sheet(
    format_: str, projects: Sequence[Project], known: Reference, t: Translator, step: Callable[[], None]
) -> bytes:
    """The workbook, a sheet for each part of the form. ``step`` is called now and then, and may raise."""
    mapping = mapping_of(format_)
    made = []
    for sheet in mapping.sheets:
        rows: list[list[Value]] = []
        for count, project in enumerate(projects):
            if count % _STEP == 0:
                step()
            if _asked(sheet, project.fields):
                said = _Said(project, known)
                rows.append([_cell(said, column, mapping.words) for column in sheet.columns])
        columns = tuple(BookColumn(column.label, column.width) for column in sheet.columns)
        above = (f"{mapping.target}: {sheet.name}", t("outputs.paste_help"))
        made.append(BookSheet(sheet.name, columns, rows, above=above))
    return book_bytes(made, t("outputs.lists"), step, day_of(newest(projects)))


def _asked(sheet: PasteSheet, fields: ProjectFields) -> bool:
    return bool(fields.title) and all(getattr(fields, name) in codes for name, codes in sheet.when.items())


def _cell(said: "_Said", column: PasteColumn, words: Mapping[str, Mapping[str, str]]) -> Value:
    value = SOURCES[column.source](said)
    if isinstance(value, tuple):
        theirs = words.get(column.words, {})
        return "; ".join(dict.fromkeys(theirs.get(code, said.label(column.source, code)) for code in value)) or None
    return value


class _Said:
    """What a project says, in the words of such forms. Lists of codes are tuples; words come later."""

    def __init__(self, project: Project, known: Reference) -> None:
        self.project, self.fields, self._known = project, project.fields, known

    def label(self, source: str, code: str) -> str:
        """Our own name for a code where theirs is not known."""
        vocabulary = {"hazards": "hazard"}.get(source, source)
        words = self._known.vocabularies.get(vocabulary)
        return words.label(code, _LANGUAGE) if words is not None else code

    def description(self) -> str:
        f = self.fields
        return "\n".join(filter(None, (f.purpose_en or f.purpose, f.summary)))

    def link(self) -> str:
        links = (self.fields.source, *(one.link for one in self.fields.evidence))
        return next((text for text in links if _URL.fullmatch(text)), "")

    def body(self) -> str:
        if self.project.body == OFFICE:
            return "İzmir Metropolitan Municipality"
        return f"{self._known.district_name(self.project.body, _LANGUAGE)} Municipality"

    def cost(self) -> Value:
        """One number where there is one currency; else what there is in each."""
        sums = self._sums()
        if len(sums) == 1:
            return plain_number(next(iter(sums.values())))
        return "; ".join(f"{plain_number(amount)} {currency}" for currency, amount in sorted(sums.items())) or None

    def currency(self) -> str | None:
        sums = self._sums()
        return next(iter(sums)) if len(sums) == 1 else None

    def co_benefits(self) -> str:
        goals = [code for code in self.fields.goals if code != _CLIMATE_GOAL]
        return "; ".join(f"SDG {code}: {self._known.goal_name(code, _LANGUAGE)}" for code in goals)

    def audience(self) -> tuple[str, ...]:
        return self.fields.audience

    def _sums(self) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for row in self.fields.funding:
            if row.amount is not None:
                sums[row.currency or "TRY"] += row.amount
        return dict(sums)

    def words_of(self, vocabulary: str, codes: Sequence[str]) -> str:
        labels = [self._known.vocabularies[vocabulary].label(code, _LANGUAGE) for code in codes if code]
        return "; ".join(dict.fromkeys(labels))


def _year(*partial: str | None) -> int | None:
    return next((found[0] for text in partial if text and (found := parts(text))), None)


def _number(held: Decimal | None) -> Value:
    return None if held is None else plain_number(held)


SOURCES: Mapping[str, Callable[[_Said], Value | tuple[str, ...]]] = {
    "title": lambda s: s.fields.title_en or s.fields.title,
    "description": lambda s: s.description() or None,
    "description_and_link": lambda s: "\n".join(filter(None, (s.description(), s.link()))) or None,
    "link": lambda s: s.link() or None,
    "body": lambda s: s.body(),
    "status": lambda s: (s.fields.status,) if s.fields.status else (),
    "climate_sector": lambda s: (s.fields.climate_sector,) if s.fields.climate_sector else (),
    "hazards": lambda s: s.fields.hazards,
    "audience": lambda s: s.audience(),
    "audience_number": lambda s: s.fields.audience_number,
    "start_year": lambda s: _year(s.fields.start, s.fields.start_planned),
    "end_year": lambda s: _year(s.fields.end, s.fields.end_planned),
    "co2e": lambda s: _number(s.fields.co2e),
    "energy_saved": lambda s: _number(s.fields.energy_saved),
    "energy_produced": lambda s: _number(s.fields.energy_produced),
    "cost": lambda s: s.cost(),
    "currency": lambda s: s.currency(),
    "funding": lambda s: s.words_of("funding_source", [row.source for row in s.fields.funding]) or None,
    "partners": lambda s: "; ".join(row.name for row in s.fields.partners if row.name) or None,
    "plan_names": lambda s: s.words_of("plan", [row.plan for row in s.fields.plans]) or None,
    "co_benefits": lambda s: s.co_benefits() or None,
}
"""What a column can be filled from. Nothing here is about a person."""
