"""Databases of every released version open in this one, with all that was in them."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop.db import dialect, migrations
from izsa_desktop.db.schema import COMPUTED
from izsa_desktop.db.store import Store
from tests.db.make_golden import GOLDEN, told
from tests.support import FIELDS, RECORD

EMPTY: tuple[Any, ...] = ("", None, False, [], {})
SINCE = {"addressee": "TUR035", "mode": "full", "follows": 1}
"""What a migration fills in, because it was so before there was a column for it."""
VERSIONS = sorted(path.stem for path in GOLDEN.glob("*.sqlite3"))


def _opened(version: str, folder: Path) -> Store:
    shutil.copyfile(GOLDEN / f"{version}.sqlite3", folder / "izsa.sqlite3")
    return Store(folder / "izsa.sqlite3", folder / "backups", "now")


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_database_opens_with_its_content(version: str, tmp_path: Path) -> None:
    expected = json.loads((GOLDEN / f"{version}.json").read_text(encoding="utf-8"))
    with closing(_opened(version, tmp_path)) as store:
        with store.reading() as reader:
            assert changes(expected, json.loads(json.dumps(told(reader)))) == []
        assert store.problems() == []


def changes(was: Any, now: Any, at: str = "") -> list[str]:
    """Where a value is another, or gone, or where something stands that nobody entered. New fields may be empty."""
    if isinstance(was, dict) and isinstance(now, dict):
        new = [(name, value) for name, value in now.items() if name not in was and value not in EMPTY]
        more = [f"{at}/{name}" for name, value in new if SINCE.get(name) != value]
        return more + [line for name in was for line in changes(was[name], now.get(name), f"{at}/{name}")]
    if isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        return [line for n, pair in enumerate(zip(was, now, strict=True)) for line in changes(*pair, f"{at}/{n}")]
    return [] if was == now else [f"{at}: {was!r} has become {now!r}"]


def test_the_comparison_notices_what_is_lost_changed_or_invented() -> None:
    was = {"a": [1, {"b": "x"}], "c": ""}
    assert changes(was, was | {"new": "", "newer": [], "newest": None}) == []
    for now in ({"a": [1, {"b": "y"}], "c": ""}, {"a": [1], "c": ""}, {"a": [1, {}], "c": ""}, was | {"new": 1}):
        assert len(changes(was, now)) == 1


def test_version_1_shows_what_it_always_showed(tmp_path: Path) -> None:
    with closing(_opened("v1", tmp_path)) as store, store.reading() as reader:
        project = reader.project(RECORD)
        assert project is not None
        assert (project.fields.purpose, project.fields.location) == (FIELDS.purpose, FIELDS.location)
        assert project.conflicts == ("title",)
        assert len(project.heads) == 2
        deleted = reader.project(RECORD.replace("a1", "b2"))
        assert deleted is not None
        assert deleted.deleted
        assert reader.meta()["person"] == "Ayşe Yılmaz"
        assert len(list(reader.revisions())) == 6


def _schema(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_database_gets_the_tables_of_a_new_one(version: str, tmp_path: Path) -> None:
    _opened(version, tmp_path).close()
    migrations.migrate(tmp_path / "fresh.sqlite3", tmp_path, "now")
    assert _schema(tmp_path / "izsa.sqlite3") == _schema(tmp_path / "fresh.sqlite3")


def test_there_is_one_for_every_version() -> None:
    assert [f"v{n}" for n in range(1, len(migrations.STEPS) + 1)] == VERSIONS
    owners = [dialect.owner_and_version(GOLDEN / f"{version}.sqlite3") for version in VERSIONS]
    assert owners == [(dialect.APPLICATION_ID, n) for n in range(1, len(VERSIONS) + 1)]


def test_the_projects_are_still_computed_the_same(tmp_path: Path) -> None:
    """When this fails, folding, sorting or merging has changed: old databases need a step that computes them anew."""
    with closing(_opened("v1", tmp_path)) as store:
        before = _rows(store.path)
        with store.writing() as writer:
            writer.rebuild()
        assert _rows(store.path) == before


def _rows(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {', '.join(COMPUTED)} FROM project ORDER BY id").fetchall()
