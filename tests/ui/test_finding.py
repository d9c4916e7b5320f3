"""Finding in the window: filters, chips, views, table, many changes at once, export."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTableWidgetItem, QTreeWidgetItem
from python_calamine import CalamineWorkbook

from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.ui.dialogs.export import ask_export, export_to
from izsa_desktop.ui.dialogs.multi_edit import MultiEditDialog
from izsa_desktop.ui.dialogs.project_table import ProjectTable
from izsa_desktop.ui.dialogs.views import ViewsDialog
from izsa_desktop.ui.pages import map_feed
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.workplace import create_workplace
from tests.support import FIELDS
from tests.ui.window import Bench, OpenBench, type_text

MANY = 700


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """An office with more projects than are read or drawn at once."""
    with create_workplace(tmp_path / "many", OFFICE, "Ayşe") as workplace:
        fields = [
            ProjectFields(title=f"Proje {n:03}", district="TUR035007", status=("fikir", "sürüyor")[n % 2])
            for n in range(MANY)
        ]
        add_projects(workplace, fields)
    return tmp_path / "many"


def dialog_of(kind: type[QDialog]) -> QDialog:
    [found] = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]
    return found


def groups(b: Bench) -> list[QTreeWidgetItem]:
    """The facets that are offered."""
    tree = b.page.list.panel.tree
    return [cast(QTreeWidgetItem, tree.topLevelItem(n)) for n in range(tree.topLevelItemCount())]


def values(group: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [cast(QTreeWidgetItem, group.child(n)) for n in range(group.childCount())]


def facet_item(b: Bench, title: str, value: str) -> QTreeWidgetItem:
    """A value by the names that a person reads."""
    [group] = [group for group in groups(b) if group.text(0).startswith(title)]
    [item] = [item for item in values(group) if item.text(0) == value]
    return item


def test_filters_are_chosen_by_keyboard_and_taken_away_by_chips(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    QTest.keyClick(b.page.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    tree = b.page.list.panel.tree
    assert tree.hasFocus()
    item = facet_item(b, b.opened.t("facet.status"), "Planlandı")
    assert item.text(1) == "1"
    tree.setCurrentItem(item)
    QTest.keyClick(tree, Qt.Key.Key_Space)
    b.settle()
    assert b.page.list.panel.show_found.text() == b.opened.t("finding.show_found", count=1, number="1")
    assert cast(QTreeWidgetItem, tree.currentItem()).text(0) == "Planlandı"
    assert facet_item(b, b.opened.t("facet.status"), "Sürüyor").text(1) == "1"
    b.page.list.panel.show_found.click()
    assert b.shown_titles() == ["Şirince’den ısırgan"]
    [chip] = b.page.list.chips.chips.values()
    assert chip.accessibleName() == b.opened.t("finding.remove", what="Durum: Planlandı")
    chip.click()
    b.settle()
    assert len(b.shown_titles()) == 3
    assert b.page.list.chips.isHidden()


def test_only_values_that_occur_are_offered(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    b.page.list.filters.setChecked(True)
    [group] = [group for group in groups(b) if group.text(0) == b.opened.t("facet.goal")]
    assert [item.text(0).split(" · ")[0] for item in values(group)] == ["2", "6", "7", "11", "13"]
    [group] = [group for group in groups(b) if group.text(0) == b.opened.t("facet.place")]
    assert [item.text(0) for item in values(group)] == [b.opened.t("facet_value.mapped")]


def test_another_order(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    assert b.shown_titles() == ["Çatı güneşi", "Şirince’den ısırgan", FIELDS.title]
    b.page.list.sort.setCurrentIndex(b.page.list.sort.findData("lacking"))
    b.settle()
    assert b.shown_titles()[-1] == FIELDS.title
    b.page.list.clear_filters()
    b.settle()
    assert b.page.list.wanted.sort == "lacking"


def test_a_typing_mistake_is_told(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    type_text(b.page.list.search, "yagmır")
    b.settle()
    assert b.shown_titles() == [FIELDS.title]
    assert b.page.list.instead.text() == b.opened.t("finding.instead", typed="yagmir", sought="yagmur")
    b.page.list.search.clear()
    b.settle()
    assert b.page.list.instead.isHidden()


def test_rows_are_read_when_they_are_looked_at(bench: OpenBench, many: Path) -> None:
    b = bench(many, show=True)
    model = b.page.list.model
    assert model.rowCount() == MANY
    assert model.index(MANY - 1).data() == "…"
    b.settle()
    b.qtbot.waitUntil(lambda: model.index(MANY - 1).data() == f"Proje {MANY - 1:03}")
    b.page.list.view.setFocus()
    QTest.keyClick(b.page.list.view, Qt.Key.Key_Home)
    QTest.keyClick(b.page.list.view, Qt.Key.Key_End)
    b.settle()
    b.qtbot.waitUntil(lambda: b.editor.heading.text() == f"Proje {MANY - 1:03}")


def test_a_project_far_below_is_marked_when_it_is_opened_elsewhere(bench: OpenBench, many: Path) -> None:
    b = bench(many)
    project = next(p for p in b.stored() if p.fields.title == "Proje 500")
    b.page.map.project_clicked.emit(project.id)
    b.settle()
    assert b.page.list.view.currentIndex().row() == 500
    assert b.editor.heading.text() == "Proje 500"


def test_the_map_shows_what_the_newest_search_found(
    bench: OpenBench, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_feed, "FEW", MANY // 2)
    b = bench(many)
    b.qtbot.waitUntil(lambda: b.page.map.placed == MANY)
    b.page.list.choose("status", ("fikir",))
    b.settle()
    b.page.list.search.setText("proje 12")
    b.settle()
    b.qtbot.waitUntil(lambda: b.page.map.placed == 5)


def test_the_list_stays_where_it_is_when_something_else_has_changed(bench: OpenBench, many: Path) -> None:
    b = bench(many, show=True)
    bar = b.page.list.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    stood = bar.value()
    b.settle()
    b.page.reload()
    b.settle()
    assert bar.value() == stood
    b.page.list.choose("status", ("fikir",))
    b.settle()
    assert bar.value() == 0


def test_views_are_kept_renamed_and_used(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    b.page.list.choose("goal", ("13",))
    b.settle()
    b.page.list.tools.manage_views.emit()
    b.settle()
    dialog = dialog_of(ViewsDialog)
    assert isinstance(dialog, ViewsDialog)
    type_text(dialog.name, "İklim")
    dialog.keep.click()
    b.settle()
    dialog.list.item(0).setText("İklim & hava")
    b.settle()
    dialog.reject()
    b.page.list.clear_filters()
    b.settle()
    action = b.page.list.tools.views.actions()[0]
    assert action.text() == "İklim && hava"
    action.trigger()
    b.settle()
    assert b.page.list.wanted == ProjectFilter(goal=("13",))
    assert b.shown_titles() == ["Çatı güneşi", FIELDS.title]


def table_of(b: Bench) -> ProjectTable:
    b.page.list.tools.table_wanted.emit()
    b.settle()
    dialog = dialog_of(ProjectTable)
    assert isinstance(dialog, ProjectTable)
    return dialog


def test_a_table_has_the_columns_and_the_order_that_one_chooses(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    table = table_of(b)
    names = [table.model.headerData(n, Qt.Orientation.Horizontal) for n in range(table.model.columnCount())]
    assert names[:2] == ["Proje adı", "İlçe"]
    table.columns.actions_by_name["purpose"].setChecked(True)
    assert table.model.headerData(table.model.columnCount() - 1, Qt.Orientation.Horizontal) == "Amaç"
    table.view.horizontalHeader().sectionClicked.emit(table.model.columns.index("start"))
    b.settle()
    assert table.model.index(0, 0).data() == FIELDS.title
    table.reject()
    again = table_of(b)
    assert again.model.columns[-1] == "purpose"
    for action in again.columns.actions_by_name.values():
        action.setChecked(False)
    assert len(again.model.columns) == 1
    again.view.doubleClicked.emit(again.model.index(0, 0))
    b.settle()
    assert b.editor.heading.text() == "Çatı güneşi"


def test_many_are_changed_at_once_after_a_look_and_taken_back(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    table = table_of(b)
    table.edit.click()
    dialog = dialog_of(MultiEditDialog)
    assert isinstance(dialog, MultiEditDialog)
    assert not dialog.go.isEnabled()
    dialog.field.setCurrentIndex(dialog.field.findData("status"))
    dialog.choice.setCurrentIndex(dialog.choice.findData("sürüyor"))
    b.settle()
    cells = [[cast(QTableWidgetItem, dialog.table.item(n, k)).text() for k in (0, 2)] for n in range(3)]
    assert ["Çatı güneşi", "Sürüyor"] in cells
    assert dialog.go.text() == b.opened.t("edit_many.go", count=2, number="2")
    before = {project.id: project.fields for project in b.stored()}
    dialog.go.click()
    b.settle()
    table.reject()
    assert {project.fields.status for project in b.stored()} == {"sürüyor"}
    undo = b.opened.window.toasts.shown[-1].action
    assert undo is not None
    undo.click()
    b.settle()
    assert {project.id: project.fields for project in b.stored()} == before


def test_what_is_shown_is_exported(bench: OpenBench, district: Path, tmp_path: Path) -> None:
    b = bench(district, show=True)
    b.page.list.choose("goal", ("13",))
    b.settle()
    dialog = ask_export(b.opened.window, b.workspace.desk, b.page.list.wanted, ("title",))
    assert not dialog.personal.isChecked()
    dialog.reject()
    target = tmp_path / "x.xlsx"
    export_to(b.opened.window, b.workspace.desk, b.page.list.wanted, ("title",), target, personal=False)
    b.settle()
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert rows == [["Proje adı"], ["Çatı güneşi"], [FIELDS.title]]
    assert b.notices() == [b.opened.t("export.done", count=2, number="2", file="x.xlsx")]


def test_a_click_in_the_list_opens_a_project(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    view = b.page.list.view
    row = view.visualRect(b.page.list.model.index(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row))
    b.settle()
    assert b.editor.heading.text() == "Şirince’den ısırgan"
