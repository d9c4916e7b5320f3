"""The office sets outlines and words for everybody, in the settings."""

import json
from pathlib import Path

from izsa_desktop.ui.dialogs.confirm import ConfirmDialog
from izsa_desktop.ui.pages.layers_card import LayersCard
from izsa_desktop.ui.workspace import SETTINGS
from tests.ui.exchange import dialog, no_dialog
from tests.ui.window import Bench, OpenBench
from tests.usecases.line import Line
from tests.usecases.test_layers import THEME, grid


def card_of(b: Bench) -> LayersCard:
    b.workspace.go_to(SETTINGS)
    b.settle()
    card = b.workspace.settings.layers
    assert card is not None
    return card


def test_outlines_are_looked_through_taken_and_taken_back(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    (tmp_path / "o.geojson").write_bytes(grid())
    b = bench(line.office, show=True)
    card, t = card_of(b), b.opened.t
    assert card.outlines.text() == t("layers.outlines_built_in")
    assert not card.remove_outlines.isVisible()
    card.look_at_outlines(tmp_path / "o.geojson")
    b.settle()
    dialog(b, ConfirmDialog).reject()
    b.settle()
    assert card.outlines.text() == t("layers.outlines_built_in")
    card.look_at_outlines(tmp_path / "o.geojson")
    b.settle()
    dialog(b, ConfirmDialog).go.click()
    b.settle()
    assert card.outlines.text() == t("layers.outlines", count=30)
    assert t("layers.outlines_taken", count=30) in b.notices()
    card.remove_outlines.click()
    b.settle()
    assert card.outlines.text() == t("layers.outlines_built_in")


def test_a_file_that_cannot_be_is_named_and_nothing_is_asked(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    (tmp_path / "o.geojson").write_bytes(b"<html>")
    b = bench(line.office, show=True)
    card = card_of(b)
    for look in (card.look_at_outlines, card.look_at_words):
        look(tmp_path / "o.geojson")
        b.settle()
        assert no_dialog(b)
    assert len(b.notices()) == 2


def test_words_are_counted_and_taken(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    (tmp_path / "w.json").write_text(json.dumps(THEME), encoding="utf-8")
    b = bench(line.office, show=True)
    card, t = card_of(b), b.opened.t
    assert card.words.text() == t("layers.no_words")
    card.look_at_words(tmp_path / "w.json")
    b.settle()
    dialog(b, ConfirmDialog).go.click()
    b.settle()
    assert card.words.text() == t("layers.words", count=1)


def test_a_district_has_no_such_card(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.workspace.go_to(SETTINGS)
    assert b.workspace.settings.layers is None
