"""What the office's answer brings, through the command line alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.driver import Izsa
from tests.cli.test_docs import documented_keys, sections
from tests.usecases.line import Line
from tests.usecases.mail import pin
from tests.usecases.test_layers import THEME, grid

PROJECT = {"title": "Işıklı yol", "purpose": "Amaç", "district": "Konak", "contact": "kisi@konak.bel.tr"}


@pytest.fixture
def told(line: Line, izsa: Izsa, tmp_path: Path) -> tuple[Line, str]:
    """Bornova with an answer in which a project of Konak stands; and its id."""
    pin(line, line.bornova, line.konak)
    [id_] = izsa("--data", line.konak, "add", "-", stdin=json.dumps(PROJECT).encode()).lines
    assert izsa("--data", line.konak, "export", "-o", tmp_path / "k.izsa").code == 0
    assert izsa("--data", line.office, "merge", tmp_path / "k.izsa").code == 0
    assert izsa("--data", line.office, "review", id_, "--state", "onaylandı", "--note", "gizli not").code == 0
    brought(izsa, line, line.bornova, tmp_path / "a.izsa")
    return line, id_


def brought(izsa: Izsa, line: Line, folder: Path, file: Path) -> None:
    assert izsa("--data", line.office, "export", "--to", folder.name, "-o", file).code == 0
    assert izsa("--data", folder, "merge", file).code == 0


def test_the_network_is_listed_and_read(izsa: Izsa, told: tuple[Line, str]) -> None:
    line, id_ = told
    own = izsa("--data", line.bornova, "list", "--json").json
    network = izsa("--data", line.bornova, "list", "--network", "--query", "ISIKLI", "--json").json
    assert (own, [one["id"] for one in network]) == ([], [id_])
    shown = izsa("--data", line.bornova, "show", id_, "--json").json
    assert (shown["title"], shown["contact"], shown["review_note"]) == (PROJECT["title"], "", "")
    assert izsa("--data", line.bornova, "history", id_, "--json").json == []
    [told_of] = izsa("--data", line.bornova, "catalogue", "--json").json
    assert (told_of["id"], told_of["title"]) == (id_, PROJECT["title"])
    assert "gizli" not in json.dumps(told_of)
    assert izsa("--data", line.bornova, "check").code == 0


@pytest.mark.parametrize(
    "command",
    [
        ("revert", "{}", "abcd"),
        ("compare", "{}", "abcd", "abce"),
        ("erase", "{}", "--field", "title", "--reason", "x"),
        ("attach", "{}", "photo.jpg"),
        ("review", "{}", "--state", "onaylandı"),
    ],
)
def test_nothing_can_be_done_to_it(
    izsa: Izsa, told: tuple[Line, str], command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, id_ = told
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(b"x")
    before = izsa("--data", line.bornova, "state-hash").out
    ended = izsa("--data", line.bornova, *(part.format(id_) for part in command))
    assert ended.code == 1
    assert ended.err.count("\n") == 1, "a sentence"
    assert izsa("--data", line.bornova, "state-hash").out == before


def test_coaching(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova, line.konak)
    written = izsa("--data", line.office, "coach", "note", "Bornova", "Görüşüldü\nve yazıldı", "--date", "2026-02-03")
    assert (written.code, len(written.lines)) == (0, 1)
    for folder in (line.bornova, line.konak):
        brought(izsa, line, folder, tmp_path / f"{folder.name}.izsa")
    [note] = izsa("--data", line.bornova, "coach", "notes", "--json").json
    assert note == izsa("--data", line.office, "coach", "notes", "Bornova", "--json").json[0]
    assert set(note) == documented_keys(sections()["`izsa coach notes [DISTRICT]`"])
    assert (note["id"], note["date"], note["text"]) == (written.lines[0], "2026-02-03", "Görüşüldü\nve yazıldı")
    assert izsa("--data", line.konak, "coach", "notes", "--json").json == []
    assert izsa("--data", line.office, "coach", "notes", "Konak", "--json").json == []
    [said] = izsa("--data", line.bornova, "coach", "notes").lines
    assert "Bornova" in said and "Görüşüldü" in said
    assert izsa("--data", line.bornova, "coach", "note", "Bornova", "x").code == 1


def test_outlines_and_words(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    (tmp_path / "o.geojson").write_bytes(grid())
    (tmp_path / "w.json").write_text(json.dumps(THEME), encoding="utf-8")
    for command, expected in [
        (("outlines", tmp_path / "o.geojson"), {"districts": 30}),
        (("outlines",), {"districts": 30}),
        (("vocabularies", tmp_path / "w.json"), THEME),
        (("vocabularies",), THEME),
    ]:
        ended = izsa("--data", line.office, *command, "--json")
        assert (ended.code, ended.json) == (0, expected)
        assert izsa("--data", line.office, *command).code == 0
    brought(izsa, line, line.bornova, tmp_path / "a.izsa")
    for asked, expected in ((("outlines",), {"districts": 30}), (("vocabularies",), THEME)):
        found: Any = izsa("--data", line.bornova, *asked, "--json").json
        assert found == expected
    assert izsa("--data", line.bornova, "outlines", tmp_path / "o.geojson").code == 1
    assert izsa("--data", line.bornova, "vocabularies", tmp_path / "w.json").code == 1
    assert izsa("--data", line.office, "outlines", tmp_path / "w.json").code == 1
    assert izsa("--data", line.office, "vocabularies", tmp_path / "o.geojson").code == 1
    assert izsa("--data", line.office, "outlines", "--built-in", "--json").json == {"districts": 0}
    assert izsa("--data", line.office, "outlines").code == 0
