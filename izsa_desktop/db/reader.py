"""Questions to the store, answered with domain values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from izsa_desktop.db import dialect
from izsa_desktop.db.catalogue import Catalogue, Numbers, Spots
from izsa_desktop.db.finding import Found, find
from izsa_desktop.db.prepared import Prepared, PreparedMany
from izsa_desktop.db.rows import chunks, note_from, project_from, revision_from, shape_from, share_from
from izsa_desktop.db.schema import bundle, catalogue, coaching, draft, joint, meta, project, revision, trust
from izsa_desktop.domain.coaching import Known
from izsa_desktop.domain.erasure import joined
from izsa_desktop.domain.filter import EVERYTHING, ProjectFilter
from izsa_desktop.domain.joint import Share
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.merge import RecordState, record_state
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.query import NO_NAMES, Lexicon
from izsa_desktop.domain.ranges import Ranges
from izsa_desktop.domain.record_types import of_type
from izsa_desktop.domain.revision import PROJECT, Revision, canonical
from izsa_desktop.domain.shape import Shape
from izsa_desktop.domain.withdrawal import MARK, is_note

SHOWN = "_shown_version"
LEFTOVERS = "_leftovers"
"""Kept from an erasure until the file has been written anew."""


@dataclass(frozen=True, slots=True)
class News:
    """Of what came: saves that are not here; and forms that take the place of what is here (``erasure.joined``)."""

    new: list[Revision]
    instead: list[tuple[Revision, Revision]]

    @property
    def records(self) -> set[str]:
        """Ids of the records that they belong to."""
        return {one.record for one in self.new} | {form.record for _, form in self.instead}


class Reader:
    """One consistent view of the store."""

    def __init__(self, connection: Connection, catalogue: Catalogue | None = None) -> None:
        """``catalogue``: the store's, which is kept; without one it is made when it is needed."""
        self.connection = connection
        self._driver = dialect.driver(connection)
        self._catalogue = catalogue or Catalogue()

    def meta(self) -> Mapping[str, str]:
        """The workplace's own settings."""
        query = select(meta).where(~meta.c.key.startswith("_", autoescape=True))
        return {row.key: row.value for row in self.connection.execute(query)}

    def replica(self) -> str:
        """The id of the key under which this workplace writes now."""
        return str(_SETTING.value(self._driver, key="replica"))

    def kept(self, prefix: str) -> dict[str, str]:
        """What use cases keep for themselves under names that begin with ``prefix`` (which begins with ``_``)."""
        query = select(meta).where(meta.c.key.startswith(prefix, autoescape=True))
        return {row.key: row.value for row in self.connection.execute(query)}

    def shown_version(self) -> str | None:
        """Which version of the computation made the projects that are here."""
        return self.connection.scalar(select(meta.c.value).where(meta.c.key == SHOWN))

    def has_leftovers(self) -> bool:
        """True when what was erased may still be found on free pages: the program was stopped in between."""
        return self.connection.scalar(select(meta.c.value).where(meta.c.key == LEFTOVERS)) is not None

    # --- projects ---------------------------------------------------------------------------------------------------

    def find(self, wanted: ProjectFilter, lexicon: Lexicon, today: date) -> Found:
        """What a filter leaves: numbers of projects in order, and counts of what other choices would leave."""
        return find(self.connection, self._catalogue, wanted, lexicon, today)

    def at(self, numbers: Iterable[int]) -> dict[int, Project]:
        """The projects with these numbers as far as they are here, in the order of the numbers."""
        query = select(project.c.n, project.c.value)
        found: dict[int, Project] = {}
        for wanted in chunks(int(n) for n in numbers):
            rows = {row.n: row.value for row in self.connection.execute(query.where(project.c.n.in_(wanted)))}
            found |= {n: project_from(rows[n]) for n in wanted if n in rows}
        return found

    def spots(self, numbers: Numbers) -> Spots:
        """What the map shows of the projects with these numbers, as far as they are here and not in the bin."""
        with self._catalogue.lock:
            self._catalogue.refresh(self.connection)
            return self._catalogue.spots(numbers)

    def shapes(self, numbers: Iterable[int]) -> dict[int, Shape]:
        """The lines and areas of those of these projects that have one."""
        query = select(project.c.n, project.c.value)
        return {
            row.n: shape
            for wanted in chunks(int(n) for n in numbers)
            for row in self.connection.execute(query.where(project.c.n.in_(wanted)))
            if (shape := shape_from(row.value)) is not None
        }

    def warm(self) -> None:
        """Reads now what the first search with a typing mistake would wait for."""
        self._catalogue.words(self.connection)

    def numbers(self, records: Iterable[str]) -> dict[str, int]:
        """The numbers of records that are here."""
        query = select(project.c.id, project.c.n)
        return {
            row.id: row.n
            for ids in chunks(records)
            for row in self.connection.execute(query.where(project.c.id.in_(ids)))
        }

    def projects_by_id(self, records: Iterable[str]) -> list[Project]:
        """These projects as far as they are here, deleted or not, in no particular order."""
        query = select(project.c.value)
        return [project_from(v) for ids in chunks(records) for v in self._scalars(query, project.c.id.in_(ids))]

    def marks(self, records: Iterable[str]) -> dict[str, tuple[bool, bool]]:
        """Of these records, as far as they are here, whether they are deleted and whether they are in conflict."""
        rows = _MARKS.all(self._driver, records)
        return {id_: (bool(deleted), bool(conflicting)) for id_, deleted, conflicting in rows}

    def projects(
        self, wanted: ProjectFilter = EVERYTHING, lexicon: Lexicon = NO_NAMES, today: date | None = None
    ) -> list[Project]:
        """The projects that match, whole and in order."""
        return list(self.at(self.find(wanted, lexicon, today or date.today()).numbers.tolist()).values())

    def everything(self) -> Iterator[Project]:
        """All projects that are not deleted, one's own and those of the catalogue, in the order of their ids.

        Reads the rows alone, so that another thread than the one that searches may ask.
        """
        query = select(project.c.value).where(~project.c.deleted).order_by(project.c.id)
        yield from (project_from(value) for value in self.connection.scalars(query))

    def count(self, wanted: ProjectFilter = EVERYTHING) -> int:
        """How many projects match."""
        return len(self.find(wanted, NO_NAMES, date.today()).numbers)

    def conflicting(self, body: str = "") -> list[Project]:
        """The projects of a body, or of all, about which there is something to decide, in no particular order."""
        return [project_from(value) for value in self._scalars(select(project.c.value), _in_conflict(body))]

    def count_conflicting(self, body: str = "") -> int:
        """How many these are."""
        return self.connection.scalar(select(func.count()).select_from(project).where(_in_conflict(body))) or 0

    def project(self, record: str) -> Project | None:
        """One project, deleted or not."""
        value = _PROJECT.value(self._driver, record=record)
        return project_from(value) if value is not None else None

    def record_ids(self, prefix: str) -> list[str]:
        """Ids of records whose id, or its part after the slash, begins with this; two at most."""
        starts = project.c.id.startswith(prefix, autoescape=True)
        random_part = func.substr(project.c.id, func.instr(project.c.id, "/") + 1)
        query = select(project.c.id).where(starts | random_part.startswith(prefix, autoescape=True)).limit(2)
        return list(self.connection.scalars(query))

    def coaching(self, district: str = "") -> list[Known]:
        """The records of coaching about a district, or all, in no particular order."""
        query = select(coaching.c.value)
        found = self._scalars(query, coaching.c.district == district) if district else self.connection.scalars(query)
        return [note_from(value) for value in found]

    def joint(self, key: str = "") -> list[Share]:
        """What bodies have of a joint programme, or of all, in the order of their ids."""
        query = select(joint.c.value).order_by(joint.c.id)
        found = self._scalars(query, joint.c.programme == key) if key else self.connection.scalars(query)
        return [share_from(value) for value in found]

    # --- revisions --------------------------------------------------------------------------------------------------

    def history(self, record: str) -> list[Revision]:
        """All revisions of a project in the order in which they came here."""
        return list(of_type(self.saves(record), PROJECT))

    def saves(self, record: str) -> list[Revision]:
        """All revisions of a record, of whichever type, in that order."""
        return [revision_from(row) for row in _HISTORY.all(self._driver, record=record)]

    def with_history(self, records: Iterable[str]) -> set[str]:
        """Which of these records have revisions here."""
        return {record for (record,) in _WITH_HISTORY.all(self._driver, records)}

    def records(self, body: str) -> list[str]:
        """Ids of all records of a reporting body."""
        query = select(revision.c.record).distinct().where(revision.c.record.startswith(f"{body}/", autoescape=True))
        return list(self.connection.scalars(query.order_by(revision.c.record)))

    def state(self, record: str) -> RecordState:
        """The state of one record with its conflicts."""
        return record_state(record, self.history(record))

    def revisions(self, replica: str | None = None) -> Iterator[Revision]:
        """All revisions, or one replica's in the order in which it wrote them."""
        query = select(revision.c.id, revision.c.body).order_by(revision.c.n)
        if replica is not None:
            query = query.where(revision.c.replica == replica).order_by(None).order_by(revision.c.seq)
        yield from self._streamed(query)

    def written_here(self, replica: str) -> Iterator[Revision]:
        """Those of a replica's revisions that came with no bundle: a PC that was set back gets some of its own so."""
        query = select(revision.c.id, revision.c.body).where(revision.c.replica == replica, revision.c.bundle.is_(None))
        yield from self._streamed(query.order_by(revision.c.seq))

    def revisions_of(self, replica: str, but: Ranges) -> Iterator[Revision]:
        """A replica's revisions with other numbers than these, in the order in which it wrote them."""
        query = select(revision.c.id, revision.c.body).where(revision.c.replica == replica).order_by(revision.c.seq)
        for first, last in but.gaps():
            wanted = query.where(revision.c.seq >= first)
            yield from self._streamed(wanted if last is None else wanted.where(revision.c.seq <= last))

    def revisions_about(self, body: str, since: int) -> Iterator[Revision]:
        """The revisions of a body's records (empty: of all) that arrived after the first ``since``, as they arrived.

        And those from which something was erased, whenever that was: they keep their place.
        """
        erased = dialect.holds(revision.c.body, b'"erased":{')
        query = select(revision.c.id, revision.c.body).where((revision.c.n > since) | erased).order_by(revision.c.n)
        if body:
            query = query.where(revision.c.record.startswith(f"{body}/", autoescape=True))
        yield from self._streamed(query)

    def _streamed(self, query: Select[Any]) -> Iterator[Revision]:
        for row in self.connection.execute(query.execution_options(yield_per=2000)):
            yield revision_from(row)

    def arrived(self, since: str) -> dict[str, set[str]]:
        """By record the ids of the saves that came with bundles since then (UTC)."""
        query = select(revision.c.record, revision.c.id).join(bundle, revision.c.bundle == bundle.c.n)
        found: dict[str, set[str]] = {}
        for row in self.connection.execute(query.where(bundle.c.direction == "in", bundle.c.moved >= since)):
            found.setdefault(row.record, set()).add(row.id.hex())
        return found

    def parked(self, replica: str) -> int:
        """How many saves wait for one that is not here, in the records that this PC wrote to."""
        query = select(revision.c.record).distinct().where(revision.c.replica == replica)
        return sum(len(self.state(record).parked) for record in list(self.connection.scalars(query)))

    def count_listed(self, body: str) -> int:
        """How many projects of a body are shown."""
        query = select(func.count()).select_from(project).where(~project.c.deleted)
        return self.connection.scalar(query.where(project.c.id.startswith(f"{body}/", autoescape=True))) or 0

    def last_arrival(self) -> int:
        """The number of the revision that came here last."""
        return self.connection.scalar(select(func.max(revision.c.n))) or 0

    def revision_ids(self, body: str = "") -> list[bytes]:
        """The ids of all saves, sorted, or of those of one body's records. Notes of the office are none."""
        query = select(revision.c.id).order_by(revision.c.id)
        noted = select(revision.c.id, revision.c.body).where(dialect.holds(revision.c.body, f'"{MARK}'.encode()))
        if body:
            query = query.where(revision.c.record.startswith(f"{body}/", autoescape=True))
        notes = {row.id for row in self.connection.execute(noted) if is_note(revision_from(row).registers)}
        return [id_ for id_ in self.connection.scalars(query) if id_ not in notes]

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of these revisions are here."""
        return {id_.hex() for (id_,) in _KNOWN.all(self._driver, map(bytes.fromhex, ids))}

    def news(self, revisions: Iterable[Revision]) -> "News":
        """What of these is to be kept. Raises NotAuthorised for an erased form that contradicts what is here."""
        forms: dict[str, Revision] = {}
        for form in revisions:
            forms[form.id] = joined(forms[form.id], form) if form.id in forms else form
        known = self.known(forms)
        here = {form.id: form for form in self._erased_or(known, {id_ for id_ in known if forms[id_].erased})}
        kept = [(here[id_], joined(here[id_], forms[id_])) for id_ in here]
        return News(
            new=[form for form in forms.values() if form.id not in known],
            instead=[(old, form) for old, form in kept if form.body != old.body],
        )

    def _erased_or(self, known: Iterable[str], wanted: set[str]) -> Iterator[Revision]:
        """Those of the known ids from which something was erased here, and the wanted ones."""
        query = select(revision.c.id, revision.c.body)
        for ids in chunks(known):
            there = revision.c.id.in_([bytes.fromhex(id_) for id_ in ids])
            marked = dialect.holds(revision.c.body, b'"erased":{')
            yield from map(revision_from, self.connection.execute(query.where(there, marked)))
        for ids in chunks(wanted):
            there = revision.c.id.in_([bytes.fromhex(id_) for id_ in ids])
            yield from map(revision_from, self.connection.execute(query.where(there)))

    def of_type(self, type_: str) -> list[Revision]:
        """All saves of records of this type; looks through the whole store."""
        marked = dialect.holds(revision.c.body, b'"type":' + canonical(type_))
        found = map(revision_from, self.connection.execute(select(revision.c.id, revision.c.body).where(marked)))
        return [one for one in found if one.type == type_]

    def order_of(self, ids: Iterable[str]) -> dict[str, int]:
        """Numbers of saves in the order in which they came into this store, those written here among them."""
        found: dict[str, int] = {}
        for some in chunks(ids):
            query = select(revision.c.id, revision.c.n).where(revision.c.id.in_([bytes.fromhex(id_) for id_ in some]))
            found |= {id_.hex(): n for id_, n in self.connection.execute(query)}
        return found

    def says(self, register: str) -> bool:
        """True when any save of any record says something in this register, whose values are objects."""
        marked = dialect.holds(revision.c.body, canonical(register) + b":{")
        return self.connection.scalar(select(revision.c.n).where(marked).limit(1)) is not None

    def last_seq(self, replica: str) -> int:
        """The number of the replica's newest revision, 0 when there is none."""
        return _LAST_SEQ.value(self._driver, replica=replica) or 0

    def drafts(self) -> list[bytes]:
        """What was typed and not yet saved."""
        return [value for _, value in self.drafts_by_record()]

    def drafts_by_record(self) -> list[tuple[str, bytes]]:
        """The same with the record that each is of."""
        return [(row.record, row.value) for row in self.connection.execute(select(draft).order_by(draft.c.record))]

    # --- bundles and trust ------------------------------------------------------------------------------------------

    def bundles(self, direction: str | None = None) -> list[BundleEntry]:
        """Bundles received and sent, newest first."""
        columns = [column for column in bundle.c if column.name != "n"]
        query = select(*columns).order_by(bundle.c.n.desc())
        if direction is not None:
            query = query.where(bundle.c.direction == direction)
        return [BundleEntry(**row._mapping) for row in self.connection.execute(query)]

    def bundle(self, replica: str, seq: int) -> BundleEntry | None:
        """A sender's bundle by its number."""
        columns = [column for column in bundle.c if column.name != "n"]
        query = select(*columns).where(bundle.c.replica == replica, bundle.c.seq == seq)
        row = self.connection.execute(query).first()
        return BundleEntry(**row._mapping) if row else None

    def has_beyond(self, replica: str, seq: int) -> bool:
        """True when a later bundle of this PC than that number is here, or something that others handed on of it."""
        later = select(bundle.c.n).where(bundle.c.replica == replica, bundle.c.direction == "in", bundle.c.seq > seq)
        handed_on = select(revision.c.n).join(bundle, revision.c.bundle == bundle.c.n)
        handed_on = handed_on.where(revision.c.replica == replica, bundle.c.replica != replica)
        return any(self.connection.scalar(query.limit(1)) is not None for query in (later, handed_on))

    def last_bundle(self, replica: str, addressee: str | None = None) -> BundleEntry | None:
        """A sender's bundle with the highest number, or of those to one body."""
        query = select(func.max(bundle.c.seq)).where(bundle.c.replica == replica)
        if addressee is not None:
            query = query.where(bundle.c.addressee == addressee)
        seq = self.connection.scalar(query)
        return self.bundle(replica, seq) if seq is not None else None

    def bundles_of(self, replica: str, direction: str, addressee: str) -> list[BundleEntry]:
        """A sender's bundles to one body, in the order of their numbers."""
        columns = [column for column in bundle.c if column.name != "n"]
        query = select(*columns).where(
            bundle.c.replica == replica, bundle.c.direction == direction, bundle.c.addressee == addressee
        )
        return [BundleEntry(**row._mapping) for row in self.connection.execute(query.order_by(bundle.c.seq))]

    def trust(self) -> tuple[bytes, bytes] | None:
        """The newest trust list and its signatures."""
        row = self.connection.execute(select(trust).order_by(trust.c.version.desc()).limit(1)).first()
        return (row.body, row.signature) if row else None

    def trust_lists(self) -> list[tuple[int, bytes, bytes]]:
        """All trust lists with their signatures, oldest first."""
        rows = self.connection.execute(select(trust).order_by(trust.c.version))
        return [(row.version, row.body, row.signature) for row in rows]

    def catalogue(self) -> list[bytes]:
        """What the office's newest answer tells of everybody's projects: a JSON object each, by their ids."""
        return list(self.connection.scalars(select(catalogue.c.value).order_by(catalogue.c.id)))

    def _scalars(self, query: Select[Any], condition: ColumnElement[bool]) -> Iterable[Any]:
        return self.connection.scalars(query.where(condition))


def _in_conflict(body: str) -> ColumnElement[bool]:
    """A record that was put away asks nobody anything."""
    found = project.c.conflicting & ~project.c.deleted
    return found & project.c.id.startswith(f"{body}/", autoescape=True) if body else found


_SETTING = Prepared(select(meta.c.value).where(meta.c.key == bindparam("key")))
_PROJECT = Prepared(select(project.c.value).where(project.c.id == bindparam("record")))
_HISTORY = Prepared(
    select(revision.c.id, revision.c.body).where(revision.c.record == bindparam("record")).order_by(revision.c.n)
)
_KNOWN = PreparedMany(select(revision.c.id).where(revision.c.id.in_([bindparam("key")])))
_WITH_HISTORY = PreparedMany(select(revision.c.record).distinct().where(revision.c.record.in_([bindparam("key")])))
_MARKS = PreparedMany(
    select(project.c.id, project.c.deleted, project.c.conflicting).where(project.c.id.in_([bindparam("key")]))
)
_LAST_SEQ = Prepared(select(func.max(revision.c.seq)).where(revision.c.replica == bindparam("replica")))
