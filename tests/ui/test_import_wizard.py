"""Bulk entry through the window: file, columns, check, correct, take in, take back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from izsa_desktop.ui.dialogs.import_wizard.wizard import CHECK, COLUMNS, DONE, FILE, ImportWizard
from izsa_desktop.usecases.importing import files
from izsa_desktop.usecases.importing.trial import LEFT, NEW
from tests.tables.workbooks import workbook
from tests.ui.window import Bench, OpenBench

HEAD = ["Proje Adı", "Amaç", "Hedef Kitle", "Başlangıç", "SKA"]
ROWS = [
    HEAD,
    ["Mahalle kompostu", "Atığı azaltmak", "haneler", "Mart 2024", "12"],
    ["Bisiklet yolu", "Ulaşım", "herkes", "31.02.2024", "SKA 11"],
]
Open = Callable[[], tuple[Bench, ImportWizard]]


@pytest.fixture
def opened(bench: OpenBench, district: Path) -> Open:
    def open_() -> tuple[Bench, ImportWizard]:
        b = bench(district, show=True)
        wizard = ImportWizard(b.workspace.desk, b.opened.window)
        wizard.open()
        b.settle()
        return b, wizard

    return open_


def titles(b: Bench) -> set[str]:
    return {project.fields.title for project in b.stored()}


def test_a_table_goes_all_the_way_and_back(opened: Open, tmp_path: Path) -> None:
    b, wizard = opened()
    before = titles(b)
    (tmp_path / "t.xlsx").write_bytes(workbook(ROWS))
    wizard.read_file(tmp_path / "t.xlsx")
    b.settle()
    assert wizard.pages.currentIndex() == COLUMNS
    assert wizard.columns.combos[0].currentText() == b.opened.t("field.title")
    focused = QApplication.focusWidget()
    assert focused is wizard.columns.combos[0]
    QTest.keyClick(focused, Qt.Key.Key_Return)
    b.settle()
    assert wizard.pages.currentIndex() == CHECK
    assert wizard.check.cell_view.currentIndex().siblingAtColumn(0).data() == "D3"  # what has to be corrected
    assert wizard.check.trial is not None
    assert wizard.check.trial.counts == {NEW: 1, LEFT: 1}
    assert wizard.next.text() == b.opened.t("import.take", count=1)
    assert titles(b) == before  # nothing is stored yet
    wizard.next.click()
    b.settle()
    assert wizard.pages.currentIndex() == DONE
    b.opened.application.processEvents()
    assert wizard.next.hasFocus()
    assert wizard.next.width() >= wizard.next.fontMetrics().horizontalAdvance(wizard.next.text()) + 20
    assert titles(b) == before | {"Mahalle kompostu"}
    assert wizard.result_step.rest_button.isVisible()
    wizard.save_rest(tmp_path / "kalan.xlsx")
    b.settle()
    assert len(files.open_table(tmp_path / "kalan.xlsx").sheets[0].rows) == 2
    wizard.result_step.undo_button.click()
    b.settle()
    assert titles(b) == before
    assert not wizard.result_step.undo_button.isVisible()
    wizard.next.click()


def test_a_cell_is_corrected_by_keyboard_and_checked_again(opened: Open, tmp_path: Path) -> None:
    b, wizard = opened()
    (tmp_path / "t.xlsx").write_bytes(workbook(ROWS))
    wizard.read_file(tmp_path / "t.xlsx")
    b.settle()
    wizard.try_out()
    b.settle()
    check = wizard.check
    check.only_problems.setChecked(True)
    assert check.rows.rowCount() == 1
    assert check.cell_view.currentIndex().siblingAtColumn(0).data() == "D3"  # the bad cell is chosen
    check.cell_view.setFocus()
    QTest.keyClicks(check.cell_view, "2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "8.02.2024")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    b.qtbot.waitUntil(lambda: bool(check.corrections))
    assert wizard.pages.currentIndex() == CHECK  # Enter took nothing in
    assert check.corrections == {(3, 3): "28.02.2024"}
    assert not wizard.next.isEnabled()  # what was corrected is checked before it is taken
    check.recheck.click()
    b.settle()
    assert check.trial is not None
    assert check.trial.counts == {NEW: 2}
    assert wizard.next.isEnabled()
    wizard.reject()


def test_cells_are_pasted(opened: Open) -> None:
    b, wizard = opened()
    QGuiApplication.clipboard().setText("")
    wizard.file.paste_button.click()
    assert wizard.file.problem.text.text() == b.opened.t("import.nothing_to_paste")
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in ROWS))
    b.qtbot.waitUntil(wizard.isActiveWindow)
    QTest.keyClick(wizard.file.drop.button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    b.settle()
    assert wizard.pages.currentIndex() == COLUMNS
    assert wizard.columns.mapping is not None
    assert len(wizard.columns.mapping.columns) == 5
    wizard.reject()


def test_a_file_is_dropped_and_one_that_is_no_table_is_said(opened: Open, tmp_path: Path) -> None:
    b, wizard = opened()
    (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.7")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "x.xlsx"))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    wizard.file.drop.dropEvent(event)
    b.settle()
    assert wizard.pages.currentIndex() == FILE
    assert "x.xlsx" in wizard.file.problem.text.text()
    wizard.reject()


def test_columns_and_headers_can_be_chosen(opened: Open, tmp_path: Path) -> None:
    b, wizard = opened()
    (tmp_path / "t.xlsx").write_bytes(workbook([["Liste"], ["Neyse", "Amaç"], ["Kompost", "Atık"]]))
    wizard.read_file(tmp_path / "t.xlsx")
    b.settle()
    step = wizard.columns
    assert step.hint.text.text() == b.opened.t("import.title_missing")
    combo = step.combos[0]
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    assert step.mapping is not None
    assert step.mapping.columns == {0: ("title",), 1: ("purpose",)}
    step.header.setCurrentIndex(0)
    step.header.activated.emit(0)
    b.settle()
    assert step.mapping.headers.row == 0
    assert not wizard.next.isEnabled()
    wizard.reject()


def test_a_sheet_that_is_too_large_leaves_the_choice_as_it_was(opened: Open, tmp_path: Path) -> None:
    import xlsxwriter

    b, wizard = opened()
    with xlsxwriter.Workbook(str(tmp_path / "t.xlsx")) as book:
        page, large = book.add_worksheet("Projeler"), book.add_worksheet("Büyük")
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, ROWS[1])
        large.write(0, 300, "x")
    wizard.read_file(tmp_path / "t.xlsx")
    b.settle()
    wizard.columns.sheet.setCurrentIndex(1)
    wizard.columns.sheet.activated.emit(1)
    b.settle()
    assert wizard.pages.currentIndex() == COLUMNS
    assert wizard.columns.sheet.currentIndex() == 0
    assert "Büyük" in wizard.columns.hint.text.text()
    wizard.reject()


def test_every_control_has_a_name_and_can_be_reached(opened: Open, tmp_path: Path) -> None:
    b, wizard = opened()
    (tmp_path / "t.xlsx").write_bytes(workbook(ROWS))
    wizard.read_file(tmp_path / "t.xlsx")
    b.settle()
    wizard.try_out()
    b.settle()
    for widget in wizard.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None and widget.isVisible():
            name = widget.accessibleName() or getattr(widget, "text", str)()
            assert name, widget
    wizard.reject()


def test_the_last_import_can_be_taken_back_later(opened: Open, tmp_path: Path) -> None:
    b, wizard = opened()
    before = titles(b)
    assert not wizard.file.last.isVisible()
    (tmp_path / "t.xlsx").write_bytes(workbook(ROWS))
    wizard.read_file(tmp_path / "t.xlsx")
    b.settle()
    wizard.try_out()
    b.settle()
    wizard.take_in()
    b.settle()
    wizard.accept()
    later = ImportWizard(b.workspace.desk, b.opened.window)
    later.open()
    b.settle()
    assert "t.xlsx" in later.file.last.text.text()
    later.file.last.action.click()
    b.settle()
    assert titles(b) == before
    assert not later.file.last.isVisible()
    later.reject()


def test_the_wizard_opens_from_the_keyboard(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    b.settle()
    b.qtbot.waitUntil(b.opened.window.isActiveWindow)
    QTest.keyClick(b.page, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    b.settle()
    [wizard] = b.opened.window.findChildren(ImportWizard)
    assert wizard.isVisible()
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()


def test_the_template_is_saved(opened: Open, tmp_path: Path) -> None:
    b, wizard = opened()
    wizard.save_template(tmp_path / "s.xlsx")
    b.settle()
    assert (tmp_path / "s.xlsx").stat().st_size > 5_000
    assert "s.xlsx" in wizard.file.problem.text.text()
    wizard.reject()
