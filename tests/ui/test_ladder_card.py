"""The coaching ladder on the settings page: a person reads what changes before it does."""

import json
from pathlib import Path

from PySide6.QtWidgets import QLabel

from izsa_desktop.ui.dialogs.confirm import ConfirmDialog
from izsa_desktop.ui.pages.ladder_card import LadderCard
from izsa_desktop.ui.workspace import SETTINGS
from izsa_desktop.usecases.ladders import current_ladder
from izsa_desktop.usecases.workplace import open_workplace
from tests.ui.exchange import dialog, no_dialog
from tests.ui.window import Bench, OpenBench
from tests.usecases.line import Line
from tests.usecases.test_ladders import own


def card(b: Bench) -> LadderCard:
    b.workspace.go_to(SETTINGS)
    b.settle()
    found = b.workspace.settings.ladder
    assert found is not None
    return found


def version(line: Line) -> int:
    with open_workplace(line.office) as office:
        return current_ladder(office).version


def test_out_in_and_back(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    b = bench(line.office, show=True)
    shown, t = card(b), b.opened.t
    assert "6 stages, 30 criteria" in shown.now.text() and not shown.restore.isVisible(), "it is the program's own"
    shown.write_to(tmp_path / "l.json")
    b.settle()
    ladder = json.loads((tmp_path / "l.json").read_text(encoding="utf-8"))
    assert ladder == own() | {"version": 1}
    ladder["version"], ladder["stages"][0]["name"]["en"] = 4, "The <b>beginning</b>"
    (tmp_path / "l.json").write_text(json.dumps(ladder), encoding="utf-8")
    shown.look_at(tmp_path / "l.json")
    b.settle()
    asked = dialog(b, ConfirmDialog)
    told = [label.text() for label in asked.findChildren(QLabel)]
    assert "Stage 0: “The <b>beginning</b>” in place of “No office yet”" in told
    asked.reject()
    b.settle()
    assert no_dialog(b) and version(line) == 1, "looking at it took nothing"
    shown.look_at(tmp_path / "l.json")
    b.settle()
    dialog(b, ConfirmDialog).go.click()
    b.settle()
    assert version(line) == 4 and t("ladder_card.taken", version=4) in b.notices()
    assert shown.restore.isVisible()
    shown.restore.click()
    b.settle()
    dialog(b, ConfirmDialog).go.click()
    b.settle()
    assert version(line) == 5 and not shown.restore.isVisible()


def test_a_file_that_is_no_ladder_is_refused_in_a_sentence(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    b = bench(line.office, show=True)
    shown = card(b)
    for content, said in ((b"{}", "What is missing or wrong: $.version."), (b" " * 300_000, "larger than 256 KB")):
        (tmp_path / "l.json").write_bytes(content)
        shown.look_at(tmp_path / "l.json")
        b.settle()
        assert no_dialog(b) and any(said in notice for notice in b.notices())
    assert version(line) == 1


def test_a_district_has_no_such_card(bench: OpenBench, line: Line) -> None:
    b = bench(line.bornova, show=True)
    b.workspace.go_to(SETTINGS)
    b.settle()
    assert b.workspace.settings.ladder is None
