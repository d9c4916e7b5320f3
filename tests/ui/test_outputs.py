"""Giving tables and reports from the window: the choice, what is said of it, the file, what is told afterwards."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from python_calamine import CalamineWorkbook

from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.ui.dialogs.outputs import OutputsDialog, write_to
from izsa_desktop.usecases.outputs.export import TableOrder
from izsa_desktop.usecases.outputs.formats import FORMATS, OWN
from tests.support import FIELDS
from tests.ui.window import Bench, OpenBench


@pytest.fixture
def shown(bench: OpenBench, district: Path) -> Bench:
    return bench(district, show=True)


def dialog_of(bench: Bench) -> OutputsDialog:
    bench.page.list.tools.export_wanted.emit()
    dialog = bench.opened.window.findChild(OutputsDialog)
    assert dialog is not None
    return dialog


def test_every_format_is_offered_and_explained(shown: Bench) -> None:
    dialog = dialog_of(shown)
    assert {*dialog.formats} == {*FORMATS}
    assert dialog.order == TableOrder("xlsx", shown.page.list.wanted)
    seen = set()
    for name, button in dialog.formats.items():
        button.setChecked(True)
        assert dialog.format == name
        assert dialog.org_id.isVisible() == (name == "iati")
        assert dialog.language.isVisible() == (name not in ("iati", "cdp", "covenant"))
        assert ("büyükşehrin notu" in dialog.internal_help.text()) == (name in OWN)
        seen.add(dialog.about.text())
    assert len(seen) == len(FORMATS)
    dialog.reject()


def test_what_is_for_use_inside_is_chosen_anew_for_each_format(shown: Bench) -> None:
    dialog = dialog_of(shown)
    dialog.internal.setChecked(True)
    assert dialog.order.internal
    dialog.formats["geojson"].setChecked(True)
    assert not dialog.order.internal
    dialog.formats["iati"].setChecked(True)
    dialog.org_id.setText(" XM-DAC-1 ")
    assert dialog.order.org_id == "XM-DAC-1"
    dialog.formats["csv"].setChecked(True)
    dialog.language.setCurrentIndex(1)
    assert (dialog.order.org_id, dialog.order.language) == ("", "en")
    dialog.reject()


def test_the_file_is_asked_for_and_written(shown: Bench, tmp_path: Path) -> None:
    dialog = dialog_of(shown)
    dialog.formats["vlr"].setChecked(True)
    dialog.internal.setChecked(True)
    dialog.give()
    files = shown.opened.window.findChild(QFileDialog)
    assert files is not None
    assert [name.rpartition("(")[2] for name in files.nameFilters()] == ["*.docx)", "*.xlsx)"]
    target = tmp_path / "ek.docx"
    files.selectFile(str(target))
    files.accept()
    shown.settle()
    assert target.read_bytes()[:2] == b"PK"
    assert shown.notices() == [shown.opened.t("export.done", count=3, number="3", file="ek.docx")]


def test_a_workbook_has_what_is_shown(shown: Bench, tmp_path: Path) -> None:
    shown.page.list.choose("goal", ("13",))
    shown.settle()
    dialog = dialog_of(shown)
    order = dialog.order
    dialog.reject()
    write_to(shown.opened.window, shown.workspace.desk, order, tmp_path / "x.xlsx")
    shown.settle()
    rows = CalamineWorkbook.from_path(tmp_path / "x.xlsx").get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows] == ["Proje adı", "Çatı güneşi", FIELDS.title]


def test_what_stayed_out_is_told_and_what_cannot_be_too(shown: Bench, tmp_path: Path) -> None:
    order = TableOrder("geojson", EVERYTHING)
    write_to(shown.opened.window, shown.workspace.desk, order, tmp_path / "x.geojson")
    shown.settle()
    [notice] = shown.notices()
    assert notice.startswith("Bu dosyaya uygun proje yok. Seçilen: 3; onaylanmamış: 3; ")
    assert not (tmp_path / "x.geojson").exists()
    order = TableOrder("geojson", EVERYTHING, internal=True)
    write_to(shown.opened.window, shown.workspace.desk, order, tmp_path / "x.geojson")
    shown.settle()
    assert "3 proje yazıldı: x.geojson Haritada yeri olmayan: 2." in shown.notices()
