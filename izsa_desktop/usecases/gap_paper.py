"""What the printed gap table says, and the document as a file."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from izsa_desktop.analysis.gaps import Balance, Finding
from izsa_desktop.analysis.trend import trend
from izsa_desktop.domain.reference import Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.gaps import BalanceRow, GapPaper, Lacking, PaperCell, PaperHead, PaperRow, gaps_html
from izsa_desktop.reports.ports import PageRenderer
from izsa_desktop.usecases.files import write_atomic
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.gap_cell import YEARS, Looked, column_sharers, records_at, trend_notes
from izsa_desktop.usecases.gap_sheet import PLAIN, TOTAL, Sheet, Wanted
from izsa_desktop.usecases.gaps import reason, sentence
from izsa_desktop.usecases.workplace import Workplace, require_outside

_LYING = 5
"""Letters of a head that need not stand."""
_LIGHT = 0.45
"""Of the brightness of a colour: above it black is read better."""


def write_gap_paper(workplace: Workplace, looked: Looked, target: Path, t: Translator, renderer: PageRenderer) -> None:
    """Writes the table by number as PDF. Raises NoRenderer, FileProblem, DiskProblem."""
    require_outside(workplace, target)
    sheet = Sheet(looked.table, Wanted(), workplace.reference, t)
    write_atomic(target, renderer.pdf(gap_html(sheet, looked, workplace.reference, t)))


def gap_html(sheet: Sheet, looked: Looked, known: Reference, t: Translator) -> str:
    """The document of what a sheet shows."""
    return gaps_html(_Paper(sheet, looked, known, t).view(), t)


class _Paper:
    def __init__(self, sheet: Sheet, looked: Looked, known: Reference, t: Translator) -> None:
        self._sheet, self._looked, self._known, self._t = sheet, looked, known, t
        self._names, self._by = FilterNames(known, t), sheet.table.found.by

    def view(self) -> GapPaper:
        t, sheet = self._t, self._sheet
        found, year = sheet.table.found, date.today().year
        ran = trend(records_at(self._looked, (TOTAL, TOTAL)), year - YEARS + 1, year, year)
        words = [term.code for term in self._known.vocabularies["dimension"]]
        return GapPaper(
            title=t("gappaper.title"),
            subtitle=t("gappaper.subtitle", what=t(f"gapcolumn.{self._by}"), count=found.total.count),
            unit=sheet.unit,
            day=t.date(date.today().isoformat()),
            columns=tuple(
                PaperHead(h.short, h.color, _ink(h.color), len(h.short) > _LYING and h.code != TOTAL)
                for h in sheet.columns
            ),
            rows=tuple(self._row(n) for n in range(len(sheet.rows))),
            legend=tuple(self._legend()),
            by_district=tuple(self._by_district()),
            by_column=tuple(self._by_column()) if len(found.rows) > 1 else (),
            unserved=tuple(self._unserved()),
            trend=tuple((str(one), count) for one, count in ran.years.items()),
            trend_note=" · ".join(trend_notes(ran, t)),
            dimensions=tuple(self._names.value("dimension", code) for code in words),
            balance=tuple(self._balance(words)),
        )

    def _row(self, n: int) -> PaperRow:
        head = self._sheet.rows[n]
        looks = ("gap" if c.gap else "" if c.tone == PLAIN else f"heat-{c.tone}" for c in self._sheet.cells[n])
        cells = (PaperCell(c.text, look) for c, look in zip(self._sheet.cells[n], looks, strict=True))
        return PaperRow(head.name, tuple(cells), head.code == TOTAL)

    def _legend(self) -> Iterator[tuple[str, str]]:
        if any(cell.gap for row in self._sheet.cells for cell in row):
            yield "gap", self._t("gapscreen.legend_gap")
        for tone, text in self._sheet.legend:
            yield f"heat-{tone}", text

    def _short(self, code: str) -> str:
        return code if self._by in ("goal", "target") else self._names.value(self._by, code)

    def _by_district(self) -> Iterator[Lacking]:
        table = self._sheet.table
        for district in table.found.rows:
            here = [one for one in table.findings if one.district == district]
            if not here:
                continue
            if len(table.found.rows) == 1:
                lines: Sequence[str] = [sentence(one, self._by, self._names, self._t) for one in here]
            else:
                lines = list(self._grouped(here))
            number = self._t("gappaper.gaps", count=len(here))
            yield Lacking(self._names.value("district", district), number, tuple(lines))

    def _grouped(self, here: Sequence[Finding]) -> Iterator[str]:
        """One line for each reason."""
        for why in dict.fromkeys(one.reason for one in here):
            what = ", ".join(self._short(one.code) for one in here if one.reason == why)
            yield self._t(f"gappaper.because_{why}", what=what)

    def _by_column(self) -> Iterator[Lacking]:
        t, table = self._t, self._sheet.table
        for code in table.found.columns:
            lacking = [self._names.value("district", one.district) for one in table.findings if one.code == code]
            if not lacking:
                continue
            districts = len(table.found.rows) - (table.found.rows[-1] == self._known.province.code)
            where = t("gappaper.everywhere") if len(lacking) == districts else ", ".join(lacking)
            helpers = ", ".join(self._names.value("district", one) for one in column_sharers(table, code))
            lines = (where, t("gapscreen.sharers", names=helpers)) if helpers else (where,)
            number = t("gappaper.districts", count=len(lacking))
            yield Lacking(self._names.value(self._by, code), number, lines)

    def _unserved(self) -> Iterator[Lacking]:
        t, unserved = self._t, self._sheet.table.unserved
        groups = ", ".join(self._names.value("audience", one.code) for one in unserved.audiences)
        if groups and len(unserved.rows) > 1:
            yield Lacking(t("gaps.city"), "", (t("gappaper.audiences", names=groups),))
        for row in unserved.rows:
            groups = ", ".join(self._names.value("audience", one.code) for one in row.audiences)
            lines = [t("gappaper.audiences", names=groups)] if groups else []
            facts = {"missing": len(row.neighbourhoods), "known": row.known}
            if len(unserved.rows) > 1:
                lines.append(t("gappaper.quarters", **facts))
            else:
                names = ", ".join(self._quarter(one.place.name, one.reason, one.count) for one in row.neighbourhoods)
                lines += [t("gapscreen.unserved_places", **facts), names]
            if row.placeless:
                lines.append(t("gapscreen.placeless", count=row.placeless))
            yield Lacking(self._names.value("district", row.district), "", tuple(filter(None, lines)))

    def _quarter(self, name: str, why: str, count: int) -> str:
        return f"{name} ({reason(why, count, self._t)})" if count else name

    def _balance(self, words: Sequence[str]) -> Iterator[BalanceRow]:
        found = self._sheet.table.found
        if len(found.rows) > 1:
            yield self._balance_row(self._t("gaps.city"), found.balance.get(""), words)
        for code in found.rows:
            yield self._balance_row(self._names.value("district", code), found.balance.get(code), words)

    def _balance_row(self, name: str, balance: Balance | None, words: Sequence[str]) -> BalanceRow:
        percents = tuple(round(balance.percent.get(code, 0)) for code in words) if balance else ()
        return BalanceRow(name, percents, self._t.number(balance.works) if balance else "")


def _ink(color: str) -> str:
    """Black or white, whichever is read better on a colour (``#rrggbb``)."""
    if not color:
        return ""
    red, green, blue = (int(color[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return "#161616" if 0.299 * red + 0.587 * green + 0.114 * blue > _LIGHT else "#ffffff"
