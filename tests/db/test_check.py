"""The check notices what SQLite's own does not: one bit of a record that is no longer what was written."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from izsa_desktop.db.store import Store
from izsa_desktop.domain.errors import DatabaseDamaged, KnownError
from izsa_desktop.domain.project import ProjectFilter
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
        ("folded", "x"),
        ("district", "TUR035008"),
        ("status", ""),
        ("goals", ",6,"),
        ("deleted", True),
        ("deleted", b""),
        ("conflicting", False),
        ("value", b"{}"),
    ],
)
def test_any_column_of_a_project(filled: Store, column: str, value: Any) -> None:
    found = _change(filled, f"UPDATE project SET {column} = :v WHERE id = :i", v=value, i=RECORD)
    assert found == [f"project {RECORD}: shown values differ from its revisions"]
    with filled.writing() as writer:
        writer.rebuild()
    assert filled.problems() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("record", "TUR035007/x"), ("replica", "x"), ("seq", 9), ("id", b"\0" * 32), ("record", b"\xff")],
)
def test_any_column_of_a_revision(filled: Store, column: str, value: Any) -> None:
    found = _change(filled, f"UPDATE revision SET {column} = :v WHERE n = 1", v=value)
    assert len(found) == 1
    assert found[0].startswith("revision 1 ")


def test_a_project_that_is_missing_or_that_nobody_wrote(filled: Store) -> None:
    assert _change(filled, "DELETE FROM project WHERE id = :i", i=RECORD) == [
        f"project {RECORD}: shown values differ from its revisions"
    ]
    copied = "INSERT INTO project SELECT 'x', sort_key, folded, district, status, goals, deleted, conflicting, value"
    found = _change(filled, f"{copied} FROM project LIMIT 1")
    assert "project x: shown without revisions" in found


def test_a_reference_to_nothing(filled: Store) -> None:
    with closing(sqlite3.connect(filled.path)) as connection:
        connection.execute("UPDATE revision SET bundle = 99 WHERE n = 1")
        connection.commit()
    assert len(filled.problems()) == 1


def test_text_that_is_none_is_damage_and_not_a_bug(filled: Store) -> None:
    with closing(sqlite3.connect(filled.path)) as connection:
        connection.execute("UPDATE project SET sort_key = CAST(x'ff' AS TEXT) WHERE id = ?", (RECORD,))
        connection.commit()
    with pytest.raises(DatabaseDamaged):
        filled.problems()
    with closing(sqlite3.connect(filled.path)) as connection:
        connection.execute("UPDATE project SET value = x'7b22' WHERE id = ?", (RECORD,))
        connection.commit()
    with pytest.raises(DatabaseDamaged), filled.reading() as reader:
        reader.projects(ProjectFilter())


def _content(path: Path) -> Any:
    """All rows as SQLite gives them, or None when it cannot."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        try:
            return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]
        except (sqlite3.Error, UnicodeDecodeError):
            return None


def _noticed(path: Path) -> bool:
    try:
        with closing(Store(path, path.parent, "now")) as store:
            return bool(store.problems())
    except KnownError:
        return True


def test_every_flipped_bit_that_changes_a_record_is_noticed(filled: Store, tmp_path: Path) -> None:
    filled.close()
    good, before = filled.path.read_bytes(), _content(filled.path)
    path, chance = tmp_path / "flipped.sqlite3", random.Random(35)
    changed = noticed_by_sqlite = 0
    for _ in range(120):
        at = chance.randrange(100, len(good))
        path.write_bytes(good[:at] + bytes([good[at] ^ 1 << chance.randrange(8)]) + good[at + 1 :])
        if _content(path) != before:
            changed += 1
            noticed_by_sqlite += _content(path) is None or _integrity(path) != "ok"
            assert _noticed(path), at
    assert changed > 40
    assert noticed_by_sqlite < changed / 2
