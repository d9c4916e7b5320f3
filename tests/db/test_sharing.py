"""The catalogue in the store: listed beside one's own projects, found like them, and never mistaken for them."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from msgspec.structs import replace

from izsa_desktop.db.store import Store
from izsa_desktop.domain.fields import public
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.query import NO_NAMES
from izsa_desktop.domain.sharing import shared_line, shared_project
from tests.support import BORNOVA, FIELDS, KEMALPASA, make_revision, project_fields

NETWORK = ProjectFilter(network=True)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "s.sqlite3", tmp_path, "now")


def entry(n: int, title: str) -> tuple[str, bytes]:
    id_ = f"{KEMALPASA}/{n:032x}"
    fields = replace(FIELDS, title=title, review="onaylandı")
    return id_, shared_line(Project(id=id_, fields=fields, heads=("ab" * 32,), updated="2025-03-14T12:00:00Z"))


def titles(store: Store, wanted: ProjectFilter = NETWORK) -> list[str]:
    with store.reading() as reader:
        return [project.fields.title for project in reader.projects(wanted)]


def keep(store: Store, *entries: tuple[str, bytes]) -> None:
    with store.writing() as writer:
        writer.set_catalogue(dict(entries))


@given(project_fields)
def test_what_is_public_arrives_as_it_was(fields: ProjectFields) -> None:
    sent = Project(id=f"{KEMALPASA}/{'a1' * 16}", fields=fields, number="İZSA-KML-2025-0001", heads=("ab" * 32,))
    came = shared_project(shared_line(sent))
    links = tuple(one for one in public(fields).evidence if one.link)
    if came is None:
        assert not msgspec.json.decode(shared_line(sent))["set"]
        return
    assert came.fields == replace(public(fields), review_note="", evidence=links)
    assert (came.id, came.number, came.heads) == (sent.id, sent.number, ())


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b'{"id":1}',
        b'{"id":"x","set":{"title":"x"}}',
        b'{"id":"TUR035018/a1","set":{"title":"x"}}',
        b'{"id":"TUR035018/%s","set":{}}' % (b"a1" * 16),
        b'{"id":"TUR035018/%s","set":[]}' % (b"a1" * 16),
        b'{"id":' * 100_000,
    ],
)
def test_what_cannot_be_shown_is_passed_over(store: Store, line: bytes) -> None:
    assert shared_project(line) is None
    keep(store, ("x", line), entry(1, "Sonra"))
    assert titles(store) == ["Sonra"]
    assert store.problems() == []


def test_whatever_the_registers_hold_can_be_shown() -> None:
    odd = {
        "title": 7,
        "goals/1": [],
        "start": "x\x1fy",
        "locations/main": {"type": "Point"},
        "co2e": "NaN",
        "a" * 999: 1,
    }
    line = msgspec.json.encode({"id": f"{KEMALPASA}/{'a1' * 16}", "set": odd, "number": "n" * 999})
    came = shared_project(line)
    assert came is not None
    assert (came.fields.title, came.fields.location, came.fields.co2e, len(came.number)) == ("", None, None, 40)


def test_it_is_listed_on_its_own_and_searched_with_the_approved_ones_here(store: Store) -> None:
    own = [
        make_revision({"title": "Işık", "review": "onaylandı"}, record=f"{BORNOVA}/{1:032x}"),
        make_revision({"title": "Ilgın"}, record=f"{BORNOVA}/{2:032x}", seq=2),
        make_revision({"title": "Işıma", "review": "onaylandı", "_deleted": True}, record=f"{BORNOVA}/{3:032x}", seq=3),
    ]
    with store.writing() as writer:
        writer.add(own)
    keep(store, entry(1, "Işıklı park"), entry(2, "Ağaç"))
    assert titles(store, ProjectFilter()) == ["Ilgın", "Işık"]
    assert titles(store) == ["Ağaç", "Işık", "Işıklı park"]
    assert titles(store, ProjectFilter(network=True, query="isik")) == ["Işık", "Işıklı park"]
    assert titles(store, ProjectFilter(query="isikli")) == []
    assert titles(store, ProjectFilter(deleted=True)) == ["Işıma"]
    with store.reading() as reader:
        found = reader.find(NETWORK, NO_NAMES, date(2025, 3, 20))
        assert (found.total, reader.count_conflicting(), reader.count_listed(BORNOVA)) == (3, 0, 2)
        assert reader.state(f"{KEMALPASA}/{1:032x}").heads == ()


def test_another_catalogue_takes_the_place_of_the_one_before(store: Store) -> None:
    keep(store, entry(1, "Bir"), entry(2, "İki"), entry(3, "Üç"))
    assert titles(store) == ["Bir", "İki", "Üç"]
    keep(store, entry(2, "İki"), entry(3, "Dört"), entry(4, "Beş"))
    assert titles(store) == ["Beş", "Dört", "İki"]
    assert titles(store, ProjectFilter(network=True, query="uc")) == []
    assert store.problems() == []
    keep(store, (entry(2, "x")[0], b'{"id":"%s"}' % entry(2, "x")[0].encode()))
    assert titles(store) == []
    keep(store)
    with store.reading() as reader:
        assert reader.catalogue() == []
    assert store.problems() == []


def test_what_is_the_same_is_not_written_again(store: Store) -> None:
    keep(store, entry(1, "Bir"), entry(2, "İki"))
    with store.reading() as reader:
        before = reader.connection.exec_driver_sql("SELECT n, stamp FROM project ORDER BY n").fetchall()
    keep(store, entry(1, "Bir"), entry(2, "İki"), entry(3, "Üç"))
    with store.reading() as reader:
        after = reader.connection.exec_driver_sql("SELECT n, stamp FROM project ORDER BY n").fetchall()
    assert after[:2] == before


def test_it_survives_that_everything_is_computed_anew(store: Store) -> None:
    keep(store, entry(1, "Bir"))
    with store.writing() as writer:
        writer.add([make_revision({"title": "Kendi", "review": "onaylandı"})])
        writer.rebuild()
    assert titles(store) == ["Bir", "Kendi"]
    assert store.problems() == []


def test_a_record_that_is_here_is_shown_by_its_saves(store: Store) -> None:
    id_, line = entry(1, "Katalogdaki")
    with store.writing() as writer:
        writer.add([make_revision({"title": "Kendisi"}, record=id_)])
    keep(store, (id_, line))
    assert titles(store, ProjectFilter()) == ["Kendisi"]
    assert titles(store) == []
    keep(store)
    assert titles(store, ProjectFilter()) == ["Kendisi"]
    assert store.problems() == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE project SET sort_key = 'x' WHERE shared", "differ from the catalogue"),
        ("UPDATE catalogue SET value = CAST(replace(CAST(value AS TEXT), 'Bir', 'Dir') AS BLOB)", "differ from"),
        ("UPDATE catalogue SET value = x'00'", "differ from the catalogue"),
        ("DELETE FROM catalogue", "without an entry"),
        ("UPDATE project SET shared = 0", "without revisions"),
    ],
)
def test_what_does_not_fit_the_catalogue_is_named(store: Store, change: str, named: str) -> None:
    keep(store, entry(1, "Bir"))
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(change)
        connection.commit()
    found = store.problems()
    assert any(named in line and entry(1, "")[0] in line for line in found), found


def test_a_coaching_row_that_does_not_fit_is_named(store: Store) -> None:
    note = make_revision({"kind": "note", "text": "Not"}, type_="coaching")
    with store.writing() as writer:
        writer.add([note])
        assert [one.text for one in writer.coaching(BORNOVA)] == ["Not"]
        assert writer.coaching(KEMALPASA) == []
    assert store.problems() == []
    for change in ("DELETE FROM coaching", "INSERT INTO coaching VALUES ('x', 'y', x'00')"):
        with closing(sqlite3.connect(store.path)) as connection:
            connection.execute(change)
            connection.commit()
        assert any(line.startswith("coaching ") for line in store.problems())
        with store.writing() as writer:
            writer.rebuild()
        assert store.problems() == []
