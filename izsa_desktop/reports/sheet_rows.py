"""The repeated parts of a project as its sheet shows them: indicators as small charts, rows as tables of texts.

All texts are ready to be read. A chart is points in a field of ``CHART_WIDTH`` times ``CHART_HEIGHT``; how it looks,
the template says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from izsa_desktop.domain.dates import parts
from izsa_desktop.domain.numbers import decimal_text
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.rows import Indicator
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator

CHART_WIDTH, CHART_HEIGHT = 100.0, 30.0
_EDGE = 3.0
_NO_YEAR = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorView:
    """What is measured. Numbers are texts with their unit and year; "" where none was entered."""

    name: str
    direction: str
    baseline: str
    target: str
    latest: str
    percent: str
    """How much of the way to the target is done, as a text with its sign; "" where that cannot be said."""
    way: int
    """The same from 0 to 100, for a bar."""
    points: tuple[tuple[float, float], ...]
    """Baseline and what was reached, in the order of time, in the chart's field; empty for less than two."""
    aim: tuple[float, float] | None
    """The target in the same field."""
    words: str
    """The chart for those who do not see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of texts under a name. Columns in which nothing stands are left out."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """A part of a whole: its name and percent."""

    name: str
    percent: int


def number(value: Decimal | int, t: Translator) -> str:
    """A number as people write it."""
    whole, _, rest = decimal_text(Decimal(value)).partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    shown = sign + t.number(int(digits))
    return f"{shown}{',' if t.language == 'tr' else '.'}{rest}" if rest else shown


def indicators(fields: ProjectFields, reference: Reference, t: Translator) -> tuple[IndicatorView, ...]:
    """The indicators of a project."""
    return tuple(_indicator(one, reference, t) for one in fields.indicators if one.name or one.unit)


def tables(fields: ProjectFields, titles: Mapping[str, str], reference: Reference, t: Translator) -> tuple[Table, ...]:
    """Funding, partners, plans, further places, relations, documents: as far as something was entered.

    ``titles``: names of other projects by id, as far as they are known.
    """

    def term(vocabulary: str, code: str) -> str:
        return visible(reference.vocabularies[vocabulary].label(code, t.language)) if code else ""

    def year(value: int | None) -> str:
        return str(value) if value is not None else ""

    found = (
        _table(
            t.field("funding"),
            (t("part.funding_source"), t("part.funding_amount"), t("part.funding_year"), t("part.funding_note")),
            [
                (
                    term("funding_source", row.source),
                    f"{number(row.amount, t)} {visible(row.currency)}".strip() if row.amount is not None else "",
                    year(row.year),
                    visible(row.note),
                )
                for row in fields.funding
            ],
        ),
        _table(
            t.field("partners"),
            (t("part.partners_name"), t("part.partners_type"), t("part.partners_role")),
            [
                (visible(row.name), term("partner_type", row.type), term("partner_role", row.role))
                for row in fields.partners
            ],
        ),
        _table(
            t.field("plans"),
            (t("part.plans_plan"), t("part.plans_level"), t("part.plans_code"), t("part.plans_text")),
            [
                (term("plan", row.plan), term("plan_level", row.level), visible(row.code), visible(row.text))
                for row in fields.plans
            ],
        ),
        _table(
            t.field("sites"),
            (t("part.sites_name"), t("part.sites_neighbourhood")),
            [(visible(row.name), visible(row.neighbourhood)) for row in fields.sites],
        ),
        _table(
            t.field("relations"),
            (t("part.relations_kind"), t("part.relations_other"), t("part.relations_note")),
            [
                (term("relation", row.kind), visible(titles.get(row.other, "") or row.other), visible(row.note))
                for row in fields.relations
            ],
        ),
    )
    return tuple(table for table in found if table is not None)


def dimensions(fields: ProjectFields, reference: Reference, t: Translator) -> tuple[BarView, ...]:
    """How the project divides between environment, economy, society and governance."""
    words = reference.vocabularies["dimension"]
    return tuple(
        BarView(name=visible(words.label(share.code, t.language)), percent=share.percent)
        for share in fields.dimensions
        if share.percent > 0
    )


def climate(fields: ProjectFields, reference: Reference, t: Translator) -> tuple[tuple[str, str], ...]:
    """What it does for the climate: name and value."""
    words = reference.vocabularies

    def label(vocabulary: str, code: str) -> str:
        return visible(words[vocabulary].label(code, t.language)) if code else ""

    rows = (
        ("climate_effect", label("climate_effect", fields.climate_effect)),
        ("climate_sector", label("climate_sector", fields.climate_sector)),
        ("hazards", ", ".join(label("hazard", code) for code in fields.hazards)),
        *(
            (name, number(value, t) if value is not None else "")
            for name, value in (
                ("co2e", fields.co2e),
                ("energy_saved", fields.energy_saved),
                ("energy_produced", fields.energy_produced),
            )
        ),
    )
    return tuple((t.field(name), text) for name, text in rows if text)


def _table(name: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table | None:
    kept = [row for row in rows if any(row)]
    if not kept:
        return None
    filled = [n for n in range(len(columns)) if any(row[n] for row in kept)]
    return Table(
        name=name,
        columns=tuple(columns[n] for n in filled),
        rows=tuple(tuple(row[n] for n in filled) for row in kept),
    )


# --- indicators ------------------------------------------------------------------------------------------------------


def _indicator(one: Indicator, reference: Reference, t: Translator) -> IndicatorView:
    unit = visible(one.unit)

    def said(value: Decimal | None, when: str) -> str:
        if value is None:
            return ""
        amount = f"{number(value, t)} {unit}".strip()
        return f"{amount} ({when})" if when else amount

    reached = [(when, row.value) for row in one.actuals if row.value is not None for when in (_moment(row.date),)]
    reached.sort(key=lambda point: point[0])
    last = max((row for row in one.actuals if row.value is not None), key=lambda row: _moment(row.date), default=None)
    baseline = said(one.baseline, str(one.baseline_year or ""))
    target = said(one.target, str(one.target_year or ""))
    latest = said(last.value, t.date(last.date)) if last is not None else ""
    way = _way(one.baseline, one.target, last.value if last else None)
    points, aim = _chart(one, reached)
    name = visible(one.name) or unit
    heard = ", ".join(
        t(f"sheet_indicator.{key}", value=value)
        for key, value in (("baseline", baseline), ("latest", latest), ("target", target))
        if value
    )
    return IndicatorView(
        name=name,
        direction=visible(reference.vocabularies["direction"].label(one.direction, t.language))
        if one.direction
        else "",
        baseline=baseline,
        target=target,
        latest=latest,
        percent="" if way is None else t("sheet_indicator.percent", percent=way),
        way=min(max(way or 0, 0), 100),
        points=points,
        aim=aim,
        words=f"{name}: {heard}" if heard else name,
    )


def _moment(date: str) -> float:
    """A partial date as a year with fractions; ``_NO_YEAR`` for none."""
    found = parts(date)
    if found is None:
        return _NO_YEAR
    year, month, day = found
    return year + ((month or 7) - 1) / 12 + ((day or 1) - 1) / 365


def _way(baseline: Decimal | None, target: Decimal | None, latest: Decimal | None) -> int | None:
    """How much of the way from baseline to target is done, in percent."""
    if baseline is None or target is None or latest is None or baseline == target:
        return None
    share = (latest - baseline) / (target - baseline) * 100
    return int(share.to_integral_value()) if abs(share) < 10_000 else None


def _chart(
    one: Indicator, reached: Sequence[tuple[float, Decimal]]
) -> tuple[tuple[tuple[float, float], ...], tuple[float, float] | None]:
    """Points of the line, and the target, in the chart's field."""
    moments = [(when, value) for when, value in reached if when]
    if one.baseline is not None and one.baseline_year:
        moments.insert(0, (float(one.baseline_year), one.baseline))
    moments.sort(key=lambda point: point[0])
    wanted = (float(one.target_year), one.target) if one.target is not None and one.target_year else None
    every = [*moments, *([wanted] if wanted else [])]
    if len(every) < 2 or not moments:
        return (), None
    first, last = min(when for when, _ in every), max(when for when, _ in every)
    low, high = min(value for _, value in every), max(value for _, value in every)

    def place(when: float, value: Decimal) -> tuple[float, float]:
        across = (when - first) / (last - first) if last > first else 0.5
        up = float((value - low) / (high - low)) if high > low else 0.5
        return (
            round(_EDGE + across * (CHART_WIDTH - 2 * _EDGE), 1),
            round(CHART_HEIGHT - _EDGE - up * (CHART_HEIGHT - 2 * _EDGE), 1),
        )

    return tuple(place(*point) for point in moments), place(*wanted) if wanted else None
