"""The preview: pages are shown, turned, zoomed, saved and printed; closing it ends what is under way."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from izsa_desktop.i18n import Translator
from izsa_desktop.reports.sheet import sheet_html
from izsa_desktop.ui.printing.job import PrintJob
from izsa_desktop.ui.printing.paper import new_printer
from izsa_desktop.ui.printing.preview import PreviewDialog
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.usecases.press import whole
from tests.reports.samples import REFERENCE, demo_projects


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def preview(qtbot: QtBot, tasks: Tasks) -> Iterator[PreviewDialog]:
    """A preview that has just been opened on three sheets."""
    html = sheet_html(demo_projects(3), REFERENCE, "tr")
    dialog = PreviewDialog(html, "künye.pdf", Translator("tr"), tasks)
    dialog.show()
    yield dialog
    if shiboken6.isValid(dialog):
        dialog.close()


@pytest.fixture
def ready(qtbot: QtBot, preview: PreviewDialog) -> PreviewDialog:
    """The same when its pages are there."""
    with qtbot.waitSignal(preview.view.turned):
        pass
    return preview


def button(dialog: PreviewDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def said(dialog: PreviewDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_nothing_can_be_printed_before_the_pages_are_there(preview: PreviewDialog, qtbot: QtBot) -> None:
    assert not button(preview, "Yazdır…").isEnabled()
    assert "Sayfalar hazırlanıyor…" in said(preview)
    with qtbot.waitSignal(preview.view.turned):
        pass
    assert button(preview, "Yazdır…").isEnabled()
    assert preview.view.isVisible()
    assert "1 / 3" in said(preview)


def test_keys_turn_the_pages(ready: PreviewDialog) -> None:
    for key, page in ((Qt.Key.Key_PageDown, 2), (Qt.Key.Key_End, 3), (Qt.Key.Key_PageDown, 3), (Qt.Key.Key_PageUp, 2)):
        QTest.keyClick(ready, key)
        assert f"{page} / 3" in said(ready)


def test_keys_zoom(ready: PreviewDialog) -> None:
    assert ready.view.zoomMode() == QPdfView.ZoomMode.FitToWidth
    QTest.keyClick(ready, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    larger = ready.view.zoomFactor()
    QTest.keyClick(ready, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert larger == pytest.approx(ready.view.zoomFactor() * 1.25)
    page = ready.view.pages.pagePointSize(0).width() * ready.logicalDpiX() / 72
    assert page * ready.view.zoomFactor() == pytest.approx(ready.view.viewport().width() - 40, abs=2)
    QTest.keyClick(ready, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert ready.view.zoomMode() == QPdfView.ZoomMode.FitToWidth


def test_save_writes_what_is_shown(ready: PreviewDialog, tasks: Tasks, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "Şube künyesi.pdf"
    with qtbot.waitSignal(tasks.idle):
        ready.save_to(file)
    assert len(pypdfium2.PdfDocument(file.read_bytes())) == 3
    assert f"Kaydedildi: {file}" in said(ready)


def test_a_file_that_cannot_be_written_is_a_sentence(ready: PreviewDialog, tasks: Tasks, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tasks.idle):
        ready.save_to(Path("/there/is/no/such/folder/x.pdf"))
    assert any("/there/is/no/such/folder/x.pdf" in text for text in said(ready))


def paper(tmp_path: Path) -> QPrinter:
    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setResolution(72)
    return printer


def test_print_says_how_far_it_is_and_when_it_is_done(ready: PreviewDialog, qtbot: QtBot, tmp_path: Path) -> None:
    ready.print_on(paper(tmp_path))
    assert button(ready, "Durdur").isVisible()
    assert not button(ready, "Yazdır…").isEnabled()
    qtbot.waitUntil(lambda: "Sayfalar yazıcıya gönderildi." in said(ready))
    assert not button(ready, "Durdur").isVisible()
    assert button(ready, "Yazdır…").isEnabled()
    assert len(pypdfium2.PdfDocument((tmp_path / "paper.pdf").read_bytes())) == 3


def test_a_button_closes_it(ready: PreviewDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ready.finished):
        button(ready, Translator("tr")("preview.close")).click()


def test_escape_stops_the_printing_and_not_the_window(ready: PreviewDialog, tmp_path: Path) -> None:
    ready.print_on(paper(tmp_path))
    QTest.keyClick(ready, Qt.Key.Key_Escape)
    assert "Yazdırma durduruldu." in said(ready)
    assert ready.isVisible()


def test_closing_ends_the_rendering(preview: PreviewDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: preview.findChild(PrintJob) is not None)
    job = preview.findChild(PrintJob)
    assert job is not None
    preview.close()
    assert not job.running


def test_nothing_of_it_stays_on_the_disk(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dialog = PreviewDialog(sheet_html(demo_projects(1), REFERENCE, "tr"), "künye.pdf", Translator("tr"), tasks)
    dialog.show()
    with qtbot.waitSignal(dialog.view.turned):
        pass
    [first] = tmp_path.glob("izsa-*/*")
    dialog.show_document(whole("<!DOCTYPE html><title>x</title><p>öteki</p>"))
    with qtbot.waitSignal(dialog.view.turned):
        pass
    qtbot.waitUntil(lambda: not first.exists())
    assert len(list(tmp_path.glob("izsa-*/*"))) == 1
    dialog.close()
    qtbot.waitUntil(lambda: not list(tmp_path.iterdir()))
