"""Migrations: the old file or the new one, never something between; and no file that isn't ours is touched."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, UniqueConstraint

from izsa_desktop.db import dialect, schema
from izsa_desktop.db.migrations import STEPS as RELEASED
from izsa_desktop.db.migrations import migrate
from izsa_desktop.db.store import Store
from izsa_desktop.domain.errors import DatabaseDamaged, DatabaseTooNew, FolderNotWritable

STEPS = RELEASED[:1]
"""What the runner is tried with: the first step, and others that no release has."""
SECOND = ("ALTER TABLE meta ADD COLUMN changed VARCHAR", "CREATE TABLE extra (n INTEGER PRIMARY KEY)")
BROKEN = (*SECOND, "INSERT INTO nowhere VALUES (1)")


def _first(path: Path) -> bytes:
    """A database of version 1 with a row in it; its bytes."""
    migrate(path, path.parent / "backups", "first", STEPS)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO meta VALUES ('person', 'Ayşe')")
        connection.commit()
    return path.read_bytes()


def _ask(path: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _shape(table: Table) -> Any:
    columns = {c.name: (str(c.type), bool(c.nullable), bool(c.primary_key)) for c in table.columns}
    indexes = {(i.name, tuple(c.name for c in i.columns), bool(i.unique)) for i in table.indexes}
    foreign = {(key.parent.name, key.target_fullname) for key in table.foreign_keys}
    unique = {
        tuple(column.name for column in constraint.columns)
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    }
    return columns, indexes, foreign, unique


def test_the_steps_make_the_tables_that_the_program_believes_in(store: Store) -> None:
    found = MetaData()
    found.reflect(bind=store._engine)
    own = {name: table for name, table in found.tables.items() if not name.startswith("project_words")}
    assert {name: _shape(table) for name, table in own.items()} == {
        name: _shape(table) for name, table in schema.metadata.tables.items()
    }


def test_a_new_database_says_whose_it_is_and_is_not_made_twice(tmp_path: Path) -> None:
    path = tmp_path / "izsa.sqlite3"
    assert migrate(path, tmp_path / "backups", "now")
    assert _ask(path, "PRAGMA application_id") == [(dialect.APPLICATION_ID,)]
    assert _ask(path, "PRAGMA user_version") == [(len(RELEASED),)]
    before = path.read_bytes()
    assert not migrate(path, tmp_path / "backups", "later")
    assert path.read_bytes() == before
    assert _files(tmp_path) == {"izsa.sqlite3"}


def test_a_step_keeps_the_rows_and_the_original_as_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "izsa.sqlite3"
    _first(path)
    assert migrate(path, tmp_path / "backups", "20250314", (*STEPS, SECOND))
    assert _ask(path, "SELECT key, value, changed FROM meta") == [("person", "Ayşe", None)]
    assert _ask(path, "PRAGMA user_version") == [(2,)]
    backup = tmp_path / "backups" / "izsa-v1-20250314.sqlite3"
    assert _ask(backup, "SELECT * FROM meta") == [("person", "Ayşe")]
    assert _files(tmp_path) == {"izsa.sqlite3", "backups/izsa-v1-20250314.sqlite3"}


@pytest.mark.parametrize("before", [(), (SECOND,)], ids=["first step", "second step"])
def test_a_step_that_fails_half_way_changes_nothing_and_can_be_tried_again(
    tmp_path: Path, before: Sequence[Sequence[str]]
) -> None:
    path = tmp_path / "izsa.sqlite3"
    old = _first(path)
    renamed = tuple(statement.replace("extra", "extra2").replace("changed", "changed2") for statement in BROKEN)
    with pytest.raises(sqlite3.OperationalError):
        migrate(path, tmp_path / "backups", "1", (*STEPS, *before, renamed))
    assert path.read_bytes() == old
    assert migrate(path, tmp_path / "backups", "2", (*STEPS, *before, renamed[:2]))
    assert _ask(path, "PRAGMA user_version") == [(2 + len(before),)]
    assert _ask(path, "SELECT value, changed2 FROM meta") == [("Ayşe", None)]
    assert _ask(path, "PRAGMA integrity_check") == [("ok",)]


RECREATE = (
    "CREATE TABLE new (n INTEGER PRIMARY KEY, sha256 VARCHAR)",
    "INSERT INTO new SELECT n, sha256 FROM bundle",
    "DROP TABLE bundle",
    "ALTER TABLE new RENAME TO bundle",
)


def _with_child(path: Path) -> None:
    migrate(path, path.parent / "backups", "first", STEPS)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO bundle VALUES (7, 'x', 'in', 'k', 'd', 'r', 1, '', 1, 'now', 'f')")
        connection.execute("INSERT INTO revision VALUES (1, x'00', 'rec', 'r', 1, 7, x'01')")
        connection.commit()


def test_a_table_may_be_made_anew_without_losing_what_hangs_on_it(tmp_path: Path) -> None:
    path = tmp_path / "izsa.sqlite3"
    cascade = (
        "DROP TABLE revision",
        STEPS[0][3].replace("REFERENCES bundle (n)", "REFERENCES bundle ON DELETE CASCADE"),
    )
    migrate(path, tmp_path / "backups", "first", (STEPS[0], cascade))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO bundle VALUES (7, 'x', 'in', 'k', 'd', 'r', 1, '', 1, 'now', 'f')")
        connection.execute("INSERT INTO revision VALUES (1, x'00', 'rec', 'r', 1, 7, x'01')")
        connection.commit()
    assert migrate(path, tmp_path / "backups", "second", (STEPS[0], cascade, RECREATE))
    assert _ask(path, "SELECT n, bundle FROM revision") == [(1, 7)]
    assert _ask(path, "SELECT * FROM bundle") == [(7, "x")]


def test_a_step_that_breaks_a_reference_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "izsa.sqlite3"
    _with_child(path)
    old = path.read_bytes()
    with pytest.raises(DatabaseDamaged) as caught:
        migrate(path, tmp_path / "backups", "2", (*STEPS, ("DELETE FROM bundle",)))
    assert caught.value.problem == "step 2: 1 broken references"
    assert path.read_bytes() == old


def test_a_newer_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "izsa.sqlite3"
    migrate(path, tmp_path / "backups", "2", (*RELEASED, SECOND))
    newer = path.read_bytes()
    with pytest.raises(DatabaseTooNew) as caught:
        Store(path, tmp_path / "backups", "3")
    assert (caught.value.found, caught.value.known, caught.value.exit_code) == (len(RELEASED) + 1, len(RELEASED), 17)
    assert path.read_bytes() == newer


def _foreign(folder: Path) -> dict[str, bytes]:
    other = folder / "other.sqlite3"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("PRAGMA user_version=1")
    mine = folder / "mine.sqlite3"
    _first(mine)
    header = mine.read_bytes()
    return {
        "nothing": b"",
        "one byte": b"S",
        "text": b"Bu bir metin dosyasi.\n" * 20,
        "zeros": b"\0" * 8192,
        "another program's database": other.read_bytes(),
        "header alone": header[:72],
        "cut header": header[:71],
        "version 0": header[:60] + b"\0\0\0\0" + header[64:],
        "negative version": header[:60] + b"\xff\xff\xff\xff" + header[64:],
        "damaged page": header[:100] + b"\xff" * 3996 + header[4096:],
    }


def test_a_file_that_is_no_database_of_ours_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    for name, content in _foreign(tmp_path).items():
        folder = tmp_path / name
        folder.mkdir()
        path = folder / "izsa.sqlite3"
        path.write_bytes(content)
        with (
            pytest.raises(DatabaseDamaged),
            closing(Store(path, folder / "backups", "now")) as store,
            store.reading() as reader,
        ):
            reader.meta()
        assert path.read_bytes() == content
        assert _files(folder) == {"izsa.sqlite3"}


def test_a_folder_that_cannot_be_written_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        Store(tmp_path / "not there" / "izsa.sqlite3", tmp_path, "now")


@pytest.mark.parametrize("name", ["a?b", "100%25", "x#y", "İstanbul Şube", "a'b;c", "a&b=c", "😀", "x" * 200])
def test_a_workplace_may_be_anywhere(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and "?" in name:
        pytest.skip("no name on Windows")
    folder = tmp_path / name
    folder.mkdir()
    _first(folder / "izsa.sqlite3")
    store = Store(folder / "izsa.sqlite3", folder / "backups", "2")
    with store.writing() as writer:
        writer.set_meta({"language": "tr"})
    store.close()
    assert (
        dict(_ask(folder / "izsa.sqlite3", "SELECT * FROM meta")).items()
        >= {"person": "Ayşe", "language": "tr"}.items()
    )
    assert _files(tmp_path) == {f"{name}/izsa.sqlite3", f"{name}/backups/izsa-v1-2.sqlite3"}


# --- killed ----------------------------------------------------------------------------------------------------------

CUT_OFF = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=2")
connection.execute("BEGIN IMMEDIATE")
connection.execute("DELETE FROM meta")
connection.executemany("INSERT INTO meta VALUES (?, ?)", ((str(n), "x" * 1000) for n in range(500)))
os._exit(9)
"""


def test_a_save_that_was_cut_off_is_undone_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "izsa.sqlite3"
    old = _first(path)
    assert subprocess.run([sys.executable, "-c", CUT_OFF, path], check=False).returncode == 9
    assert _files(tmp_path) == {"izsa.sqlite3", "izsa.sqlite3-journal"}
    assert path.read_bytes() != old
    migrate(path, tmp_path / "backups", "now", STEPS)
    assert dict(_ask(path, "SELECT * FROM meta")) == {"person": "Ayşe"}
    assert _files(tmp_path) == {"izsa.sqlite3"}
    assert _ask(path, "PRAGMA integrity_check") == [("ok",)]


KILLED = """
import os, sqlite3, sys
from pathlib import Path
from izsa_desktop.db import dialect, migrations
folder, prepare = Path(sys.argv[1]), dialect.prepare

def dying(connection, left):
    def count(_statement):
        left[0] -= 1
        if not left[0]:
            os._exit(9)
    prepare(connection)
    connection.execute("PRAGMA cache_size=1")
    connection.set_trace_callback(count)

def attempt(path, n):
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    dialect.prepare = lambda connection: dying(connection, [n])
    second = ("CREATE TABLE big AS SELECT value || randomblob(9000) AS x FROM meta", "DROP TABLE trust")
    third = ("ALTER TABLE meta ADD COLUMN changed VARCHAR", "UPDATE meta SET changed = 'x'")
    migrations.migrate(path, path.parent / "backups", str(n), (migrations.STEPS[0], second, third))
    os._exit(0)

for n in range(1, 40):
    path = folder / str(n) / "izsa.sqlite3"
    if not attempt(path, n):
        break
print(n)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_statement_of_a_migration_the_old_file_stands(tmp_path: Path) -> None:
    source = tmp_path / "izsa.sqlite3"
    old = _first(source)
    for n in range(1, 40):
        (tmp_path / str(n)).mkdir()
        (tmp_path / str(n) / "izsa.sqlite3").write_bytes(old)
    run = subprocess.run([sys.executable, "-c", KILLED, tmp_path], capture_output=True, text=True, check=True)
    done = int(run.stdout)
    assert 8 <= done < 39
    for n in range(1, done):
        path = tmp_path / str(n) / "izsa.sqlite3"
        assert path.read_bytes() == old
        assert migrate(path, path.parent / "backups", "again", (*STEPS, SECOND))
        assert _ask(path, "SELECT value, changed FROM meta") == [("Ayşe", None)]
        assert _ask(path, "PRAGMA integrity_check") == [("ok",)]
        assert not list(path.parent.glob("*.migrating*"))


def test_what_a_migration_that_was_killed_left_behind_is_not_mixed_in(tmp_path: Path) -> None:
    path = tmp_path / "izsa.sqlite3"
    _first(path)
    working = path.with_name(path.name + ".migrating")
    dialect.copy(path, working)
    assert subprocess.run([sys.executable, "-c", CUT_OFF, working], check=False).returncode == 9
    assert working.with_name(working.name + "-journal").exists()
    assert migrate(path, tmp_path / "backups", "2", (*STEPS, SECOND))
    assert _ask(path, "SELECT * FROM meta") == [("person", "Ayşe", None)]
    assert _files(tmp_path) == {"izsa.sqlite3", "backups/izsa-v1-2.sqlite3"}
