"""Parts of an IATI activity that follow from values alone: texts, dates, budgets, results."""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement

from izsa_desktop.domain.dates import parts
from izsa_desktop.domain.numbers import decimal_text
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.rows import Indicator
from izsa_desktop.domain.running import state

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS = {"fikir": "1", "planlandı": "1", "sürüyor": "2", "tamamlandı": "4", "durduruldu": "6", "iptal": "5"}
_NOT_XML = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]")


def narratives(parent: Element, turkish: str, english: str = "") -> None:
    """A text in each language that it is said in."""
    for text, language in ((turkish, "tr"), (english, "en")):
        if text:
            attributes = {LANG: language} if language != "tr" else {}
            SubElement(parent, "narrative", attributes).text = _NOT_XML.sub("", text)


def organisation(made: Element, role: str, type_: str, turkish: str, english: str = "") -> None:
    """One that takes part."""
    attributes = {"role": role} | ({"type": type_} if type_ else {})
    narratives(SubElement(made, "participating-org", attributes), turkish, english)


def location_of(made: Element, name: str, position: str, exactness: str) -> None:
    """A place, in words or as a point or both."""
    location = SubElement(made, "location")
    if name:
        narratives(SubElement(location, "name"), name)
    if position:
        point = SubElement(location, "point", srsName="http://www.opengis.net/def/crs/EPSG/0/4326")
        SubElement(point, "pos").text = position
        SubElement(location, "exactness", code=exactness)


def status_of(f: ProjectFields, today: date) -> str:
    """The status, or what the dates say of it. The standard has no code for what nobody knows."""
    if f.status in _STATUS:
        return _STATUS[f.status]
    match state(f, today):
        case "active":
            return "2"
        case "inactive":
            return "4" if parts(f.end or "") else "1"
        case _:
            return "2" if parts(f.start or "") else "1"


def dates_of(f: ProjectFields) -> Iterator[tuple[str, str, str]]:
    """Type, day, and the partial date that it was made of: the first day of a beginning, the last of an end."""
    for type_, partial, last in (
        ("1", f.start_planned, False),
        ("2", f.start, False),
        ("3", f.end_planned, True),
        ("4", f.end, True),
    ):
        if day := _day(partial or "", last=last):
            yield type_, day, partial or ""


def _day(partial: str, *, last: bool) -> str:
    found = parts(partial)
    if found is None:
        return ""
    year, month, day = found
    month = month or (12 if last else 1)
    return f"{year:04}-{month:02}-{day or (calendar.monthrange(year, month)[1] if last else 1):02}"


def budgets(made: Element, f: ProjectFields) -> None:
    """What was said for each year, one budget for each year and currency."""
    sums: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for row in f.funding:
        if row.amount is not None and row.year is not None:
            sums[row.year, row.currency or "TRY"] += row.amount
    for (year, currency), amount in sorted(sums.items()):
        budget = SubElement(made, "budget", type="1", status="1")
        SubElement(budget, "period-start", {"iso-date": f"{year}-01-01"})
        SubElement(budget, "period-end", {"iso-date": f"{year}-12-31"})
        value = SubElement(budget, "value", {"currency": currency, "value-date": f"{year}-01-01"})
        value.text = f"{amount:f}"


def result_of(made: Element, indicator: Indicator, f: ProjectFields) -> None:
    """An indicator with what was to be reached and what was."""
    if not indicator.name:
        return
    result = SubElement(made, "result", type="2" if indicator.sdg else "1")
    narratives(SubElement(result, "title"), indicator.name)
    attributes = {"measure": "2" if indicator.unit.strip() in ("%", "yüzde") else "1"}
    attributes["ascending"] = "0" if indicator.direction == "azalış" else "1"
    one = SubElement(result, "indicator", attributes)
    narratives(SubElement(one, "title"), f"{indicator.name} ({indicator.unit})" if indicator.unit else indicator.name)
    if indicator.sdg:
        SubElement(one, "reference", vocabulary="9", code=indicator.sdg)
    if indicator.baseline is not None and indicator.baseline_year:
        year = str(indicator.baseline_year)
        SubElement(one, "baseline", year=year, value=decimal_text(indicator.baseline))
    for first, last, kind, value in _periods(indicator, f):
        period = SubElement(one, "period")
        SubElement(period, "period-start", {"iso-date": first})
        SubElement(period, "period-end", {"iso-date": last})
        SubElement(period, kind, value=value)


def _periods(indicator: Indicator, f: ProjectFields) -> Sequence[tuple[str, str, str, str]]:
    """First day, last day, target or actual, value; in the order of their ends."""
    found = []
    started = parts(f.start or f.start_planned or "")
    first_year = indicator.baseline_year or (started[0] if started else None)
    if indicator.target is not None and indicator.target_year:
        year = min(first_year or indicator.target_year, indicator.target_year)
        last = f"{indicator.target_year}-12-31"
        found.append((f"{year}-01-01", last, "target", decimal_text(indicator.target)))
    for actual in indicator.actuals:
        first, last = _day(actual.date, last=False), _day(actual.date, last=True)
        if actual.value is not None and first:
            found.append((f"{first[:4]}-01-01", last, "actual", decimal_text(actual.value)))
    return sorted(found, key=lambda period: period[1])
