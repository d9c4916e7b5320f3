"""Beside the table of gaps: what is missing in a cell and who could help, whom nothing reaches, the balance."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from izsa_desktop.analysis.gaps import Balance
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.text import visible
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.widgets.balance_list import BalanceLine, BalanceList
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.lines import Lines
from izsa_desktop.ui.widgets.shares_field import TONES, Swatch
from izsa_desktop.ui.widgets.tabs import Tabs
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.ui.widgets.year_bars import YearBars
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.gap_cell import SHOWN, Behind, column_sharers, trend_notes
from izsa_desktop.usecases.gap_sheet import TOTAL, Sheet
from izsa_desktop.usecases.gaps import BY_YEAR, reason
from izsa_desktop.usecases.unserved import Group, Quarter

_WIDTH, _WIDEST = 326, 400
_FEW = 2
"""Sentences that are shown as a text."""
CELL, UNSERVED, BALANCE = range(3)


class GapSide(QFrame):
    """``show_sheet`` what the table shows, ``show_behind`` what stands behind the cell in which one is."""

    project_wanted = Signal(str)
    filter_wanted = Signal(ProjectFilter)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("gapSide")
        self._names = FilterNames(desk.workplace.reference, desk.t)
        self.behind: Behind | None = None
        """What stands behind the cell of which the pane speaks."""
        t = desk.t
        self.cell, self.unserved, self.balance = _CellPart(desk), UnservedPart(desk), BalancePart(desk, self._names)
        self.tabs = Tabs()
        self.tabs.add("list", t("gapscreen.part_cell"), self.cell)
        self.tabs.add("users", t("gapscreen.part_unserved"), self.unserved)
        self.tabs.add("columns-3", t("gapscreen.part_balance"), self.balance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.addWidget(self.tabs)
        names = sum(button.sizeHint().width() + 6 for button in self.tabs.buttons)
        self.setMinimumWidth(min(max(_WIDTH, names + 30), _WIDEST))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.cell.projects.chosen.connect(self._open)
        self.cell.open_list.clicked.connect(self._list)

    def show_sheet(self, sheet: Sheet) -> None:
        """Other numbers from now on. Of one district all the rest has room below the table."""
        self.balance.show_sheet(sheet)
        alone = len(sheet.rows) == 1
        for button in self.tabs.buttons:
            button.setVisible(not alone)
        if alone:
            self.tabs.show_part(CELL)

    def show_behind(self, behind: Behind, sheet: Sheet) -> None:
        """What stands behind a cell of the sheet."""
        self.behind = behind
        self.cell.show_behind(behind, sheet, self._names)
        self.unserved.show_row(behind.row, sheet, self._names)
        self.balance.bars.choose(behind.row)

    def _open(self, number: int) -> None:
        if self.behind is not None:
            self.project_wanted.emit(self.behind.projects[number].id)

    def _list(self) -> None:
        if self.behind is not None and self.behind.filter is not None:
            self.filter_wanted.emit(self.behind.filter)


class _CellPart(QWidget):
    """Sentences, trend, projects."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        t = self._t = desk.t
        self.heading = plain_label(role="heading", wrap=True)
        self.said = plain_label(wrap=True, selectable=True)
        self.said.hide()
        self.missing = Lines(t("gapscreen.sentences"))
        self.helpers = plain_label(role="soft", wrap=True)
        self.years, self.undated = YearBars(t), plain_label(role="soft", wrap=True)
        self.number = plain_label(role="field")
        self.projects = Lines(t("gapscreen.behind_none"))
        self.more = plain_label(role="soft", wrap=True)
        self.open_list = QPushButton(t("gapscreen.open_list"))
        self.open_list.setAutoDefault(True)  # Enter presses it
        icons.put(self.open_list, "list", "text", 15)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (
            self.heading,
            self.said,
            self.missing,
            self.helpers,
            plain_label(t("gapscreen.trend"), role="field", wrap=True),
            self.years,
            self.undated,
            self.number,
        ):
            column.addWidget(widget, 1 if widget is self.missing else 0)
        column.addWidget(self.projects, 1)
        column.addWidget(self.more)
        column.addWidget(self.open_list)

    def show_behind(self, behind: Behind, sheet: Sheet, names: FilterNames) -> None:
        t = self._t
        self.heading.setText(sheet.name(behind.row, behind.column))
        nothing = () if sheet.table.found.by == BY_YEAR else (self._nothing(behind),)
        self._say(behind.sentences or nothing)
        sharers = column_sharers(sheet.table, behind.column) if behind.row == TOTAL != behind.column else ()
        self.helpers.setText(t("gapscreen.sharers", names=", ".join(names.value("district", code) for code in sharers)))
        self.helpers.setVisible(bool(sharers))
        said = "; ".join(t("gapscreen.trend_said", year=y, count=n) for y, n in behind.trend.years.items())
        self.years.show_years(behind.trend.years, f"{t('gapscreen.trend')}: {said}")
        notes = "\n".join(trend_notes(behind.trend, t))
        self.undated.setText(notes)
        self.undated.setVisible(bool(notes))
        self._show_projects(behind)

    def _show_projects(self, behind: Behind) -> None:
        t = self._t
        if not behind.number:
            said = t("gapscreen.behind_none")
        elif behind.works == behind.number:
            said = t("gapscreen.behind", count=behind.number)
        else:
            said = t("gapscreen.behind_joined", count=behind.number, works=t.number(behind.works))
        self.number.setText(said)
        self.projects.setAccessibleName(said)
        self.projects.show_lines([f"{one.title}\n{one.below}" for one in behind.projects])
        self.more.setText(t("gapscreen.behind_more", shown=SHOWN))
        self.more.setVisible(behind.number > len(behind.projects))
        self.open_list.setEnabled(behind.filter is not None)
        self.open_list.setToolTip("" if behind.filter is not None else t("gapscreen.open_list_off"))
        self.open_list.setVisible(behind.number > 0)

    def _say(self, sentences: Sequence[str]) -> None:
        """A few sentences as a text, many as a list."""
        few = len(sentences) <= _FEW
        self.said.setText(visible("\n".join(sentences)) if few else "")
        self.missing.show_lines(() if few else sentences)
        self.said.setVisible(few and bool(sentences))
        self.missing.setVisible(not few)

    def _nothing(self, behind: Behind) -> str:
        if behind.row != TOTAL:
            return self._t("gapscreen.nothing_missing")
        return self._t(
            "gapscreen.nothing_missing_city" if behind.column == TOTAL else "gapscreen.nothing_missing_column"
        )


class UnservedPart(QWidget):
    """Groups and neighbourhoods."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        t = self._t = desk.t
        self.heading = plain_label(role="heading", wrap=True)
        self.audiences = Lines(t("gapscreen.unserved_audiences"))
        self.audiences.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.number = plain_label(role="field", wrap=True)
        self.quarters = Lines(t("gapscreen.unserved_choose"))
        self.placeless = plain_label(role="soft", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (
            self.heading,
            plain_label(t("gapscreen.unserved_audiences"), role="field"),
            self.audiences,
            self.number,
        ):
            column.addWidget(widget)
        column.addWidget(self.quarters, 1)
        column.addWidget(self.placeless)

    def show_row(self, row: str, sheet: Sheet, names: FilterNames) -> None:
        t, unserved = self._t, sheet.table.unserved
        self.heading.setText(sheet.name(row, TOTAL))
        found = unserved.row(row)
        groups = unserved.audiences if row == TOTAL else found.audiences if found else ()
        lines = [self._group(one, names) for one in groups]
        self.audiences.show_lines(lines or [t("gapscreen.unserved_audiences_none")])
        self._show_label(self.placeless, t("gapscreen.placeless", count=found.placeless) if found else "")
        if found is None:
            self._show_label(self.number, t("gapscreen.unserved_choose"))
            self.quarters.show_lines(())
            return
        missing = t("gapscreen.unserved_places", missing=len(found.neighbourhoods), known=found.known)
        self._show_label(self.number, missing if found.neighbourhoods else t("gapscreen.unserved_places_none"))
        self.quarters.setAccessibleName(missing)
        self.quarters.show_lines([self._quarter(one) for one in found.neighbourhoods])
        self.placeless.setVisible(found.placeless > 0)

    @staticmethod
    def _show_label(label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _group(self, one: Group, names: FilterNames) -> str:
        what = names.value("audience", one.code)
        return (
            self._t("gapscreen.missing", what=what, why=reason(one.reason, one.count, self._t)) if one.count else what
        )

    def _quarter(self, one: Quarter) -> str:
        t, place = self._t, one.place
        line = t("gapscreen.place_line", name=place.name, people=t.number(place.population))
        if not one.count:
            return line
        return t("gapscreen.place_line_why", line=line, why=reason(one.reason, one.count, t))


class BalancePart(QWidget):
    """A bar for each district."""

    def __init__(self, desk: Desk, names: FilterNames) -> None:
        super().__init__()
        t = self._t = desk.t
        self._names = names
        self._dimensions = [term.code for term in desk.workplace.reference.vocabularies["dimension"]]
        self.bars = BalanceList(t("gapscreen.part_balance"))
        legend = QWidget()
        flow = FlowLayout(legend)
        words = desk.workplace.reference.vocabularies["dimension"]
        for tone, term in zip(TONES, words, strict=False):
            entry = QWidget()
            line = QHBoxLayout(entry)
            line.setContentsMargins(0, 0, 6, 0)
            line.setSpacing(5)
            line.addWidget(Swatch(tone))
            line.addWidget(plain_label(names.value("dimension", term.code), role="soft"))
            flow.addWidget(entry)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(plain_label(t("gapscreen.balance_basis"), role="soft", wrap=True))
        column.addWidget(legend)
        column.addWidget(self.bars, 1)

    def show_sheet(self, sheet: Sheet) -> None:
        """A bar for each row, and one for all."""
        found = sheet.table.found
        lines = [
            self._line(row.code, row.name, found.balance.get(row.code), found.row(row.code).count)
            for row in sheet.rows
            if row.code != TOTAL
        ]
        whole = self._line(TOTAL, self._t("gaps.city"), found.balance.get(""), found.total.count)
        self.bars.show_lines([whole, *lines] if len(lines) > 1 else lines)

    def _line(self, code: str, name: str, balance: Balance | None, count: int) -> BalanceLine:
        t, percent = self._t, balance.percent if balance else {}
        nothing = t("gapscreen.balance_none") if count else t("gapscreen.balance_no_project")
        parts = [
            (tone, percent[dim], dim) for tone, dim in zip(TONES, self._dimensions, strict=False) if dim in percent
        ]
        words = ", ".join(
            f"{self._names.value('dimension', dim)} {t('thematic.share', value=round(part))}" for _, part, dim in parts
        )
        aside = t("gapscreen.balance_works", count=balance.works) if balance else nothing
        said = t("gapscreen.balance_said", name=name, parts=words or nothing)
        return BalanceLine(code, name, aside, tuple((tone, part) for tone, part, _ in parts), said)
