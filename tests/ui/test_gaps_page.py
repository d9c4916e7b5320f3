"""The page of gaps: the table, what stands behind a cell, columns and measures, the way to the projects, paper."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Funding
from izsa_desktop.tables.reading import read_table
from izsa_desktop.ui import changes
from izsa_desktop.ui.pages.gap_side import BALANCE, UNSERVED
from izsa_desktop.ui.pages.gaps_page import GapsPage
from izsa_desktop.ui.theme import tokens
from izsa_desktop.ui.widgets.gap_table import HEATS
from izsa_desktop.ui.workspace import GAPS, PROJECTS
from izsa_desktop.usecases.gap_sheet import TOTAL
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.workplace import create_workplace
from tests.support import BORNOVA
from tests.ui.window import Bench, OpenBench
from tests.usecases.line import Line

KONAK, KIRAZ = "TUR035021", "TUR035020"
HOSTILE = '<b>Çatı</b> "güneşi" &amp;'


def made(number: int, district: str, **said: object) -> ProjectFields:
    usual: dict[str, object] = {"title": f"Proje {number}", "goals": ("7",), "status": "sürüyor", "start": "2024-05"}
    return ProjectFields(district=district, **usual | said)  # type: ignore[arg-type]  # named by the fields


@pytest.fixture
def office(tmp_path: Path) -> Path:
    projects = [
        made(1, KONAK, title=HOSTILE, audience=("kadınlar",), neighbourhood="Alsancak"),
        made(2, KONAK, funding=(Funding(key="a", amount=Decimal(2_500_000), currency="TRY"),)),
        made(3, KONAK, goals=("7", "13")),
        made(4, BORNOVA, status="iptal", theme="kompost"),
        made(5, BORNOVA, served=(BORNOVA, KIRAZ), goals=("6",)),
        made(6, OFFICE, goals=("17",), scope="il"),
    ]
    with create_workplace(tmp_path / "office", OFFICE, "Deniz") as workplace:
        add_projects(workplace, projects)
    return tmp_path / "office"


def opened(b: Bench) -> GapsPage:
    b.workspace.go_to(GAPS)
    b.settle()
    return b.workspace.gaps


def choose(b: Bench, page: GapsPage, row: str, column: str) -> None:
    assert page.table.go_to(row, column)
    b.qtbot.waitUntil(
        lambda: page.side.behind is not None and (page.side.behind.row, page.side.behind.column) == (row, column)
    )


def switch(b: Bench, page: GapsPage, by: str) -> None:
    with b.qtbot.waitSignal(page.shown):
        page.by.setCurrentIndex(page.by.findData(by))
    b.settle()


def text(page: GapsPage, row: str, column: str) -> str:
    return str(page.table.cells.place(row, column).data())


def test_every_cell_has_a_number_and_says_in_words_what_it_shows(bench: OpenBench, office: Path) -> None:
    page = opened(bench(office, show=True))
    model = page.table.cells
    assert (model.rowCount(), model.columnCount()) == (32, 18)
    assert [text(page, KONAK, "7"), text(page, BORNOVA, "7"), text(page, KIRAZ, "6")] == ["3", "1", "1"]
    assert [text(page, TOTAL, "7"), text(page, KONAK, TOTAL), text(page, TOTAL, TOTAL)] == ["4", "3", "6"]
    said = model.place(BORNOVA, "7").data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Bornova, 7 · Erişilebilir ve Temiz Enerji: 1 proje; 0 tanesi sürüyor; eksik: hiçbiri sürmüyor"
    assert page.summary.text().startswith("6 proje, ")


def test_it_opens_at_the_first_district_with_the_keyboard_in_the_table(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    b.opened.window.resize(1000, 520)
    page = opened(b)
    assert page.table.cells.codes(page.table.currentIndex()) == ("TUR035001", TOTAL)
    assert page.table.verticalScrollBar().value() == 0
    assert page.table.rowAt(2) == 0
    assert page.table.hasFocus()
    b.qtbot.waitUntil(lambda: page.side.behind is not None)
    assert page.side.cell.heading.text() == "Aliağa"


def test_many_columns_begin_at_the_first_and_what_is_shown_again_stays(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    across, down = page.table.horizontalScrollBar(), page.table.verticalScrollBar()
    with b.qtbot.waitSignal(page.shown):
        page.by.setCurrentIndex(page.by.findData("target"))
    b.settle()
    assert across.maximum() > 0
    assert (across.value(), down.value()) == (0, 0)
    across.setValue(300)
    down.setValue(4)
    with b.qtbot.waitSignal(page.shown):
        page.measure.setCurrentIndex(2)
    b.settle()
    assert (across.value(), down.value()) == (300, 4)


def test_an_unknown_year_is_called_so(bench: OpenBench, tmp_path: Path) -> None:
    with create_workplace(tmp_path / "office", OFFICE, "Deniz") as workplace:
        add_projects(workplace, [made(1, KONAK, start="unknown"), made(2, KONAK, start="2024")])
    page = opened(b := bench(tmp_path / "office", show=True))
    with b.qtbot.waitSignal(page.shown):
        page.by.setCurrentIndex(page.by.findData("year"))
    b.settle()
    model = page.table.cells
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == ["2024", "bilinmiyor", "Toplam"]


def test_what_nobody_knows_to_run_is_told_and_not_left_blank(bench: OpenBench, tmp_path: Path) -> None:
    with create_workplace(tmp_path / "office", OFFICE, "Deniz") as workplace:
        unsaid: dict[str, object] = {"status": "", "start": "2021"}
        add_projects(workplace, [made(1, KONAK, **unsaid), made(2, KONAK, **unsaid | {"end_planned": "2099"})])
        add_projects(workplace, [made(3, BORNOVA, **unsaid)])
    b = bench(tmp_path / "office", show=True)
    page = opened(b)
    assert page.summary.text() == "3 proje, 509 eksik; 1 eksikte proje var, sürdüğü bilinmiyor"
    with b.qtbot.waitSignal(page.shown):
        page.measure.setCurrentIndex(1)
    b.settle()
    assert (text(page, KONAK, "7"), text(page, BORNOVA, "7"), text(page, KIRAZ, "7")) == ("%100", "?", "")
    choose(b, page, BORNOVA, "7")
    assert "sürüp sürmediği bilinmiyor" in page.side.cell.said.text()
    assert page.side.cell.projects.lines == ("Proje 3\nBornova · sürüp sürmediği bilinmiyor",)
    choose(b, page, KONAK, "7")
    assert "Proje 2\nKonak · tarihlerine göre sürüyor" in page.side.cell.projects.lines
    assert page.side.cell.undated.text() == "Ne zamana dek sürdüğü bilinmeyen: 1, bilinen yıllarıyla"
    said = page.table.cells.sheet
    assert said is not None
    konak = [row.code for row in said.rows].index(KONAK)
    assert "1 tanesinin sürüp sürmediği bilinmiyor" in said.said(konak, 6)


def test_colours_tell_classes_apart_and_hatching_tells_gaps(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    choose(b, page, TOTAL, TOTAL)

    def ground(row: str, column: str) -> set[str]:
        box = page.table.visualRect(page.table.cells.place(row, column))
        return {picture.pixelColor(QPoint(box.x() + 3 + n, box.y() + 2)).name() for n in range(20)}

    page.table.scrollTo(page.table.cells.place(KONAK, "7"))
    picture = page.table.viewport().grab().toImage()
    heats = {tokens()[heat] for heat in HEATS}
    assert len(ground(KONAK, "7")) == 1
    assert ground(KONAK, "7") <= heats
    assert len(ground(KIRAZ, "7")) > 1
    assert not ground(KIRAZ, "7") & heats


def test_the_keyboard_goes_cell_by_cell_and_on_to_the_projects(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    choose(b, page, KONAK, "6")
    page.table.setFocus()
    b.qtbot.keyClick(page.table, Qt.Key.Key_Right)
    b.qtbot.waitUntil(lambda: page.side.behind is not None and page.side.behind.column == "7")
    assert page.table.cells.codes(page.table.currentIndex()) == (KONAK, "7")
    lines = page.side.cell.projects.lines
    assert [line.split("\n")[0] for line in lines] == [HOSTILE, "Proje 2", "Proje 3"]
    assert lines[1] == "Proje 2\nKonak · Sürüyor"
    b.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.side.cell.projects.hasFocus()
    page.side.cell.projects.setCurrentIndex(page.side.cell.projects.model().index(1, 0))
    b.qtbot.keyClick(page.side.cell.projects, Qt.Key.Key_Return)
    b.settle()
    assert b.workspace.place == PROJECTS
    b.qtbot.waitUntil(lambda: b.editor.form.field("title").value() == "Proje 2")


def test_a_cell_says_what_is_missing_why_and_who_could_help(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    choose(b, page, BORNOVA, "7")
    assert page.side.cell.said.text() == (
        "Bornova, 7 · Erişilebilir ve Temiz Enerji: 1 proje var, sürmüyor. Deneyim paylaşabilecek: Konak."
    )
    choose(b, page, KONAK, "7")
    assert page.side.cell.said.text() == "Konak, 7 · Erişilebilir ve Temiz Enerji: 3 proje, 3 tanesi sürüyor."
    choose(b, page, KONAK, TOTAL)
    assert (
        "6 · Temiz Su ve Sanitasyon: kayıtlı proje yok. Paylaşabilecek: Bornova, Kiraz." in page.side.cell.missing.lines
    )
    assert len(page.side.cell.missing.lines) == 15
    choose(b, page, TOTAL, "7")
    assert page.side.cell.helpers.text() == "Deneyim paylaşabilecek: Konak"
    assert len(page.side.cell.missing.lines) == 29
    choose(b, page, TOTAL, TOTAL)
    assert "Hiçbir ilçede yok: 1 · Yoksulluğa Son (kayıtlı proje yok)." in page.side.cell.missing.lines


def test_the_years_in_which_it_ran(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    choose(b, page, KONAK, TOTAL)
    assert "2023: 0; 2024: 3; 2025: 3" in page.side.cell.years.accessibleName()
    assert not page.side.cell.undated.isVisible()


def test_the_list_of_projects_shows_just_what_a_cell_counts(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    choose(b, page, KONAK, "7")
    page.side.cell.open_list.click()
    b.settle()
    assert b.workspace.place == PROJECTS
    assert (b.page.list.wanted.district, b.page.list.wanted.goal) == ((KONAK,), ("7",))
    assert sorted(b.shown_titles()) == sorted([HOSTILE, "Proje 2", "Proje 3"])
    page = opened(b)
    choose(b, page, KIRAZ, "6")  # served by Bornova's: a filter knows the own district only
    assert not page.side.cell.open_list.isEnabled()
    assert page.side.cell.projects.lines == ("Proje 5\nBornova · Sürüyor",)
    choose(b, page, TOTAL, TOTAL)
    page.side.cell.open_list.click()
    b.settle()
    assert len(b.shown_titles()) == 6


@pytest.mark.parametrize("by", ["target", "audience", "dimension", "theme", "year"])
def test_other_columns(bench: OpenBench, office: Path, by: str) -> None:
    b = bench(office, show=True)
    page = opened(b)
    switch(b, page, by)
    choose(b, page, KONAK, TOTAL)
    assert text(page, KONAK, TOTAL) == "3"
    assert text(page, TOTAL, TOTAL) == "6"
    assert page.side.cell.missing.isVisible() == (by in ("target", "audience", "dimension", "theme"))


def test_measures(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    assert [page.measure.itemText(n) for n in range(page.measure.count())] == [
        *("Proje sayısı", "Süren projelerin payı", "10.000 kişiye düşen proje", "Bütçe TRY")
    ]
    shown = []
    for n in range(1, 4):
        with b.qtbot.waitSignal(page.shown):
            page.measure.setCurrentIndex(n)
        b.settle()
        shown.append((text(page, KONAK, "7"), text(page, BORNOVA, "7"), text(page, TOTAL, TOTAL)))
    assert shown[0] == ("%100", "%0", "%83")
    assert shown[1][0].startswith("0,0")
    assert shown[2] == ("2,5", "", "2,5")
    assert page.table.cells.sheet is not None
    assert page.table.cells.sheet.unit == "Bütçe (TRY), milyon"


def test_whom_nothing_reaches(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    choose(b, page, KONAK, TOTAL)
    page.side.tabs.buttons[UNSERVED].click()
    part = page.side.unserved
    assert part.isVisible()
    assert "Kadınlar" not in part.audiences.lines
    assert "Yaşlılar" in part.audiences.lines
    assert part.number.text() == f"Süren projesi olmayan mahalleler: {len(part.quarters.lines)} / 112"
    assert not any(line.startswith("Alsancak ·") for line in part.quarters.lines)
    assert part.placeless.text() == "2 projenin mahallesi yazılmamış; bunlar sayılmadı."
    choose(b, page, TOTAL, TOTAL)
    assert part.quarters.lines == ()


def test_the_balance_of_every_district(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    choose(b, page, KONAK, "7")
    page.side.tabs.buttons[BALANCE].click()
    bars = page.side.balance.bars
    model = bars.model()
    assert model.rowCount() == 32
    assert bars.currentIndex().data() == "Konak"
    said = [str(model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for n in range(32)]
    assert said[0].startswith("İzmir toplamı: ")
    assert "Aliağa: proje yok" in said
    assert "Aliağa: bilinmiyor" not in said


def test_what_changes_elsewhere_is_counted_when_one_comes_back(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    add_projects(b.workplace, [made(9, KIRAZ)])
    b.workspace.desk.changes.announce(changes.PROJECTS, by=None)
    b.qtbot.waitUntil(lambda: text(page, KIRAZ, "7") == "1")
    b.workspace.go_to(PROJECTS)
    add_projects(b.workplace, [made(10, KIRAZ)])
    b.workspace.desk.changes.announce(changes.PROJECTS, by=None)
    b.settle()
    assert text(page, KIRAZ, "7") == "1"
    page = opened(b)
    b.qtbot.waitUntil(lambda: text(page, KIRAZ, "7") == "2")


def test_a_reading_ends_with_the_window_and_begins_anew(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    page.reload()
    b.opened.window.hide()
    b.settle()
    add_projects(b.workplace, [made(9, KIRAZ)])
    with b.qtbot.waitSignal(page.shown):
        b.opened.window.show()
    b.qtbot.waitUntil(lambda: text(page, KIRAZ, "7") == "1")


def test_a_district_has_its_own_row_and_the_network_all(bench: OpenBench, line: Line) -> None:
    b = bench(line.bornova, show=True)
    page = opened(b)
    assert not page.print_button.isEnabled()
    assert page.empty.isVisible()
    add_projects(b.workplace, [made(1, BORNOVA)])
    b.workspace.desk.changes.announce(changes.PROJECTS, by=None)
    b.qtbot.waitUntil(lambda: page.table.cells.rowCount() == 1 and not page.empty.isVisible())
    assert text(page, BORNOVA, "7") == "1"
    assert page.print_button.isEnabled()
    assert page.unserved.isVisible()
    assert page.balance.bars.model().rowCount() == 1
    assert page.unserved.placeless.text() == "1 project names no neighbourhood; it is not counted here."
    assert not page.side.tabs.buttons[UNSERVED].isVisible()
    with b.qtbot.waitSignal(page.shown):
        page.scope.network.click()
    b.settle()
    assert page.table.cells.rowCount() == 32
    assert page.side.tabs.buttons[UNSERVED].isVisible()
    assert page.empty.isVisible()
    page.empty.button.click()
    b.qtbot.waitUntil(lambda: page.table.cells.rowCount() == 1 and not page.empty.isVisible())


def test_the_workbook_is_written(bench: OpenBench, office: Path, tmp_path: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    page.export_button.click()
    [dialog] = page.window().findChildren(QFileDialog)
    dialog.selectFile(str(tmp_path / "e.xlsx"))
    dialog.accept()
    b.settle()
    assert read_table((tmp_path / "e.xlsx").read_bytes(), "e.xlsx").sheets[0].name == "Proje sayısı"
    assert b.notices() == [f"Kaydedildi: {tmp_path / 'e.xlsx'}"]


def test_it_is_shown_before_it_is_printed(bench: OpenBench, office: Path, qtbot: QtBot) -> None:
    b = bench(office, show=True)
    page = opened(b)
    page.print_button.click()
    qtbot.waitUntil(lambda: bool(page.window().findChildren(QDialog)))
    [dialog] = page.window().findChildren(QDialog)
    qtbot.waitUntil(lambda: dialog.view.pages.pageCount() > 1, timeout=20_000)  # type: ignore[attr-defined]
    size = dialog.view.pages.pagePointSize(0)  # type: ignore[attr-defined]
    assert size.width() > size.height()
    dialog.close()


def test_a_notice_covers_no_table_and_no_legend_and_goes_with_a_click(bench: OpenBench, office: Path) -> None:
    b = bench(office, show=True)
    page = opened(b)
    window = b.opened.window
    window.resize(1366, 768)
    choose(b, page, KONAK, "7")
    b.workspace.desk.notify.good("“Okullarda kompost eğitimi” ile “Kompost eğitimi: okullar”: Ortak iş.")
    b.settle()
    place = window.toasts.geometry()
    for widget in (page.table, page.legend, page.summary, page.side.cell.years, page.side.cell.open_list):
        assert widget.isVisible()
        assert not place.intersects(QRect(widget.mapTo(window, QPoint()), widget.size()))
    [toast] = window.toasts.shown
    b.qtbot.mouseClick(toast.text, Qt.MouseButton.LeftButton)
    assert window.toasts.shown == []
