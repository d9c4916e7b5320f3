"""Changes to the store, within one transaction."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from izsa_desktop.db import dialect
from izsa_desktop.db.catalogue import GENERATION
from izsa_desktop.db.prepared import Prepared, PreparedMany
from izsa_desktop.db.reader import LEFTOVERS, News, Reader
from izsa_desktop.db.rows import (
    by_record,
    chunks,
    note_of,
    note_row,
    project_of,
    project_row,
    revision_from,
    revision_row,
    share_of,
    share_row,
)
from izsa_desktop.db.schema import bundle, catalogue, coaching, draft, joint, meta, project, revision, trust
from izsa_desktop.db.seal import SEAL, Renewal
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.record_types import COACHING, JOINT
from izsa_desktop.domain.revision import Revision
from izsa_desktop.domain.sharing import shared_project


class Writer(Reader):
    """One transaction. Revisions are only ever added; what one says may be erased, never changed."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._renewal = Renewal(self._driver.execute)

    def seal_up(self) -> None:
        """The last thing within the transaction."""
        if fitting := self._renewal.renewed():
            _SET_META.run(self._driver, key=SEAL, value=fitting)

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Keeps settings of the workplace."""
        for key, value in values.items():
            self._renewal.before("meta", key)
            _SET_META.run(self._driver, key=key, value=value)

    def forget(self, key: str) -> None:
        """Keeps something no longer that ``set_meta`` kept."""
        self._renewal.before("meta", key)
        self.connection.execute(delete(meta).where(meta.c.key == key))

    def add_bundle(self, entry: BundleEntry) -> int:
        """Notes a bundle; its number names it in ``add``."""
        self._renewal.grown("bundle")
        fields = {name: getattr(entry, name) for name in entry.__slots__}
        key = self.connection.execute(insert(bundle), fields).inserted_primary_key
        assert key is not None
        return int(key[0])

    def add_trust(self, version: int, body: bytes, signature: bytes) -> None:
        """Keeps a trust list."""
        self._renewal.grown("trust")
        self.connection.execute(insert(trust), {"version": version, "body": body, "signature": signature})

    def set_catalogue(self, entries: Mapping[str, bytes]) -> None:
        """Keeps another catalogue (lines by project id) instead of the one that is here; only what differs is computed.

        Its projects are listed beside the workplace's own, but for those of which there are saves here.
        """
        kept = {row.id: row.value for row in self.connection.execute(select(catalogue))}
        fresh = {id_: value for id_, value in entries.items() if kept.get(id_) != value}
        changed = [id_ for id_ in kept if id_ not in entries or id_ in fresh]
        for ids in chunks(changed):
            self.connection.execute(delete(catalogue).where(catalogue.c.id.in_(ids)))
        for chunk in chunks(fresh.items(), 1000):
            self.connection.execute(insert(catalogue), [{"id": id_, "value": value} for id_, value in chunk])
        self._hide({*changed} - self._show_shared(fresh.values()))

    def _show_shared(self, lines: Iterable[bytes]) -> set[str]:
        """Computes what lines of the catalogue show; the ids of these projects."""
        shown = set()
        for some in chunks((found for line in lines if (found := shared_project(line))), 1000):
            here = self.with_history(one.id for one in some)
            self._put([project_row(one) for one in some if one.id not in here])
            shown |= {one.id for one in some}
        return shown

    def _hide(self, records: Iterable[str]) -> None:
        """Lists projects no longer that the catalogue told of; their numbers may come again, so all is read anew."""
        query = select(project.c.n, project.c.words).where(project.c.shared)
        gone = [row for ids in chunks(records) for row in self.connection.execute(query.where(project.c.id.in_(ids)))]
        if not gone:
            return
        dialect.forget_words(self.connection, [(row.n, row.words) for row in gone])
        for numbers in chunks(row.n for row in gone):
            self.connection.execute(delete(project).where(project.c.n.in_(numbers)))
        self.set_meta({GENERATION: secrets.token_hex(8)})

    def withdraw(self, replicas: Iterable[str]) -> list[Revision]:
        """Takes out every bundle that was received, and what came with them or from these PCs; the erased ones of that.

        Only for those who put in again what still counts, within the same transaction.
        """
        gone = revision.c.bundle.is_not(None) | revision.c.replica.in_(list(replicas))
        marked = dialect.holds(revision.c.body, b'"erased":{')
        query = select(revision.c.id, revision.c.body).where(gone, marked)
        erased = [revision_from(row) for row in self.connection.execute(query)]
        self.connection.execute(delete(revision).where(gone))
        self.connection.execute(delete(bundle).where(bundle.c.direction == "in"))
        self._renewal.read_chains_again()
        return erased

    def take_back(self, ids: Iterable[str]) -> None:
        """Takes out saves that were written here and that nobody has ever been sent.

        Only for those who write all of them again under another key, within the same transaction.
        """
        for some in chunks(ids):
            self.connection.execute(delete(revision).where(revision.c.id.in_([bytes.fromhex(id_) for id_ in some])))
        self._renewal.read_chains_again()

    def add(self, revisions: Sequence[Revision], bundle_number: int | None = None) -> None:
        """Adds revisions, passing over known ones, and computes the projects anew that they belong to."""
        self.keep(self.news(revisions), bundle_number)

    def keep(self, news: News, bundle_number: int | None = None) -> dict[str, tuple[bool, bool]]:
        """``add`` for what ``news`` gave within this transaction; the ``marks`` of the projects that it computed."""
        marks: dict[str, tuple[bool, bool]] = {}
        for chunk in chunks(by_record(news.new), 1000):
            here = self.with_history(record for record, _ in chunk)
            groups = {record: [*self.saves(record), *new] if record in here else new for record, new in chunk}
            self._add_rows((r for _, new in chunk for r in new), bundle_number)
            marks |= self._show(groups.items())
        if news.instead:
            self.set_meta({LEFTOVERS: "1"})
            for old, form in news.instead:
                self._replace(old, form, bundle_number)
            records = {form.record for _, form in news.instead}
            marks |= self._show((record, self.saves(record)) for record in records)
        return marks

    def go_on(self, history: Sequence[Revision], later: Sequence[Revision]) -> Project:
        """Adds saves made just now to the record that has this history; what it shows then."""
        self._add_rows(later, None)
        shown = project_of(later[0].record, [*history, *later])
        assert shown is not None  # the history holds the parents
        self._put([project_row(shown)])
        return shown

    def _add_rows(self, revisions: Iterable[Revision], bundle_number: int | None) -> None:
        self._renewal.grown("revision")
        _ADD_REVISION.run_many(self._driver, (revision_row(r, bundle_number) for r in revisions))

    def _replace(self, old: Revision, form: Revision, bundle_number: int | None) -> None:
        """Puts another form of the same save in its row."""
        came_with = {} if form.erased else {"bundle": bundle_number}
        row = {name: value for name, value in revision_row(form, None).items() if name not in ("id", "bundle")}
        where = revision.c.id == bytes.fromhex(old.id)
        self.connection.execute(update(revision).where(where).values(**row, **came_with))
        if form.erased is None:  # what was here was forged: other columns than the body may have been
            self._renewal.read_chains_again()
            self.rebuild()

    def keep_draft(self, record: str, value: bytes) -> None:
        """Keeps what is typed for a record (empty: a new one) instead of what was kept for it before."""
        self._renewal.before("draft", record)
        _KEEP_DRAFT.run(self._driver, record=record, value=value)

    def drop_draft(self, record: str) -> None:
        """It has been saved, or a person does not want it."""
        if _HAS_DRAFT.first(self._driver, record=record):
            self._renewal.before("draft", record)
            _DROP_DRAFT.run(self._driver, record=record)

    def rebuild(self) -> None:
        """Throws all computed projects away and computes them again."""
        dialect.clear_words(self.connection)
        self.connection.execute(delete(project))
        self.connection.execute(delete(coaching))
        self.connection.execute(delete(joint))
        self.set_meta({GENERATION: secrets.token_hex(8)})
        query = select(revision.c.id, revision.c.body).order_by(revision.c.record)
        self._show(by_record(revision_from(row) for row in self.connection.execute(query)))
        self._show_shared(self.catalogue())

    def _show(self, groups: Iterable[tuple[str, list[Revision]]]) -> dict[str, tuple[bool, bool]]:
        """Computes records anew from their revisions; the ``marks`` of what they show."""
        marks: dict[str, tuple[bool, bool]] = {}
        for some in chunks(groups, 1000):
            shown = (project_of(record, revisions) for record, revisions in some)
            rows = [project_row(p) for p in shown if p is not None]
            self._put(rows)
            marks |= {row["id"]: (row["deleted"], row["conflicting"]) for row in rows}
            self._show_notes(some)
            self._show_joint(some)
        return marks

    def _show_notes(self, groups: Sequence[tuple[str, Sequence[Revision]]]) -> None:
        """The same for coaching; a record that shows no note any more has no row."""
        told = {one.record for _, revisions in groups for one in revisions if one.type == COACHING}
        for record, revisions in groups if told else ():
            if record not in told:
                continue
            if (note := note_of(record, revisions)) is not None:
                _PUT_NOTE.run(self._driver, **note_row(note))
            else:
                self.connection.execute(delete(coaching).where(coaching.c.id == record))

    def _show_joint(self, groups: Sequence[tuple[str, Sequence[Revision]]]) -> None:
        """The same for joint programmes."""
        told = {one.record for _, revisions in groups for one in revisions if one.type == JOINT}
        for record, revisions in groups if told else ():
            if record not in told:
                continue
            if (share := share_of(record, revisions)) is not None:
                _PUT_SHARE.run(self._driver, **share_row(share))
            else:
                self.connection.execute(delete(joint).where(joint.c.id == record))

    def _put(self, rows: list[dict[str, Any]]) -> None:
        """Rows of projects, new ones under new numbers, and their words."""
        there = {id_: (n, words) for id_, n, words in _SHOWN_AS.all(self._driver, (row["id"] for row in rows))}
        last = _LAST_NUMBER.value(self._driver) or 0 if len(there) < len(rows) else 0
        numbers, stamp = count(last + 1), _LAST_STAMP.value(self._driver) or 0
        changed = []
        for row in rows:
            row["n"], words = there.get(row["id"]) or (next(numbers), None)
            row["stamp"] = stamp + 1
            if words != row["words"]:
                changed.append((row["n"], words, row["words"]))
        _PUT.run_many(self._driver, rows)
        dialect.index_words(self.connection, changed)


_SET_META = Prepared(dialect.upsert(meta))
_PUT_NOTE = Prepared(dialect.upsert(coaching))
_PUT_SHARE = Prepared(dialect.upsert(joint))
_KEEP_DRAFT = Prepared(dialect.upsert(draft))
_HAS_DRAFT = Prepared(select(draft.c.record).where(draft.c.record == bindparam("record")))
_DROP_DRAFT = Prepared(delete(draft).where(draft.c.record == bindparam("record")))
_ADD_REVISION = Prepared(dialect.insert_new(revision, but="n"))
_SHOWN_AS = PreparedMany(select(project.c.id, project.c.n, project.c.words).where(project.c.id.in_([bindparam("key")])))
# Two questions: each is answered by the end of an index, where both at once would read all of it.
_LAST_NUMBER = Prepared(select(func.max(project.c.n)))
_LAST_STAMP = Prepared(select(func.max(project.c.stamp)))
_PUT = Prepared(dialect.upsert(project, key="id"))
