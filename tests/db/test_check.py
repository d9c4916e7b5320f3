"""The check notices what SQLite's own does not: one bit of a record that is no longer what was written."""

import contextlib
import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from izsa_desktop.db.store import Store
from izsa_desktop.domain.errors import DatabaseDamaged, KnownError
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.registers import to_registers
from izsa_desktop.domain.revision import DELETED
from tests.support import BORNOVA, FIELDS, RECORD, make_revision

TABLES = ("meta", "bundle", "revision", "trust", "project")


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as writer:
        first = make_revision(to_registers(FIELDS, {}))
        writer.add(
            [first, make_revision({"title": "b"}, first, seq=2), make_revision({"title": "c"}, first, replica="f" * 16)]
        )
        writer.add([make_revision({DELETED: True}, record=f"{BORNOVA}/{'b2' * 16}", seq=3)])
        writer.add(
            [make_revision(to_registers(FIELDS, {}), record=f"{BORNOVA}/{n:032x}", seq=4 + n) for n in range(40)]
        )
    assert store.problems() == []
    return store


def _change(store: Store, statement: str, **values: Any) -> list[str]:
    with store.writing() as writer:
        assert writer.connection.execute(text(statement), values).rowcount == 1
    return store.problems()


def _flipped(value: bytes, at: int) -> bytes:
    return value[:at] + bytes([value[at] ^ 4]) + value[at + 1 :]


def test_one_bit_of_a_revision(filled: Store) -> None:
    revision = make_revision(to_registers(FIELDS, {}))
    body = _flipped(revision.body, revision.body.index("Kazım".encode()))
    found = _change(filled, "UPDATE revision SET body = :b WHERE id = :i", b=body, i=bytes.fromhex(revision.id))
    assert len(found) == 1
    assert revision.id in found[0]
    assert _integrity(filled.path) == "ok"


def _integrity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("sort_key", "x"),
        ("words", "x"),
        ("district", "TUR035008"),
        ("status", ""),
        ("goal", "6"),
        ("deleted", True),
        ("deleted", b""),
        ("conflicting", False),
        ("value", b"{}"),
    ],
)
def test_any_column_of_a_project(filled: Store, column: str, value: Any) -> None:
    found = _change(filled, f"UPDATE project SET {column} = :v WHERE id = :i", v=value, i=RECORD)
    assert f"project {RECORD}: shown values differ from its revisions" in found
    with filled.writing() as writer:
        writer.rebuild()
    assert filled.problems() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("record", "TUR035007/x"), ("replica", "x"), ("seq", 9), ("id", b"\0" * 32), ("record", b"\xff")],
)
def test_any_column_of_a_revision(filled: Store, column: str, value: Any) -> None:
    found = _change(filled, f"UPDATE revision SET {column} = :v WHERE n = 1", v=value)
    assert found[0].startswith("revision 1 ")
    assert RECORD in found[0]


def test_a_project_that_is_missing_or_that_nobody_wrote(filled: Store) -> None:
    found = _change(filled, "DELETE FROM project WHERE id = :i", i=RECORD)
    assert found[0] == f"project {RECORD}: shown values differ from its revisions"
    found = _change(filled, "UPDATE project SET id = 'x' WHERE n = 2")
    assert "project x: shown without revisions" in found


def test_a_reference_to_nothing(filled: Store) -> None:
    with closing(sqlite3.connect(filled.path)) as connection:
        connection.execute("UPDATE revision SET bundle = 99 WHERE n = 1")
        connection.commit()
    assert any(RECORD in line and line.startswith("revision 1 ") for line in filled.problems())


def test_a_save_that_is_said_to_have_come_with_another_bundle(filled: Store) -> None:
    with closing(sqlite3.connect(filled.path)) as connection:
        place = "'o', 0, 'full', 0, ''"
        connection.execute(f"INSERT INTO bundle VALUES (1, 'x', 'in', 'k', 'd', 'r', 1, '', 1, 'now', 'f', {place})")
        connection.execute("UPDATE revision SET bundle = 1 WHERE n = 1")
        connection.commit()
    found = filled.problems()
    assert any(RECORD in line and line.endswith("came with a bundle of another PC") for line in found)
    assert "bundle: rows differ from the seal" in found


UNSEALED = [
    "UPDATE meta SET value = 'x' WHERE key = 'person'",
    "INSERT INTO meta VALUES ('more', 'x')",
    "UPDATE meta SET value = '{}' WHERE key = '_seal'",
    "UPDATE draft SET value = x'00'",
    "DELETE FROM draft",
    "DELETE FROM trust",
    "UPDATE trust SET signature = x'00'",
    "DELETE FROM revision WHERE n = (SELECT max(n) FROM revision)",
]


@pytest.mark.parametrize("statement", UNSEALED)
def test_what_has_no_hash_of_its_own_is_sealed(filled: Store, statement: str) -> None:
    with filled.writing() as writer:
        writer.set_meta({"person": "Ayşe"})
        writer.keep_draft("", b"typed")
        writer.add_trust(1, b"{}", b"signature")
    assert filled.problems() == []
    with closing(sqlite3.connect(filled.path)) as connection:
        assert connection.execute(statement).rowcount == 1
        connection.commit()
    assert filled.problems() != []
    with filled.writing() as writer:  # a later save does not make it good
        writer.set_meta({"language": "tr"})
        writer.keep_draft("", b"typed on")
    assert filled.problems() != []


def test_a_check_can_be_made_in_steps(filled: Store) -> None:
    with filled.writing() as writer:
        writer.add([make_revision({}, record=f"{BORNOVA}/{n:032x}", seq=100 + n) for n in range(100, 2200)])
    steps = list(filled.problems_of(filled.path))
    assert set(steps) == {""}
    assert len(steps) > 2 * 2100 / 100  # every save is looked at, and what is shown of every record


def test_a_page_that_cannot_be_read_hides_no_record(filled: Store, tmp_path: Path) -> None:
    """Whichever page of the table is gone: every record that has lost something is named, and no other save is."""
    filled.close()
    good = filled.path.read_bytes()
    with closing(sqlite3.connect(filled.path)) as connection:
        pages = connection.execute("SELECT pageno FROM dbstat WHERE name = 'revision'").fetchall()
        whole = dict(connection.execute("SELECT n, record FROM revision"))
    path = tmp_path / "torn.sqlite3"
    assert len(pages) > 3
    for (page,) in pages:
        path.write_bytes(good[: (page - 1) * 4096] + b"\xff" * 4096 + good[page * 4096 :])
        found = list(filter(None, filled.problems_of(path)))
        with closing(sqlite3.connect(path)) as connection:
            readable = set()
            for n in whole:
                with contextlib.suppress(sqlite3.DatabaseError):
                    readable |= set(connection.execute("SELECT n FROM revision NOT INDEXED WHERE n = ?", (n,)))
        lost = {record for n, record in whole.items() if (n,) not in readable}
        assert lost
        assert {record for record in lost if not any(record in line for line in found)} == set()


def test_text_that_is_none_is_damage_and_not_a_bug(filled: Store) -> None:
    with closing(sqlite3.connect(filled.path)) as connection:
        connection.execute("UPDATE project SET sort_key = CAST(x'ff' AS TEXT) WHERE id = ?", (RECORD,))
        connection.commit()
    assert filled.problems() == [f"project {RECORD}: shown values differ from its revisions"]
    with closing(sqlite3.connect(filled.path)) as connection:
        connection.execute("UPDATE project SET value = x'7b22' WHERE id = ?", (RECORD,))
        connection.commit()
    with pytest.raises(DatabaseDamaged), filled.reading() as reader:
        reader.projects(ProjectFilter())


def test_a_name_that_is_no_text_any_more(filled: Store, tmp_path: Path) -> None:
    """Wherever in the file the record's name stands, in a table, in an index or in what a save holds."""
    filled.close()
    good, name, path = filled.path.read_bytes(), RECORD.encode(), tmp_path / "rotten.sqlite3"
    places = [found.start() + len(name) // 2 for found in re.finditer(re.escape(name), good)]
    assert len(places) > 6
    for at in places:
        path.write_bytes(good[:at] + bytes([good[at] ^ 0x80]) + good[at + 1 :])
        found = list(filled.problems_of(path))
        assert any(RECORD in line for line in found), at


def _content(path: Path) -> Any:
    """All rows as SQLite gives them, or None when it cannot."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        try:
            return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]
        except (sqlite3.Error, UnicodeDecodeError):
            return None


def _records_of(content: Any) -> dict[Any, Any]:
    """All that is said of each record: its saves and what is shown of it, also where the name itself was changed."""
    found: dict[Any, list[Any]] = {}
    for row in content[TABLES.index("revision")]:
        found.setdefault(row[2], []).append(row)
    for row in content[TABLES.index("project")]:
        found.setdefault(row[1], []).append(row[1:2] + row[3:])
    return found


def _told(path: Path) -> list[str]:
    try:
        with closing(Store(path, path.parent, "now")) as store:
            return store.problems()
    except KnownError as e:
        return [str(e)]


def test_every_flipped_bit_that_changes_a_record_names_it(filled: Store, tmp_path: Path) -> None:
    filled.close()
    good, before = filled.path.read_bytes(), _content(filled.path)
    path, chance = tmp_path / "flipped.sqlite3", random.Random(35)
    changed = named = noticed_by_sqlite = 0
    for _ in range(150):
        at = chance.randrange(100, len(good))
        path.write_bytes(good[:at] + bytes([good[at] ^ 1 << chance.randrange(8)]) + good[at + 1 :])
        content = _content(path)
        if content == before:
            continue
        changed += 1
        noticed_by_sqlite += content is None or _integrity(path) != "ok"
        told = _told(path)
        assert told, at
        if content is not None:
            records, was = _records_of(content), _records_of(before)
            different = {r for r in records.keys() | was if records.get(r) != was.get(r)}
            for record in different & was.keys():
                assert any(record.decode() in line for line in told), (at, record)
            named += bool(different)
    assert changed > 40
    assert named > 25
    assert noticed_by_sqlite < changed / 2
