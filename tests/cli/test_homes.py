"""Workplaces, inputs and outputs in folders with the names that people and systems give them."""

import os
from pathlib import Path

import pytest

from tests.cli.driver import Izsa

HOMES = [
    "boş luk",
    "İstanbul Şube",
    "ığüşöç IĞÜŞÖÇ",
    "yüzde%20",
    "kare#diyez",
    "tek'tırnak",
    "artı+;virgül, @ & =",
    "{ad} [köşeli] $HOME ~",
    "c\u0327 NFD",
    "ğ" * 100,
    "emoji 😀",
    "-o",
    *(["soru?kip=ro", 'çift"tırnak', "ters\\bölü", "iki:nokta", "satır\nsonu"] if os.name == "posix" else []),
]


@pytest.mark.parametrize("name", HOMES)
def test_the_whole_line(izsa: Izsa, tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    home.mkdir(parents=True)
    office, district = home / "office", home / "district"
    (home / "in.jsonl").write_text('{"title": "Çınar"}\n', encoding="utf-8")
    for command in (
        (office, "init", "--office", "--person", "Koordinatör"),
        (district, "init", "--district", "Bornova", "--person", "Ayşe"),
        (district, "enrol", "request", "-o", home / "request"),
        (office, "enrol", "accept", home / "request"),
        (district, "add", home / "in.jsonl"),
        (district, "backup", "-o", home / "own"),
        (district, "export", "-o", home / "b.izsa"),
        (office, "inspect", home / "b.izsa"),
        (office, "merge", home / "b.izsa"),
        (office, "backup", "-o", home / "backup"),
        (district, "list"),
        (district, "restore", home / "own"),
        (office, "restore", home / "backup"),
        (district, "move", "--to", home / "moved"),
        (home / "moved", "backup", "--list"),
        (office, "check"),
        (home / "moved", "check"),
    ):
        ended = izsa("--data", *command)
        assert (ended.code, ended.err) == (0, ""), command
        if command[1] not in ("list", "backup"):
            assert "\n" not in ended.out[:-1], command
    listed = izsa("--data", office, "list", "--json").json
    assert [record["title"] for record in listed] == ["Çınar"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [name.partition("/")[0]]
    made = {"office", "district", "moved", "in.jsonl", "request", "b.izsa", "backup", "own"}
    assert {path.name for path in home.iterdir()} == made


def test_a_path_longer_than_a_database_may_have_is_a_known_failure(izsa: Izsa, tmp_path: Path) -> None:
    home = tmp_path / ("ğ" * 100) / ("ş" * 100) / ("ı" * 100)
    ended = izsa("--data", home, "init", "--office", "--person", "A")
    assert (ended.code, ended.out, ended.err.count("\n")) == (20, "", 1)
