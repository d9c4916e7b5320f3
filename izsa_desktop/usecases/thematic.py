"""The districts on the map: a value and a class for each, counted over the projects that are listed.

Works count once, as in ``analysis.gaps``. A chosen year takes the place of the status: what ran in it, as far as its
dates say, is active. Districts that the list does not speak of (at a district, all others) have no value.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from statistics import median
from typing import Any

import msgspec
from msgspec.structs import replace

from izsa_desktop.analysis.classes import class_of
from izsa_desktop.analysis.gaps import EMPTY, NONE, TOTAL, Tally, by_district
from izsa_desktop.analysis.trend import trend
from izsa_desktop.analysis.works import Entry, Works
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.identity import Identity
from izsa_desktop.domain.reference import OFFICE, District, Reference
from izsa_desktop.domain.running import ACTIVE, UNCLEAR
from izsa_desktop.domain.text import sort_key, visible
from izsa_desktop.i18n import Translator
from izsa_desktop.maps.thematic import Choice
from izsa_desktop.usecases.joint import entries_of
from izsa_desktop.usecases.measures import Measure
from izsa_desktop.usecases.workplace import Workplace

ZERO, NO_DATA = -1, -2
"""Classes beside the coloured ones, which begin at 0."""
HAS, OTHERS, NOTHING = 0, 1, 2
"""Classes of the view of what is missing."""
_TRY = "TRY"
_MOST_YEARS = 40
"""Years that can be chosen, back from the last one."""
_DAYS_OF_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of a district in this view."""

    value: float | None
    tally: Tally = field(default_factory=Tally)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the view is about: the works that are listed, and of which districts they are."""

    works: Works = field(default_factory=Works)
    districts: frozenset[str] | None = None
    """Codes of the districts that the list speaks of; None for all."""


def districts_of(identity: Identity, wanted: ProjectFilter) -> frozenset[str] | None:
    """The districts that a list speaks of; None for all."""
    if wanted.district:
        return frozenset(wanted.district)
    return None if identity.office or wanted.network else frozenset({identity.body})


def entries_at(workplace: Workplace, numbers: Iterable[int]) -> tuple[Entry, ...]:
    """What is counted of some of the projects that a search found; not of those in the bin."""
    with workplace.store.reading() as reader:
        projects = [project for project in reader.at(numbers).values() if not project.deleted]
        return tuple(entries_of(reader, projects, date.today()))


def thematic_json(subject: Subject, choice: Choice, known: Reference, t: Translator, today: date) -> bytes:
    """What the page draws, as JSON: see docs/map-messages.md."""
    return msgspec.json.encode(_View(subject, choice, known, t, today).plain())


def years_of(works: Works, today: date) -> tuple[int, int]:
    """The first and the last year that can be chosen."""
    dated = [entry for entry in works.entries if entry.first]
    ends = [entry.last or entry.first for entry in dated]
    return min([entry.first for entry in dated], default=today.year), max([*ends, today.year])


class _View:
    def __init__(self, subject: Subject, choice: Choice, known: Reference, t: Translator, today: date) -> None:
        self._subject, self._choice, self._known, self._t, self._today = subject, choice, known, t, today
        listed = subject.works.entries
        self._topic = [e for e in listed if not choice.topic or choice.code in e.codes(choice.by)]

    @cached_property
    def _works(self) -> Works:
        """What is counted in the chosen year, or now."""
        choice = self._choice
        chosen = [_in_year(entry, choice.year) for entry in self._topic] if choice.year else self._topic
        compares = choice.mode == "missing" or (choice.mode == "districts" and choice.measure == "active")
        if choice.year and not compares:
            chosen = [entry for entry in chosen if entry.state == ACTIVE]
        return Works(chosen)

    @cached_property
    def _found(self) -> dict[str, Tally]:
        return by_district(self._works)

    def _row(self, code: str) -> Tally:
        return self._found.get(code, EMPTY)

    def plain(self) -> dict[str, Any]:
        choice = self._choice
        links = list(self._links()) if choice.links else []
        made: dict[str, Any] = {
            "choice": asdict(choice),
            "years": self._years() if choice.year else [],
            "undated": self._undated() if choice.year else "",
            "links": links,
            "linksText": self._t("thematic.no_links") if choice.links and not links else "",
        }
        if choice.mode == "districts":
            return made | self._districts()
        if choice.mode == "missing":
            return made | self._missing()
        return made | {"districts": [], "classes": [], "sentence": "", "notes": []}

    # --- time ---------------------------------------------------------------------------------------------------------

    def _years(self) -> list[dict[str, int]]:
        """How many works ran in each year that can be chosen."""
        first, last = years_of(self._subject.works, self._today)
        first, last = min(max(first, last - _MOST_YEARS), self._choice.year), max(last, self._choice.year)
        ran = trend(Works(self._topic).numbered(), first, last)
        return [{"year": year, "count": count} for year, count in ran.years.items()]

    def _undated(self) -> str:
        number = trend(Works(self._topic).numbered(), 1, 0).undated
        return self._t("thematic.undated", number=self._t.number(number)) if number else ""

    # --- a colour for each district -----------------------------------------------------------------------------------

    def _districts(self) -> dict[str, Any]:
        shown = {district.code: self._shown(district) for district in self._known.districts}
        upper = self._measure.bounds([one.value for one in shown.values() if one.value is not None])
        classes = {code: _class(one.value, upper) for code, one in shown.items()}
        beside = ((ZERO, self._t("thematic.zero")), (NO_DATA, self._t("thematic.no_data")))
        found = list(classes.values())
        return {
            "districts": [self._district(d, shown[d.code], classes[d.code]) for d in self._sorted()],
            "classes": [
                {"class": n, "text": text, "count": found.count(n)}
                for n, text in (*beside, *enumerate(self._measure.classes(upper)))
                if n >= 0 or n in found
            ],
            "sentence": self._basis(),
            "notes": list(self._notes()),
        }

    def _sorted(self) -> list[District]:
        return sorted(self._known.districts, key=lambda district: sort_key(district.name))

    def _speaks_of(self, code: str) -> bool:
        return self._subject.districts is None or code in self._subject.districts

    def _shown(self, district: District) -> Shown:
        if not self._speaks_of(district.code):
            return Shown(None, text=self._t("thematic.outside"))
        tally = self._row(district.code)
        value = self._value(district, tally)
        return Shown(
            value,
            tally,
            "" if value is None else self._measure.sentence(value),
        )

    def _value(self, district: District, tally: Tally) -> float | None:
        match self._choice.measure:
            case "density":
                return tally.density(district.population)
            case "count":
                return tally.count
            case "budget":
                amount = tally.budget.get(self._currency)
                return float(amount) if amount is not None else None
            case "active":
                return tally.active_share
            case _:
                return self._months.get(district.code)

    @cached_property
    def _measure(self) -> Measure:
        return Measure(self._choice.measure, self._currency, self._t)

    @cached_property
    def _currency(self) -> str:
        """The one in which most money is stated: the lira where there is any."""
        budget = self._found[TOTAL].budget
        return _TRY if _TRY in budget or not budget else max(budget, key=lambda code: budget[code])

    @cached_property
    def _months(self) -> Mapping[str, float]:
        """Half of a district's records were confirmed longer ago than this many months."""
        ages: dict[str, list[float]] = {}
        for entry in self._works.entries:
            if entry.confirmed:
                days = (self._today - date.fromisoformat(entry.confirmed)).days
                for code in entry.districts:
                    ages.setdefault(code, []).append(max(0.0, days / _DAYS_OF_MONTH))
        return {code: median(found) for code, found in ages.items()}

    def _district(self, district: District, shown: Shown, found: int) -> dict[str, Any]:
        outside = not self._speaks_of(district.code)
        facts = (
            []
            if outside
            else [self._t("thematic.projects", count=shown.tally.count, number=self._t.number(shown.tally.count))]
        )
        return {
            "code": district.code,
            "name": district.name,
            "class": found,
            "label": "" if shown.value is None else self._measure.short(shown.value),
            "text": shown.text or self._t("thematic.no_data"),
            "facts": [*facts, self._t("thematic.population", number=self._t.number(district.population))],
        }

    # --- what is missing ----------------------------------------------------------------------------------------------

    def _missing(self) -> dict[str, Any]:
        texts = {HAS: "has_active", OTHERS: "only_others", NOTHING: "none_at_all"}
        gaps = {d.code: self._row(d.code).gap for d in self._known.districts if self._speaks_of(d.code)}
        classes = {code: HAS if not gap else NOTHING if gap == NONE else OTHERS for code, gap in gaps.items()}
        entries = [
            {"class": n, "text": self._t(f"thematic.{key}"), "count": sum(c == n for c in classes.values())}
            for n, key in texts.items()
        ]
        if outside := len(self._known.districts) - len(classes):
            entries.append({"class": NO_DATA, "text": self._t("thematic.outside"), "count": outside})
        districts = []
        for district in self._sorted():
            found, tally = classes.get(district.code, NO_DATA), self._row(district.code)
            text = self._t("thematic.outside") if found == NO_DATA else self._t(f"thematic.{texts[found]}")
            count = self._t("thematic.projects", count=tally.count, number=self._t.number(tally.count))
            people = self._t("thematic.population", number=self._t.number(district.population))
            facts = [people] if found == NO_DATA else [count, people]
            label = str(tally.active) if found == HAS else ""
            districts.append(
                {
                    "code": district.code,
                    "name": district.name,
                    "class": found,
                    "label": label,
                    "text": text,
                    "facts": facts,
                }
            )
        return {
            "districts": districts,
            "classes": entries,
            "sentence": self._missing_sentence(sum(bool(gap) for gap in gaps.values())),
            "notes": [self._basis(), *self._notes()],
        }

    def _missing_sentence(self, number: int) -> str:
        if not number:
            return self._t("thematic.missing_none_left")
        topic, year = self._topic_name(), self._choice.year
        if topic and year:
            return self._t("thematic.missing_sentence_topic_year", number=number, topic=topic, year=year)
        if topic:
            return self._t("thematic.missing_sentence_topic", number=number, topic=topic)
        if year:
            return self._t("thematic.missing_sentence_year", number=number, year=year)
        return self._t("thematic.missing_sentence", number=number)

    def _topic_name(self) -> str:
        by, code = self._choice.by, self._choice.code
        if by == "goal":
            return f"{visible(code)} · {visible(self._known.goal_name(code, self._t.language))}"
        return visible(self._known.vocabularies[by].label(code, self._t.language)) if by else ""

    # --- what is said beside ------------------------------------------------------------------------------------------

    def _basis(self) -> str:
        if self._choice.year:
            number = self._t.number(sum(entry.runs_in(self._choice.year) for entry in self._topic))
            return self._t("thematic.basis_year", number=number, year=self._choice.year)
        return self._t("thematic.basis", number=self._t.number(len(self._topic)))

    def _notes(self) -> Iterator[str]:
        entries = self._works.entries
        yield from self._note("province", sum(OFFICE in entry.districts for entry in entries))
        yield from self._note("placeless", sum("" in entry.districts for entry in entries))
        if self._choice.mode == "missing" or self._choice.measure == "active":
            yield from self._note("unknown_status", sum(entry.state == UNCLEAR for entry in entries))
        elif self._choice.measure == "budget":
            yield from self._note("no_money", sum(not entry.money for entry in entries))
            if len(self._found[TOTAL].budget) > 1:
                yield self._t("thematic.other_money", currency=self._currency)

    def _note(self, key: str, number: int) -> Iterator[str]:
        if number:
            yield self._t(f"thematic.{key}", number=self._t.number(number))

    # --- joint work ---------------------------------------------------------------------------------------------------

    def _links(self) -> Iterator[dict[str, Any]]:
        """Pairs of districts that work together, with the number of their joint works."""
        at = {district.code: district for district in self._known.districts}
        counts: dict[tuple[str, str], int] = {}
        for a, b in self._works.together():
            for pair in {(min(x, y), max(x, y)) for x in a.districts for y in b.districts if x != y}:
                if pair[0] in at and pair[1] in at:
                    counts[pair] = counts.get(pair, 0) + 1
        for (first, second), count in sorted(counts.items()):
            a_, b_ = at[first], at[second]
            text = self._t("thematic.linked", count=count, number=self._t.number(count))
            yield {
                "from": [a_.lon, a_.lat],
                "to": [b_.lon, b_.lat],
                "count": count,
                "text": f"{a_.name} – {b_.name}: {text}",
            }


def _in_year(entry: Entry, year: int) -> Entry:
    """An entry as it was in a year, as far as its dates say."""
    return replace(entry, state=entry.state_in(year))


def _class(value: float | None, upper: tuple[float, ...]) -> int:
    if value is None:
        return NO_DATA
    return ZERO if value <= 0 or not upper else class_of(value, upper)
