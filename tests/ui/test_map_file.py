"""Saving the map from the window: what is seen is on the sheet, every file is written, nothing outlives the dialog."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.look import Look, Paper
from izsa_desktop.maps.thematic import Choice
from izsa_desktop.ui.dialogs.map_file import MapFileDialog
from tests.ui.window import Bench, OpenBench


@pytest.fixture
def shown(bench: OpenBench, district: Path, qtbot: QtBot) -> Bench:
    """A window whose map is drawn."""
    made = bench(district, show=True)
    view = made.page.map.view
    qtbot.waitUntil(lambda: view.ready, timeout=20_000)
    made.settle()
    return made


def dialog_of(bench: Bench) -> MapFileDialog:
    """The dialog once it shows a sheet."""
    bench.qtbot.waitUntil(lambda: bench.opened.window.findChild(MapFileDialog) is not None, timeout=30_000)
    dialog = bench.opened.window.findChild(MapFileDialog)
    assert dialog is not None
    wait_for_sheet(bench, dialog)
    return dialog


def wait_for_sheet(bench: Bench, dialog: MapFileDialog) -> None:
    bench.qtbot.waitUntil(dialog.save_pdf.isEnabled, timeout=20_000)
    assert dialog.stack.currentWidget() is dialog.view


@pytest.fixture
def dialog(shown: Bench) -> Iterator[MapFileDialog]:
    shown.page.map.save.click()
    made = dialog_of(shown)
    yield made
    if isValid(made):
        made.close()
    shown.settle()


def saved(bench: Bench, dialog: MapFileDialog, file: Path) -> Path:
    dialog.save_to(file)
    bench.qtbot.waitUntil(lambda: file.name in dialog.said.text(), timeout=20_000)
    bench.settle()
    assert dialog.said.text() == bench.opened.t("mapfile.saved", file=file.name)
    return file


def text_of(file: Path) -> tuple[str, tuple[float, float]]:
    document = pypdfium2.PdfDocument(file)
    text, size = document[0].get_textpage().get_text_bounded(), document[0].get_size()
    assert len(document) == 1
    document.close()
    return " ".join(text.split()), size


def test_a_button_closes_it(shown: Bench, dialog: MapFileDialog) -> None:
    assert dialog.leave.text() == shown.opened.t("mapfile.close")
    with shown.qtbot.waitSignal(dialog.finished):
        dialog.leave.click()


def test_the_sheet_has_what_the_map_shows(shown: Bench, dialog: MapFileDialog, tmp_path: Path) -> None:
    assert dialog.name.text() == "Bornova Belediyesi: Sürdürülebilirlik Projeleri"
    text, (width, height) = text_of(saved(shown, dialog, tmp_path / "m.pdf"))
    assert width > height
    assert "Bornova Belediyesi: Sürdürülebilirlik Projeleri" in text
    assert "3 proje" in text
    assert dialog.order.look.view is None  # the whole province


def test_the_part_that_is_seen_goes_along(shown: Bench, qtbot: QtBot) -> None:
    view = shown.page.map.view
    looks: list[Look] = []
    assert view.page is not None
    view.page.page().runJavaScript("map_izsa.setView([38.46, 27.22], 13, { animate: false })")
    view.ask_look(looks.append)
    qtbot.waitUntil(lambda: looks != [])
    box = looks[0].view
    assert box is not None
    assert box[0] < 27.22 < box[2] < box[0] + 0.5
    assert box[1] < 38.46 < box[3] < box[1] + 0.5


def test_a_view_of_the_districts_goes_along(shown: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    shown.page.map.districts.choice = Choice("missing", topic="goal:13", year=2024)
    shown.page.map.save.click()
    dialog = dialog_of(shown)
    text, _ = text_of(saved(shown, dialog, tmp_path / "m.pdf"))
    assert "2024 yılında sürenler" in text
    assert "13 · İklim Eylemi · 2024" in text
    assert "Bu listede yok 29" in text  # a district lists its own projects
    assert "Bir proje" not in text
    assert '"mode":"missing"' in saved(shown, dialog, tmp_path / "m.html").read_text(encoding="utf-8")
    dialog.close()


def test_title_language_and_paper_can_be_chosen(shown: Bench, dialog: MapFileDialog, tmp_path: Path) -> None:
    dialog.language.setCurrentIndex(1)
    assert dialog.name.text() == "Bornova Municipality: sustainability projects"
    dialog.name.setText("Ağaç & <b>su</b>")
    dialog.language.setCurrentIndex(0)
    dialog.language.setCurrentIndex(1)
    assert dialog.name.text() == "Ağaç & <b>su</b>"  # what a person wrote stays
    dialog.paper.setCurrentIndex(3)
    assert dialog.paper.currentData() == Paper("A3", landscape=False)
    assert not dialog.save_pdf.isEnabled()  # the sheet that is seen is not the one that is wanted
    wait_for_sheet(shown, dialog)
    text, (width, height) = text_of(saved(shown, dialog, tmp_path / "m.pdf"))
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (297, 420)
    assert "Ağaç & <b>su</b>" in text
    assert "3 projects" in text
    assert "Legend" in text


def test_every_kind_of_file_is_written(shown: Bench, dialog: MapFileDialog, tmp_path: Path) -> None:
    with Image.open(saved(shown, dialog, tmp_path / "m.png")) as picture:
        assert (picture.size, round(picture.info["dpi"][0])) == ((3508, 2480), 300)
    html = saved(shown, dialog, tmp_path / "m.html").read_text(encoding="utf-8")
    assert "Çatı güneşi" in html
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["m.html", "m.png"]


def test_a_file_that_cannot_be_written_is_said(shown: Bench, dialog: MapFileDialog, tmp_path: Path) -> None:
    for name in ("m.pdf", "m.png", "m.html"):
        dialog.said.setText("")
        dialog.save_to(tmp_path / "no folder" / name)
        shown.qtbot.waitUntil(lambda: dialog.said.text() != "", timeout=20_000)
        shown.settle()
        assert name in dialog.said.text()
        assert dialog.said.text() != shown.opened.t("mapfile.saved", file=name)


def test_the_buttons_ask_where(shown: Bench, dialog: MapFileDialog) -> None:
    for button, suffix in ((dialog.save_pdf, ".pdf"), (dialog.save_png, ".png"), (dialog.save_html, ".html")):
        button.click()
        asked = dialog.findChild(QFileDialog)
        assert asked is not None
        assert Path(asked.selectedFiles()[0]).suffix == suffix
        asked.done(0)
        shown.qtbot.waitUntil(lambda: dialog.findChild(QFileDialog) is None)


def test_the_filter_and_the_colours_go_along(shown: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    shown.page.map.view.set_colouring(Colouring("status"))
    shown.page.list.search.setText("güneşi")
    shown.settle()
    qtbot.waitUntil(lambda: shown.shown_titles() == ["Çatı güneşi"])
    QTest.keyClick(
        shown.opened.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    dialog = dialog_of(shown)
    text, _ = text_of(saved(shown, dialog, tmp_path / "m.pdf"))
    assert "1 proje · Arama: “güneşi”" in text
    assert "Durum (görünen proje sayısı)" in text
    dialog.close()


def test_the_menu_opens_it_and_closing_ends_what_is_under_way(shown: Bench, qtbot: QtBot) -> None:
    shown.page.list.tools.map.trigger()
    qtbot.waitUntil(lambda: shown.opened.window.findChild(MapFileDialog) is not None, timeout=30_000)
    dialog = shown.opened.window.findChild(MapFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    shown.settle()


def test_without_a_map_the_whole_province_is_drawn(bench: OpenBench, district: Path) -> None:
    made = bench(district)
    looks: list[Look] = []
    made.page.map.view.ask_look(looks.append)
    assert looks == [Look(None, made.page.map.view.colouring)]


def test_a_narrow_map_has_the_icon_alone(shown: Bench) -> None:
    pane = shown.page.map
    words = shown.opened.t("mapfile.save")
    assert pane.save.text() == words
    pane.resize(300, 600)
    assert pane.save.text() == ""
    assert pane.save.accessibleName() == words


def test_nothing_is_drawn_while_somebody_types(shown: Bench, dialog: MapFileDialog) -> None:
    for letter in "Ağaç":
        dialog.name.setText(dialog.name.text() + letter)
        QApplication.processEvents()
        QApplication.processEvents()
        assert not shown.opened.tasks.busy
        assert not dialog.save_pdf.isEnabled()
    wait_for_sheet(shown, dialog)
    assert dialog.order.title.endswith("Ağaç")
