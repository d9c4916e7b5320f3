"""The store: what goes in comes out, in whatever order it came; what fails leaves nothing."""

import random
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from izsa_desktop.db import dialect
from izsa_desktop.db.rows import project_of
from izsa_desktop.db.schema import COMPUTED, project
from izsa_desktop.db.store import Store
from izsa_desktop.domain.errors import DiskProblem, FolderNotWritable, WorkplaceBusy
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.registers import to_registers
from izsa_desktop.domain.revision import DELETED, Revision
from tests.support import BORNOVA, FIELDS, KEMALPASA, PC, RECORD, make_revision, worlds

OTHER_RECORD = f"{BORNOVA}/{'b2' * 16}"


def _add(store: Store, *revisions: Revision) -> None:
    with store.writing() as writer:
        writer.add(revisions)


def _rows(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as reader:
        computed = select(*(project.c[name] for name in COMPUTED))
        return [tuple(row) for row in reader.connection.execute(computed.order_by(project.c.id))]


def _shown(store: Store, record: str = RECORD) -> Project | None:
    with store.reading() as reader:
        return reader.project(record)


def test_every_connection_is_set_up_for_power_cuts(store: Store) -> None:
    expected = {
        "synchronous": 3,
        "journal_mode": "delete",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "busy_timeout": 5000,
    }
    for block in (store.reading, store.writing, store.trying):
        with block() as reader:
            for name, value in expected.items():
                assert reader.connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value, name


def test_a_project_comes_out_as_it_went_in(store: Store) -> None:
    revision = make_revision(to_registers(FIELDS, {}))
    _add(store, revision)
    shown = _shown(store)
    assert shown == project_of(RECORD, [revision])
    assert shown is not None
    assert shown.fields == FIELDS
    assert (shown.heads, shown.updated, shown.updated_by) == ((revision.id,), revision.wall, "Ayşe Yılmaz")
    with store.reading() as reader:
        assert reader.history(RECORD) == [revision]
        assert reader.state(RECORD).heads == (revision,)
        assert reader.known([revision.id, "0" * 64]) == {revision.id}
        assert reader.revision_ids() == [bytes.fromhex(revision.id)]
        assert reader.last_seq(PC) == 1
        assert reader.last_seq("0" * 16) == 0
        assert reader.project("TUR035007/" + "0" * 32) is None


def test_adding_twice_changes_nothing(store: Store) -> None:
    first = make_revision()
    second = make_revision({"title": "b"}, first, seq=2)
    _add(store, first, second)
    rows = _rows(store)
    for again in ((first,), (second, first), (first, first, second)):
        _add(store, *again)
    _add(store)
    assert _rows(store) == rows
    with store.reading() as reader:
        assert reader.history(RECORD) == [first, second]


def test_a_parked_revision_is_kept_and_shown_when_its_parent_comes(store: Store) -> None:
    first = make_revision({"title": "a", "unit": "u"})
    second = make_revision({"title": "b"}, first, seq=2)
    _add(store, second)
    assert _shown(store) is None
    with store.reading() as reader:
        assert reader.state(RECORD).parked == (second.id,)
        assert reader.revision_ids() == [bytes.fromhex(second.id)]
    assert store.problems() == []
    _add(store, first)
    shown = _shown(store)
    assert shown is not None
    assert (shown.fields.title, shown.fields.unit) == ("b", "u")
    assert store.problems() == []


@settings(max_examples=15)
@given(worlds(), worlds(OTHER_RECORD), st.randoms(use_true_random=False), st.data())
def test_any_order_split_and_repetition_gives_the_rows_of_the_pure_function(
    one: list[Revision], other: list[Revision], shuffler: random.Random, data: st.DataObject
) -> None:
    revisions = [*one, *other]
    shuffled = [*revisions, *shuffler.sample(revisions, len(revisions) // 2)]
    shuffler.shuffle(shuffled)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(shuffled)), max_size=4)))
    with tempfile.TemporaryDirectory() as folder:
        with closing(Store(Path(folder) / "a.sqlite3", Path(folder), "now")) as store:
            for start, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True):
                _add(store, *shuffled[start:end])
            rows = _rows(store)
            assert [_shown(store, record) for record in (RECORD, OTHER_RECORD)] == [
                project_of(RECORD, one),
                project_of(OTHER_RECORD, other),
            ]
            with store.writing() as writer:
                writer.rebuild()
            assert _rows(store) == rows
            assert store.problems() == []
        with closing(Store(Path(folder) / "b.sqlite3", Path(folder), "now")) as calm:
            _add(calm, *revisions)
            assert _rows(calm) == rows


def test_many_records_at_once_are_all_there(store: Store) -> None:
    many = [make_revision(record=f"{BORNOVA}/{n:032x}", seq=n) for n in range(1, 2500)]
    _add(store, *many)
    with store.reading() as reader:
        assert reader.count(ProjectFilter()) == len(many)
        assert list(reader.revisions()) == many
        assert len(reader.projects_by_id([r.record for r in many])) == len(many)
        assert reader.known(r.id for r in many) == {r.id for r in many}
    assert store.problems() == []


def test_a_replicas_revisions_come_in_the_order_in_which_it_wrote_them(store: Store) -> None:
    own = [make_revision({"x": n}, seq=n, record=f"{BORNOVA}/{n:032x}") for n in (3, 1, 2)]
    foreign = make_revision({"x": 0}, replica="f" * 16)
    _add(store, own[0], foreign)
    _add(store, *own[1:])
    with store.reading() as reader:
        assert [revision.seq for revision in reader.revisions(PC)] == [1, 2, 3]
        assert len(list(reader.revisions())) == 4


def test_a_deleted_project_is_not_listed_but_not_gone(store: Store) -> None:
    first = make_revision()
    _add(store, first, make_revision({DELETED: True}, first, seq=2))
    with store.reading() as reader:
        assert reader.projects(ProjectFilter()) == []
        assert reader.count(ProjectFilter()) == 0
        assert [p.deleted for p in reader.projects_by_id([RECORD])] == [True]
    _add(store, make_revision({"title": "c"}, first, replica="f" * 16))
    with store.reading() as reader:
        assert [p.conflicts for p in reader.projects(ProjectFilter())] == [(DELETED,)]


def test_a_block_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as writer:
        writer.add([make_revision()])
        writer.set_meta({"person": "x"})
        assert writer.project(RECORD) is not None
        raise ZeroDivisionError
    assert _rows(store) == []
    with store.reading() as reader:
        assert (reader.meta(), reader.revision_ids()) == ({}, [])


def test_trying_sees_what_it_does_and_leaves_nothing(store: Store) -> None:
    before = store.path.read_bytes()
    with store.trying() as writer:
        writer.add([make_revision()])
        assert writer.count(ProjectFilter()) == 1
    assert store.path.read_bytes() == before
    assert _rows(store) == []


def test_settings_are_replaced_and_kept(store: Store) -> None:
    with store.writing() as writer:
        writer.set_meta({"language": "tr", "person": "Ayşe"})
        writer.set_meta({"language": "en"})
    with store.reading() as reader:
        assert reader.meta() == {"language": "en", "person": "Ayşe"}


def _entry(seq: int, replica: str = PC, direction: str = "in") -> BundleEntry:
    return BundleEntry(
        sha256=f"{direction}{replica}{seq}",
        direction=direction,
        kind="submission",
        district=BORNOVA,
        replica=replica,
        seq=seq,
        prev="",
        follows=seq - 1,
        addressee="TUR035",
        mode="full",
        base=0,
        revisions=1,
        moved="2025-03-14T12:00:00Z",
        file=f"{seq}.izsa",
    )


def test_bundles_are_remembered_and_revisions_know_theirs(store: Store) -> None:
    with store.writing() as writer:
        for seq in (1, 3, 2):
            number = writer.add_bundle(_entry(seq))
        writer.add_bundle(_entry(9, "f" * 16, "out"))
        writer.add([make_revision()], number)
    with store.reading() as reader:
        assert reader.bundle(PC, 3) == _entry(3)
        assert reader.bundle(PC, 4) is None
        assert reader.last_bundle(PC) == _entry(3)
        assert reader.last_bundle("0" * 16) is None
        assert [e.seq for e in reader.bundles()] == [9, 2, 3, 1]
        assert [e.seq for e in reader.bundles("in")] == [2, 3, 1]
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("SELECT r.seq, b.seq FROM revision r JOIN bundle b ON b.n = r.bundle").fetchall() == [
            (1, 2)
        ]


def test_a_revision_cannot_name_a_bundle_that_is_not_there(store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), store.writing() as writer:
        writer.add([make_revision()], 99)
    assert _rows(store) == []


def test_the_newest_trust_list_counts_and_a_version_is_given_once(store: Store) -> None:
    with store.reading() as reader:
        assert reader.trust() is None
    with store.writing() as writer:
        writer.add_trust(2, b"two", b"s2")
        writer.add_trust(1, b"one", b"s1")
    with store.reading() as reader:
        assert reader.trust() == (b"two", b"s2")
    with pytest.raises(Exception, match="UNIQUE"), store.writing() as writer:
        writer.add_trust(2, b"another", b"s3")


def test_a_backup_is_a_whole_store_also_while_somebody_writes(store: Store, tmp_path: Path) -> None:
    _add(store, make_revision())
    with store.trying() as writer:
        writer.add([make_revision(record=OTHER_RECORD)])
        store.backup(tmp_path / "copy.sqlite3")
    with closing(Store(tmp_path / "copy.sqlite3", tmp_path, "now")) as copy:
        assert _rows(copy) == _rows(store)
        assert copy.problems() == []
    with pytest.raises(FolderNotWritable):
        store.backup(tmp_path / "not there" / "copy.sqlite3")


def test_two_writers_one_waits_and_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    pragmas = tuple("busy_timeout=1" if p.startswith("busy") else p for p in dialect._PRAGMAS)
    monkeypatch.setattr(dialect, "_PRAGMAS", pragmas)
    with closing(Store(store.path, store.path.parent, "now")) as other, store.writing() as writer:
        writer.add([make_revision()])
        with pytest.raises(WorkplaceBusy), other.writing():
            pass
        with other.reading() as reader:
            assert reader.count(ProjectFilter()) == 0


def test_a_reader_sees_one_state_from_its_first_question_to_its_last(store: Store) -> None:
    _add(store, make_revision())
    with store.reading() as reader:
        first = reader.projects(ProjectFilter())
        assert reader.count(ProjectFilter()) == len(first) == 1


def test_a_full_disk_is_a_known_error_and_the_last_state_stands(store: Store) -> None:
    _add(store, make_revision())
    rows: Sequence[object] = _rows(store)
    with pytest.raises(DiskProblem), store.writing() as writer:
        pages = writer.connection.exec_driver_sql("PRAGMA page_count").scalar()
        writer.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        writer.add([make_revision({"x": "a" * 50_000}, record=OTHER_RECORD)])
    assert _rows(store) == rows
    store.close()
    _add(store, make_revision({"x": "a" * 50_000}, record=OTHER_RECORD))
    assert len(_rows(store)) == 2


def test_what_is_in_conflict_is_found_without_looking_through_everything(store: Store) -> None:
    first = make_revision()
    edits = [make_revision({"title": title}, first, replica=title * 16) for title in "cd"]
    away = make_revision(record=OTHER_RECORD)
    _add(store, first, *edits, away, make_revision({DELETED: True}, away, record=OTHER_RECORD, seq=2))
    asked: list[str] = []
    with store.reading() as reader:
        driver = dialect.driver(reader.connection)
        driver.set_trace_callback(asked.append)
        found = [[project.id for project in reader.conflicting(body)] for body in ("", BORNOVA, KEMALPASA)]
        counts = [reader.count_conflicting(body) for body in ("", BORNOVA, KEMALPASA)]
        driver.set_trace_callback(None)
        plans = [driver.execute(f"EXPLAIN QUERY PLAN {question}").fetchall() for question in asked]
    assert (found, counts) == ([[RECORD], [RECORD], []], [1, 1, 0])
    assert len(plans) == 6
    assert all("project_in_conflict" in str(plan) for plan in plans), plans
