"""Backups that can be worked on, checks that notice, and what happens when somebody else holds the database."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from izsa_desktop.db import dialect
from izsa_desktop.domain.errors import DatabaseDamaged, FileProblem, KnownError, NoWorkplace, WorkplaceBusy
from izsa_desktop.usecases import backups, projects, sending, upkeep
from izsa_desktop.usecases.workplace import change_language, create_workplace, open_workplace, stamp
from tests.support import FIELDS
from tests.usecases.line import Line, enter, export, merge, state_hash


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives up on a database that is in use at once, not after seconds."""
    others = [pragma for pragma in dialect._PRAGMAS if not pragma.startswith("busy_timeout")]
    monkeypatch.setattr(dialect, "_PRAGMAS", ["busy_timeout=10", *others])


def test_a_backup_is_a_workplace_to_go_on_with(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as workplace:
        project = projects.save_project(workplace, None, FIELDS)
        assert upkeep.backup(workplace, tmp_path / "backup") == tmp_path / "backup"
        projects.save_project(workplace, None, FIELDS)  # after the backup
    (tmp_path / "restored").mkdir()
    shutil.copy(tmp_path / "backup", tmp_path / "restored" / "izsa.sqlite3")
    shutil.copytree(line.bornova / "keys", tmp_path / "restored" / "keys")
    with open_workplace(tmp_path / "restored") as restored:
        assert upkeep.check(restored) == []
        assert projects.list_projects(restored) == [project]
        projects.save_project(restored, None, FIELDS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "line", "restored"]


def test_a_backup_replaces_only_files(line: Line, tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"x")
    with open_workplace(line.bornova) as workplace:
        upkeep.backup(workplace, tmp_path / "old")
        for target in (tmp_path, tmp_path / "missing" / "x", Path()):
            with pytest.raises(FileProblem):
                upkeep.backup(workplace, target)
    assert (tmp_path / "old").read_bytes().startswith(b"SQLite format 3\0")


def test_merging_backs_up_first_and_keeps_ten(line: Line, tmp_path: Path) -> None:
    folder = line.office / "backups"
    for n in range(12):
        enter(line.bornova, f"Çınar {n}")
        merge(line.office, export(line.bornova, tmp_path / f"{n}"))
        for made_now in folder.glob(f"izsa-merge-{stamp()[:8]}-*"):  # not within the hour
            made_now.rename(folder / f"izsa-merge-20200101-{n:06}-000000.sqlite3")
    made = sorted(folder.iterdir())
    assert len(made) == backups.NEWEST
    for n, backup in enumerate(made, start=2):
        shutil.copy(backup, line.office / "izsa.sqlite3")
        with open_workplace(line.office) as office:
            assert projects.count_projects(office) == n


BYTES_AT = {
    "a letter of a title": b"Ulu \xc3\xa7",
    "a person": b'"author":"Ay',
    "a record's district": b'"rec":"TUR035007',
}


@pytest.mark.parametrize("needle", BYTES_AT.values(), ids=BYTES_AT.keys())
def test_every_flipped_bit_of_a_save_is_noticed(line: Line, needle: bytes) -> None:
    enter(line.bornova, "Ulu çınar")
    file = line.bornova / "izsa.sqlite3"
    good = file.read_bytes()
    places = [at for at in range(len(good)) if good.startswith(needle, at)]
    assert places
    for at in places:
        for bit in range(8):
            file.write_bytes(good[: at + 2] + bytes([good[at + 2] ^ 1 << bit]) + good[at + 3 :])
            assert damage_is_noticed(line.bornova), (at, bit)
    file.write_bytes(good)
    assert not damage_is_noticed(line.bornova)


def damage_is_noticed(folder: Path) -> bool:
    try:
        with open_workplace(folder) as workplace:
            return upkeep.check(workplace) != []
    except DatabaseDamaged:
        return True


CHANGES = [
    "UPDATE revision SET body = CAST(replace(body, 'Ulu', 'Oku') AS BLOB)",
    "UPDATE revision SET replica = '0000000000000000'",
    "UPDATE revision SET seq = 7",
    "UPDATE revision SET record = 'TUR035007/' || substr(record, 42) || substr(record, 11, 31)",
    "DELETE FROM revision WHERE seq = 1",
    "UPDATE project SET deleted = 1",
    "UPDATE project SET words = ''",
    "UPDATE project SET goal = '1'",
    "UPDATE project SET district = 'TUR035021'",
    "UPDATE project SET value = CAST(replace(value, 'Ulu', 'Oku') AS BLOB)",
    "DELETE FROM project",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_a_row_that_was_changed_behind_our_back_is_noticed(line: Line, statement: str) -> None:
    enter(line.bornova, "Ulu çınar")
    with open_workplace(line.bornova) as workplace:
        assert upkeep.check(workplace) == []
    with closing(sqlite3.connect(line.bornova / "izsa.sqlite3")) as connection:
        connection.execute(statement)
        connection.commit()
    assert damage_is_noticed(line.bornova)


@pytest.mark.parametrize("lock", ["BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_database_that_another_program_holds(line: Line, tmp_path: Path, impatient: None, lock: str) -> None:
    file = export(line.bornova, tmp_path / "b")
    with closing(sqlite3.connect(line.office / "izsa.sqlite3", isolation_level=None)) as other:
        other.execute(lock)
        other.execute("SELECT * FROM meta").fetchall()  # a reader alone holds up what is to be committed
        for attempt in (lambda: enter(line.office, "Çınar"), lambda: merge(line.office, file)):
            with pytest.raises(WorkplaceBusy) as busy:
                attempt()
            assert busy.value.facts() == {"folder": str(line.office)}
        other.execute("ROLLBACK")
    with open_workplace(line.office) as office:
        assert projects.list_projects(office) == []
    assert [outcome.code for outcome in merge(line.office, file)] == [0]


def test_no_file_bears_a_number_that_was_not_kept(line: Line, tmp_path: Path, impatient: None) -> None:
    with closing(sqlite3.connect(line.bornova / "izsa.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM meta").fetchall()
        with pytest.raises(WorkplaceBusy):
            export(line.bornova, tmp_path / "b")
        assert not (tmp_path / "b").exists()
        assert not any((line.bornova / "bundles" / "out").iterdir())


def test_state_hash_is_about_saves_and_trust(line: Line, tmp_path: Path) -> None:
    empty = state_hash(line.bornova)
    with open_workplace(line.bornova) as workplace:
        change_language(workplace, "tr")
        sending.export_bundle(workplace, tmp_path / "x")
    assert state_hash(line.bornova) == empty
    enter(line.bornova, "Çınar")
    assert state_hash(line.bornova) != empty


def test_a_language_is_kept(line: Line) -> None:
    with open_workplace(line.bornova) as workplace:
        assert change_language(workplace, "tr").identity.language == "tr"
    with open_workplace(line.bornova) as workplace:
        assert (workplace.identity.language, workplace.body_name) == ("tr", "Bornova")


def test_making_a_workplace_that_was_cut_off_can_be_repeated(tmp_path: Path) -> None:
    (tmp_path / "izsa.sqlite3.new").write_bytes(b"half")
    (tmp_path / "keys").mkdir()
    with pytest.raises(NoWorkplace):
        open_workplace(tmp_path)
    with create_workplace(tmp_path, "TUR035007", "Ayşe") as workplace:
        assert projects.list_projects(workplace) == []
    with pytest.raises(KnownError):
        create_workplace(tmp_path, "TUR035007", "Ayşe")


def test_a_copy_of_a_bundle_that_has_rotted_is_noticed(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Çınar")
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    for folder, kind in ((line.bornova, "out"), (line.office, "in")):
        [copy] = (folder / "bundles" / kind).glob("*.izsa")
        good = copy.read_bytes()
        for content in (good[:-1], good[:300] + bytes([good[300] ^ 1]) + good[301:], b""):
            copy.write_bytes(content)
            with open_workplace(folder) as workplace:
                [problem] = upkeep.check(workplace)
            assert copy.name in problem
        copy.unlink()
        with open_workplace(folder) as workplace:  # a number may be used up before its copy is written
            assert upkeep.check(workplace) == []


def test_a_check_tells_how_far_it_is(line: Line) -> None:
    enter(line.bornova, *(f"Proje {n}" for n in range(2100)))
    told: list[tuple[int, int]] = []
    with open_workplace(line.bornova) as workplace:
        assert upkeep.check(workplace, lambda done, total: told.append((done, total))) == []
    assert [done for done, _total in told] == list(range(1, len(told) + 1))
    assert len(told) > 6
    assert all(done < total for done, total in told)
