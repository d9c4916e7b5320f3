"""The annex of a voluntary local review: projects by goal, local indicators, coherence, stakeholders, groups.

As a document (docx) to be edited and printed, or as a workbook. All numbers are counted from the records, nothing is
estimated: city-wide statistics stand elsewhere.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from izsa_desktop.domain.dates import parts
from izsa_desktop.domain.numbers import decimal_text
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.rows import Actual, Indicator
from izsa_desktop.domain.text import fold, sort_key
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.word import Grid, Heading, Paragraph, Part, docx_bytes
from izsa_desktop.tables.books import BookColumn, BookSheet, book_bytes
from izsa_desktop.tables.table import Value
from izsa_desktop.usecases.joint import work_numbers
from izsa_desktop.usecases.outputs.exact import plain_number
from izsa_desktop.usecases.outputs.formats import day_of, newest
from izsa_desktop.usecases.workplace import Workplace

_STEP = 200


@dataclass(frozen=True, slots=True)
class _Table:
    """``name``: of its sentences. ``groups``: rows under headings of their own in a document."""

    name: str
    headers: tuple[str, ...]
    rows: list[list[Value]]
    widths: tuple[int, ...] = ()
    grouped: bool = False


def annex(
    projects: Sequence[Project], workplace: Workplace, t: Translator, step: Callable[[], None], *, as_document: bool
) -> bytes:
    """The annex. ``step`` is called now and then, and may raise."""
    body = workplace.identity.body
    name = t("sheet.body_office") if body == OFFICE else t("sheet.body_district", name=workplace.body_name)
    title = t("vlr.title", body=name)
    about = t("vlr.about", count=len(projects), number=t.number(len(projects)), date=t.date(newest(projects)[:10]))
    with workplace.store.reading() as reader:
        works = work_numbers(reader, projects)
    tables = list(_Annex(projects, works, workplace.reference, t, step).tables())
    if as_document:
        return docx_bytes(title, t.language, _document(title, about, tables, t), step)
    sheets = [
        BookSheet(
            t(f"vlr_sheet.{table.name}"),
            tuple(BookColumn(header, width * 3) for header, width in zip(table.headers, table.widths, strict=True)),
            table.rows,
            above=(t(f"vlr_heading.{table.name}"), f"{title}. {about} {t(f'vlr_help.{table.name}')}"),
            fixed=1,
        )
        for table in tables
    ]
    return book_bytes(sheets, t("outputs.lists"), step, day_of(newest(projects)))


def _document(title: str, about: str, tables: Sequence[_Table], t: Translator) -> Iterator[Part]:
    yield Heading(title, 0)
    yield Paragraph(about)
    for table in tables:
        yield Heading(t(f"vlr_heading.{table.name}"))
        yield Paragraph(t(f"vlr_help.{table.name}") if table.rows else t("vlr.nothing"))
        if not table.grouped:
            if table.rows:
                yield Grid(table.headers, [[_text(v, t) for v in row] for row in table.rows], table.widths)
            continue
        for group in dict.fromkeys(row[0] for row in table.rows):
            yield Heading(str(group), 2)
            rows = [[_text(value, t) for value in row[1:]] for row in table.rows if row[0] == group]
            yield Grid(table.headers[1:], rows, table.widths[1:])


def _text(value: Value, t: Translator) -> str:
    if isinstance(value, float | int) and not isinstance(value, bool):
        text = decimal_text(Decimal(repr(value)))
        return text.replace(".", ",") if t.language == "tr" else text
    return "" if value is None else str(value)


class _Annex:
    def __init__(
        self,
        projects: Sequence[Project],
        works: Mapping[str, int],
        known: Reference,
        t: Translator,
        step: Callable[[], None],
    ) -> None:
        """``works``: which projects are one piece of work. Lists name all of them, numbers count a work once."""
        self._projects, self._work, self._known, self._t, self._step = projects, works, known, t, step
        self._order = {goal.code: place for place, goal in enumerate(known.goals)}

    def tables(self) -> Iterator[_Table]:
        for make in (self._by_goal, self._indicators, self._coherence, self._stakeholders, self._groups):
            self._step()
            yield make()

    def _by_goal(self) -> _Table:
        rows: list[list[Value]] = []
        for goal in self._known.goals:
            self._step()
            for project in self._projects:
                if goal.code in project.fields.goals:
                    is_main = project.fields.goals[0] == goal.code
                    share = self._t("vlr.main") if is_main else self._t("vlr.further")
                    rows.append([self._goal(goal.code), *self._project(project), share])
        for project in self._projects:
            if not project.fields.goals:
                rows.append([self._t("outputs.no_goal"), *self._project(project), None])
        headers = ("goal", "number", "title", "district", "status", "start", "share")
        return _Table("by_goal", self._headers(*headers), rows, (10, 8, 18, 8, 7, 6, 6), grouped=True)

    def _project(self, project: Project) -> list[Value]:
        f = project.fields
        return [
            project.number or None,
            self._title(project),
            self._known.district_name(f.district, self._t.language) if f.district else None,
            self._word("status", f.status),
            self._t.date(f.start or f.start_planned) or None,
        ]

    def _indicators(self) -> _Table:
        found: list[tuple[Any, list[Value]]] = []
        for count, project in enumerate(self._projects):
            if count % _STEP == 0:
                self._step()
            for indicator in project.fields.indicators:
                if indicator.name:
                    goal, target = self._speaks_to(indicator, project)
                    place = (self._order.get(goal, 99), _numbers(target), sort_key(indicator.name))
                    found.append((place, self._indicator(project, indicator, goal, target)))
        rows = [row for _, row in sorted(found, key=lambda pair: pair[0])]
        names = ("goal", "target", "indicator", "unit", "baseline", "baseline_year", "latest", "latest_date")
        headers = self._headers(*names, "goal_value", "goal_year", "source", "number")
        return _Table("indicators", headers, rows, (8, 4, 12, 5, 5, 4, 5, 5, 5, 4, 8, 8))

    def _indicator(self, project: Project, indicator: Indicator, goal: str, target: str) -> list[Value]:
        latest = _latest(indicator)
        return [
            self._goal(goal) if goal else None,
            target or None,
            indicator.name,
            indicator.unit or None,
            _number(indicator.baseline),
            indicator.baseline_year,
            _number(latest.value) if latest else None,
            (self._t.date(latest.date) or None) if latest else None,
            _number(indicator.target),
            indicator.target_year,
            ((latest.source if latest else "") or project.fields.source) or None,
            project.number or None,
        ]

    def _coherence(self) -> _Table:
        """How many works serve two goals together; where a goal meets itself, how many serve it at all."""
        found = {
            (self._work[project.id], one, other)
            for project in self._projects
            for one in project.fields.goals
            for other in project.fields.goals
        }
        pairs = Counter((one, other) for _work, one, other in found)
        codes = [goal.code for goal in self._known.goals if pairs[goal.code, goal.code] or not goal.local]
        rows: list[list[Value]] = [[self._goal(one), *(pairs[one, other] or None for other in codes)] for one in codes]
        headers = (self._t("vlr_column.goal"), *codes)
        return _Table("coherence", headers, rows, (10, *(2 for _ in codes)))

    def _stakeholders(self) -> _Table:
        names: dict[str, str] = {}
        about: dict[str, list[Any]] = defaultdict(list)
        for project in self._projects:
            for partner in project.fields.partners:
                name = " ".join(partner.name.split())
                if key := fold(name):
                    names.setdefault(key, name)
                    about[key].append((partner, project))
        rows: list[list[Value]] = []
        for key in sorted(names, key=lambda key: sort_key(names[key])):
            roles = dict.fromkeys(self._word("partner_role", partner.role) for partner, _ in about[key])
            types = dict.fromkeys(self._word("partner_type", partner.type) for partner, _ in about[key])
            goals = {code for _, project in about[key] for code in project.fields.goals}
            count = len({self._work[project.id] for _, project in about[key]})
            rows.append([names[key], _joined(types), _joined(roles), count, self._codes(goals)])
        headers = self._headers("stakeholder", "type", "role", "projects", "goals")
        return _Table("stakeholders", headers, rows, (16, 10, 8, 5, 8))

    def _groups(self) -> _Table:
        rows: list[list[Value]] = []
        for term in self._known.vocabularies["audience"]:
            theirs = [project for project in self._projects if term.code in project.fields.audience]
            if theirs:
                reached: dict[int, int] = {}
                for one in theirs:  # of one work in several records, the record that says most
                    if (people := one.fields.audience_number) is not None:
                        work = self._work[one.id]
                        reached[work] = max(people, reached.get(work, 0))
                count = len({self._work[one.id] for one in theirs})
                goals = {code for project in theirs for code in project.fields.goals}
                label = term.label[self._t.language]
                rows.append([label, count, sum(reached.values()) if reached else None, self._codes(goals)])
        return _Table("groups", self._headers("group", "projects", "reached", "goals"), rows, (14, 5, 8, 14))

    # --- words -------------------------------------------------------------------------------------------------------

    def _headers(self, *names: str) -> tuple[str, ...]:
        return tuple(self._t(f"vlr_column.{name}") for name in names)

    def _goal(self, code: str) -> str:
        return f"{code} {self._known.goal_name(code, self._t.language)}"

    def _title(self, project: Project) -> str:
        f = project.fields
        return (f.title_en or f.title) if self._t.language == "en" else f.title

    def _word(self, vocabulary: str, code: str) -> str | None:
        return self._known.vocabularies[vocabulary].label(code, self._t.language) if code else None

    def _codes(self, goals: set[str]) -> str | None:
        return ", ".join(sorted(goals, key=lambda code: self._order.get(code, 99))) or None

    def _speaks_to(self, indicator: Indicator, project: Project) -> tuple[str, str]:
        """Goal and target: of the global indicator that it names, else of the project where these are plain."""
        goal, dot, rest = indicator.sdg.partition(".")
        if goal in self._order:
            target = f"{goal}.{rest.partition('.')[0]}" if dot else ""
            return goal, target if target in self._known.targets_by_code else ""
        main = project.fields.goals[0] if project.fields.goals else ""
        of_main = [code for code in project.fields.targets if code.partition(".")[0] == main]
        return main, of_main[0] if len(of_main) == 1 else ""


def _latest(indicator: Indicator) -> Actual | None:
    """The newest value; of those without a date the last."""
    found = [actual for actual in indicator.actuals if actual.value is not None]
    return max(found, key=lambda actual: tuple(n or 0 for n in parts(actual.date) or ()), default=None)


def _numbers(target: str) -> tuple[int, str]:
    part = target.partition(".")[2]
    return (int(part), "") if part.isdigit() else (99, part)


def _number(held: Decimal | None) -> Value:
    return None if held is None else plain_number(held)


def _joined(words: dict[str | None, None]) -> str | None:
    return ", ".join(word for word in words if word) or None
