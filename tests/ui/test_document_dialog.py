"""Documents from the window: what is chosen is what is printed, public at first, and everything can be stopped."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from izsa_desktop.reports.sheet_material import INTERNAL, PUBLIC
from izsa_desktop.ui.dialogs.document import DocumentDialog
from izsa_desktop.usecases import documents
from tests.ui.window import Bench, OpenBench


@pytest.fixture
def dialog(bench: OpenBench, district: Path, qtbot: QtBot) -> Iterator[tuple[Bench, DocumentDialog]]:
    made = bench(district)
    made.open(made.shown_titles()[0])
    made.page.list.tools.document.trigger()
    qtbot.waitUntil(lambda: made.opened.window.findChild(DocumentDialog) is not None, timeout=20_000)
    shown = made.opened.window.findChild(DocumentDialog)
    assert shown is not None
    yield made, shown
    shown.close()
    made.settle()


def wait_for_pages(bench: Bench, dialog: DocumentDialog) -> int:
    bench.qtbot.waitUntil(lambda: dialog.view.isVisible() or dialog.save.isEnabled(), timeout=30_000)
    bench.qtbot.waitUntil(dialog.save.isEnabled, timeout=30_000)
    return dialog.view.pages.pageCount()


def choose(dialog: DocumentDialog, kind: str) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))


def test_the_chosen_project_comes_first_and_is_public(dialog: tuple[Bench, DocumentDialog]) -> None:
    bench, shown = dialog
    assert wait_for_pages(bench, shown) == 1
    assert len(shown.order.ids) == 1
    assert shown.order.variant == PUBLIC
    shown.all_shown.setChecked(True)
    assert not shown.order.ids
    assert not shown.save.isEnabled()
    assert wait_for_pages(bench, shown) >= len(bench.shown_titles())


def test_internal_is_chosen_deliberately_and_warned_of(dialog: tuple[Bench, DocumentDialog]) -> None:
    bench, shown = dialog
    wait_for_pages(bench, shown)
    assert not shown.warning.isVisibleTo(shown)
    shown.internal.setChecked(True)
    assert shown.order.variant == INTERNAL
    assert shown.warning.isVisibleTo(shown)
    wait_for_pages(bench, shown)


def test_only_what_a_document_needs_is_asked_for(dialog: tuple[Bench, DocumentDialog]) -> None:
    bench, shown = dialog
    wait_for_pages(bench, shown)
    for kind, visible in (
        (documents.CATALOGUE, {"selection", "for_whom"}),
        (documents.BOOKLET, {"district", "for_whom"}),
        (documents.JOINT, {"programme", "for_whom"}),
        (documents.AGENDA, set()),
    ):
        choose(shown, kind)
        named = ("selection", "for_whom", "district", "programme")
        assert {name for name in named if getattr(shown, name).isVisibleTo(shown)} == visible


def test_a_catalogue_is_saved_with_all_that_the_list_shows(
    dialog: tuple[Bench, DocumentDialog], tmp_path: Path
) -> None:
    bench, shown = dialog
    wait_for_pages(bench, shown)
    choose(shown, documents.CATALOGUE)
    shown.all_shown.setChecked(True)
    assert wait_for_pages(bench, shown) >= 4 + len(bench.shown_titles())
    shown.save_to(tmp_path / "katalog.pdf")
    bench.settle()
    assert (tmp_path / "katalog.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_joint_programme_there_is_a_sentence(dialog: tuple[Bench, DocumentDialog]) -> None:
    bench, shown = dialog
    wait_for_pages(bench, shown)
    choose(shown, documents.JOINT)
    bench.qtbot.waitUntil(lambda: shown.problem.text() == bench.opened.t("document.no_programme"))


def test_stopping_takes_less_than_a_second(dialog: tuple[Bench, DocumentDialog]) -> None:
    bench, shown = dialog
    wait_for_pages(bench, shown)
    choose(shown, documents.CATALOGUE)
    bench.qtbot.waitUntil(shown.stop_button.isVisible, timeout=5_000)
    began = time.monotonic()
    shown.stop_button.click()
    assert not shown.stop_button.isVisible()
    assert shown.problem.text() == bench.opened.t("preview.given_up")
    bench.settle()
    assert time.monotonic() - began < 1
