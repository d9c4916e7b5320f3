"""What the exchange is measured beside: the same rows by raw SQLite, by geodiff and by git.

geodiff takes them as a changeset into an empty database with the same tables and indexes. Git has a file per project,
in 256 folders, with the same bytes as the saves; one commit, packed by ``git repack``. (The packs that ``git
fast-import`` leaves are a fifth smaller and take twice as long to fetch.)
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.measuring import timed
from izsa_desktop.db import dialect, migrations

SAVES = ("bundle", "revision")
TABLES = (*SAVES, "project")
REFERENCE = "refs/heads/main"
_NO_SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@dataclass(frozen=True, slots=True)
class Save:
    """A revision as it travels."""

    record: str
    body: bytes


def saves(store: Path, after: int = 0) -> list[Save]:
    """The revisions of a store that arrived after this number, in their order."""
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT record, body FROM revision WHERE n > ? ORDER BY n", (after,))
        return [Save(*row) for row in rows]


# --- raw SQLite ------------------------------------------------------------------------------------------------------


def empty_store(target: Path) -> Path:
    """A database with the tables and indexes of a workplace, and nothing in them."""
    migrations.migrate(target, target.parent, "now")
    return target


def raw_insert(source: Path, target: Path) -> float:
    """Seconds to insert the rows that a store has and its copy has not, those of the index of words included."""
    with closing(sqlite3.connect(source)) as connection, closing(sqlite3.connect(target)) as copy:
        last = {table: copy.execute(f"SELECT ifnull(max(n), 0) FROM {table}").fetchone() for table in TABLES}
        rows = {
            table: connection.execute(f"SELECT * FROM {table} WHERE n > ?", last[table]).fetchall() for table in TABLES
        }
        words = connection.execute("SELECT n, words FROM project WHERE n > ?", last["project"]).fetchall()
        dialect.prepare(copy)

        def insert() -> None:
            copy.execute("BEGIN")
            for table, content in rows.items():
                marks = ",".join("?" * len(content[0])) if content else ""
                copy.executemany(f"INSERT INTO {table} VALUES ({marks})", content)
            copy.executemany("INSERT INTO project_words (rowid, words) VALUES (?, ?)", words)
            copy.execute("COMMIT")

        return timed(insert)[0]


def bare_insert(source: Path, target: Path) -> float:
    """The same without any index but the keys: the rows of revisions and projects alone."""
    with closing(sqlite3.connect(source)) as connection:
        revisions = connection.execute("SELECT id, record, body FROM revision").fetchall()
        projects = connection.execute("SELECT id, sort_key, words, value FROM project").fetchall()

    with closing(sqlite3.connect(target)) as copy:
        dialect.prepare(copy)
        copy.execute("CREATE TABLE r (id BLOB PRIMARY KEY, record TEXT, body BLOB)")
        copy.execute("CREATE TABLE p (id TEXT PRIMARY KEY, sort_key TEXT, words TEXT, value BLOB)")

        def insert() -> None:
            copy.execute("BEGIN")
            copy.executemany("INSERT INTO r VALUES (?,?,?)", revisions)
            copy.executemany("INSERT INTO p VALUES (?,?,?,?)", projects)
            copy.execute("COMMIT")

        return timed(insert)[0]


# --- geodiff ---------------------------------------------------------------------------------------------------------


def changeset(source: Path, tables: Sequence[str], target: Path, after: int = 0) -> Path:
    """The rows of a store's tables as a changeset; of revisions those that arrived after this number."""
    empty, full = (empty_store(target.with_suffix(suffix)) for suffix in (".empty", ".full"))
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("ATTACH ? AS source", (str(source),))
        for table in tables:
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM source.{table} WHERE n > ?", (after,))
        connection.commit()
    differ = _geodiff()
    differ.set_tables_to_include(list(tables))
    differ.create_changeset(str(empty), str(full), str(target))
    return target


def apply(changes: Path, target: Path) -> float:
    """Seconds to take a changeset into a database."""
    return timed(lambda: _geodiff().apply_changeset(str(target), str(changes)))[0]


def _geodiff() -> Any:
    """It is no dependency of the program or its tests, and has no wheels for some systems that they run on."""
    return import_module("pygeodiff").GeoDiff()


# --- git -------------------------------------------------------------------------------------------------------------


def git(repository: Path, *arguments: str, content: bytes | None = None) -> None:
    """Runs git, untouched by anybody's settings."""
    command = ["git", "-C", str(repository), "-c", "gc.auto=0", "-c", "maintenance.auto=0", *arguments]
    subprocess.run(command, input=content, check=True, capture_output=True, env=os.environ | _NO_SETTINGS)


def new_repository(folder: Path) -> Path:
    """Empty, and without files beside it."""
    folder.mkdir()
    git(folder, "init", "--bare")
    return folder


def commit(repository: Path, content: Iterable[Save], *, first: bool) -> None:
    """Adds a commit with a file for each project."""
    head = [f"commit {REFERENCE}", "committer a <a@a> 0 +0000", "data 0", *([] if first else [f"from {REFERENCE}^0"])]
    stream = [("\n".join(head) + "\n").encode()]
    for save in content:
        name = save.record.partition("/")[2]
        stream.append(f"M 100644 inline {name[:2]}/{name[2:]}.json\ndata {len(save.body)}\n".encode())
        stream += (save.body, b"\n")
    git(repository, "fast-import", "--quiet", content=b"".join(stream))
    if first:
        git(repository, "repack", "-a", "-d", "-f")


def bundled(repository: Path, target: Path, *, whole: bool) -> Path:
    """The whole repository as a git bundle, or its last commit."""
    git(repository, "bundle", "create", str(target), REFERENCE if whole else f"{REFERENCE}~1..{REFERENCE}")
    return target


def fetch(repository: Path, bundle: Path) -> float:
    """Seconds of ``git bundle verify`` and ``git fetch``."""

    def verify_and_fetch() -> None:
        git(repository, "bundle", "verify", str(bundle))
        git(repository, "fetch", str(bundle), f"{REFERENCE}:{REFERENCE}")

    return timed(verify_and_fetch)[0]


def checkout(repository: Path, folder: Path) -> float:
    """Seconds to write the files of the last commit into a new folder; it is removed again."""
    folder.mkdir()
    seconds, _ = timed(lambda: git(repository, "--work-tree", str(folder), "checkout", "--force", REFERENCE))
    shutil.rmtree(folder)
    return seconds
