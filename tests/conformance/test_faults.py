"""Computers that die, go back, are copied; disks that lose; files that change: what the command line makes of it."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance.make_hostile import HERE
from tests.conformance.town import Town

# --- PCs -------------------------------------------------------------------------------------------------------------


def test_F18_a_dead_pc_goes_on_from_an_old_backup(here: Town) -> None:
    """Of what the office had, nothing is lost; only what nobody else ever had is."""
    here.add("bornova", "Bir")
    here.exchange("bornova", "Bornova")
    here.good("bornova", "backup", "-o", here.folder / "day3.sqlite3")
    here.add("bornova", "İki")
    here.exchange("bornova", "Bornova")
    here.add("bornova", "Yalnız burada")
    old = here.replica("bornova")
    shutil.rmtree(here.folder / "bornova")
    here.good("bornova", "init", "--district", "Bornova", "--person", "Ayşe Yılmaz")
    here.good("bornova", "restore", here.folder / "day3.sqlite3")
    assert here.replica("bornova") != old
    here.enrol("bornova")
    here.pin("bornova")
    assert here.codes("bornova", here.export("office", "--to", "Bornova", "--full")) == [0]
    assert here.titles("bornova") == here.titles("office") == ["Bir", "İki"]
    assert here.hash("bornova", "--district", "Bornova") == here.hash("office", "--district", "Bornova")
    here.add("bornova", "Üç")
    assert here.codes("office", here.export("bornova")) == [0]
    assert here.titles("office") == ["Bir", "Üç", "İki"]


def test_F18_P18_a_pc_that_was_set_back_sends_nothing_until_it_has_a_new_key(here: Town) -> None:
    here.add("bornova", "Bir")
    here.exchange("bornova", "Bornova")
    image = here.copy("bornova", "bornova-image")
    here.add("bornova", "İki")
    assert here.codes("office", here.export("bornova")) == [0]
    answer = here.export("office", "--to", "Bornova")
    assert here.codes(image, answer) == [0]
    here.add(image, "Üç")
    refused = here.run(image, "export", "-o", here.folder / "x.izsa")
    assert (refused.code, (here.folder / "x.izsa").exists()) == (1, False)
    here.good(image, "key", "renew")
    request = here.folder / "r.enrol"
    here.good(image, "enrol", "request", "-o", request)
    here.good("office", "enrol", "accept", request)
    assert here.codes("office", here.export(image)) == [0]
    assert here.codes(image, here.export("office", "--to", "Bornova", "--full")) == [0]
    assert here.titles(image) == here.titles("office") == ["Bir", "Üç", "İki"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["A14-A35-first-then-copy", "A14-A35-copy-then-first"])
def test_two_pcs_under_one_key(here: Town, order: tuple[int, int]) -> None:
    """A copied profile: the second with the number is refused and kept, and nothing is silently replaced."""
    copy = here.copy("bornova", "bornova-copy")
    here.add("bornova", "Bir")
    here.add(copy, "Kopyada")
    files = [here.export("bornova"), here.export(copy)]
    titles = ["Bir", "Kopyada"]
    assert here.codes("office", files[order[0]]) == [0]
    [outcome] = here.merge("office", files[order[1]])
    assert outcome["code"] == 13
    assert here.titles("office") == [titles[order[0]]]
    [kept] = here.good("office", "refused", "--json").json
    assert (kept["code"], kept["file"]) == (13, files[order[1]].name)
    here.good(copy, "key", "renew")  # the way out: nothing is lost
    request = here.folder / "r.enrol"
    here.good(copy, "enrol", "request", "-o", request)
    here.good("office", "enrol", "accept", request)
    here.add(copy, "Sonra")
    assert here.codes("office", here.export(copy)) == [0]
    assert "Sonra" in here.titles("office")


# --- the office ------------------------------------------------------------------------------------------------------


def _set_back(here: Town) -> None:
    """The office has confirmed the second bundle and then went back to the day before."""
    here.add("bornova", "Bir")
    here.exchange("bornova", "Bornova")
    here.copy("office", "office-yesterday")
    here.add("bornova", "İki")
    here.change("bornova", "İki", "Önce")
    here.exchange("bornova", "Bornova")
    here.change("bornova", "İki", "Sonra")


@pytest.mark.parametrize("heal", ["the-missing-one", "a-full-one"], ids=lambda how: f"A13-gap-is-healed-by-{how}")
def test_a_gap(here: Town, heal: str) -> None:
    _set_back(here)
    missing = here.sent[-2]
    [outcome] = here.merge("office-yesterday", here.export("bornova"))
    assert (outcome["code"], outcome["accepted"], outcome["missing"], outcome["parked"]) == (14, True, [2], 1)
    assert here.titles("office-yesterday") == ["Bir"]
    [member] = [m for m in here.good("office-yesterday", "enrol", "list", "--json").json if m["missing"]]
    assert (member["replica"], member["missing"], member["acknowledged"]) == (here.replica("bornova"), [2], 1)
    healing = missing if heal == "the-missing-one" else here.export("bornova", "--full")
    assert here.codes("office-yesterday", healing) == [0]
    assert here.codes("office", here.sent[-1]) == [0]
    assert here.shown("office-yesterday") == here.shown("bornova")
    assert all(not m["missing"] for m in here.good("office-yesterday", "enrol", "list", "--json").json)


def _acknowledged(bundle: Path) -> dict[str, int]:
    """What an answer says it has, read with a zip reader of its own."""
    with zipfile.ZipFile(bundle) as outer, zipfile.ZipFile(io.BytesIO(outer.read("payload.zip"))) as payload:
        manifest = json.loads(payload.read("manifest.json"))
    return {replica: ack["seq"] for replica, ack in manifest["acks"].items()}


def test_A13_a_gap_is_not_acknowledged(here: Town) -> None:
    _set_back(here)
    pc = here.replica("bornova")
    assert _acknowledged(here.export("office", "--to", "Bornova")) == {pc: 2}
    assert here.codes("office-yesterday", here.export("bornova")) == [14]
    stopped = here.folder / "stopped.izsa"
    refused = here.run("office-yesterday", "export", "--to", "Bornova", "-o", stopped)
    assert (refused.code, stopped.exists()) == (1, False), "it does not know which numbers it has used"
    here.good("office-yesterday", "key", "renew")
    assert _acknowledged(here.export("office-yesterday", "--to", "Bornova")) == {pc: 1}
    assert here.codes("office-yesterday", here.export("bornova", "--full")) == [0]
    assert _acknowledged(here.export("office-yesterday", "--to", "Bornova")) == {pc: 4}


WORLDS: dict[str, Callable[[Town], None]] = {}


def _world(make: Callable[[Town], None]) -> Callable[[Town], None]:
    WORLDS[make.__name__] = make
    return make


@_world
def nothing(_: Town) -> None:
    """Nobody has sent anything."""


@_world
def three_deltas(here: Town) -> None:
    for title in ("Bir", "İki", "Üç"):
        here.add("bornova", title)
        here.exchange("bornova", "Bornova")


@_world
def conflicts(here: Town) -> None:
    here.add("bornova", "Bir")
    here.exchange("bornova", "Bornova")
    here.codes("second", here.export("office", "--to", "Bornova"))
    here.change("bornova", "Bir", "A")
    here.change("second", "Bir", "B")
    here.codes("office", here.export("bornova"), here.export("second"))


@_world
def shut_out(here: Town) -> None:
    three_deltas(here)
    here.good("office", "enrol", "revoke", here.replica("bornova"), "--after", 2)


@_world
def reviewed(here: Town) -> None:
    [id_] = here.add("bornova", "Bir")
    here.exchange("bornova", "Bornova")
    here.good("office", "review", id_, "--state", "onaylandı")


@_world
def erased(here: Town) -> None:
    [id_] = here.add("bornova", "Bir")
    here.exchange("bornova", "Bornova")
    here.good("bornova", "erase", id_, "--field", "purpose", "--reason", "KVKK")
    here.exchange("bornova", "Bornova")


@_world
def encrypted(here: Town) -> None:
    here.good("office", "trust", "readers")
    here.codes("bornova", here.export("office", "--to", "Bornova"))
    here.add("bornova", "Bir")
    assert here.codes("office", here.export("bornova", "--encrypt")) == [0]


@_world
def refused(here: Town) -> None:
    three_deltas(here)
    assert here.codes("office", HERE / "hostile" / "A04-never-enrolled.izsa") == [11]


@pytest.mark.parametrize("world", WORLDS)
def test_P15_F19_rebuilt_from_the_archive(here: Town, world: str) -> None:
    WORLDS[world](here)
    before, shown = here.hash("office"), here.shown("office")
    rebuilt = here.good("office", "rebuild", "--json").json
    assert (rebuilt["before"], rebuilt["after"]) == (before, before)
    assert (here.hash("office"), here.shown("office")) == (before, shown)
    assert here.good("office", "check").code == 0


@pytest.mark.parametrize("damage", [b"", b"not a database", None], ids=["F11-emptied", "F11-overwritten", "F19-gone"])
def test_the_offices_database_is_lost(here: Town, damage: bytes | None) -> None:
    three_deltas(here)
    here.good("office", "backup", "-o", here.folder / "old.sqlite3")
    here.add("konak", "Sonra")
    assert here.codes("office", here.export("konak")) == [0]
    before, titles = here.hash("office"), here.titles("office")
    database = here.folder / "office" / "izsa.sqlite3"
    database.unlink()
    if damage is not None:
        database.write_bytes(damage)
    assert here.run("office", "list").code != 0
    here.good("office", "restore", here.folder / "old.sqlite3")
    assert (here.hash("office"), here.titles("office")) == (before, titles)
