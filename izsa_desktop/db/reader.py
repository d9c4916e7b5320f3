"""Questions to the store, answered with domain values."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from izsa_desktop.db import dialect
from izsa_desktop.db.rows import chunks, project_from, revision_from
from izsa_desktop.db.schema import bundle, draft, meta, project, revision, trust
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.merge import RecordState, record_state
from izsa_desktop.domain.project import Project, ProjectFilter
from izsa_desktop.domain.revision import Revision
from izsa_desktop.domain.text import fold

MAX_WORDS = 100
"""Words of a query that count: a whole page pasted into the search box is more than an SQL expression may hold."""

SHOWN = "_shown_version"


class Reader:
    """One consistent view of the store."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def meta(self) -> Mapping[str, str]:
        """The workplace's own settings."""
        query = select(meta).where(meta.c.key != SHOWN)
        return {row.key: row.value for row in self.connection.execute(query)}

    def shown_version(self) -> str | None:
        """Which version of the computation made the projects that are here."""
        return self.connection.scalar(select(meta.c.value).where(meta.c.key == SHOWN))

    # --- projects ---------------------------------------------------------------------------------------------------

    def projects(self, wanted: ProjectFilter) -> list[Project]:
        """The projects that match, in Turkish order of their titles. Deleted ones are left out."""
        query = select(project.c.value).where(_matching(wanted)).order_by(project.c.sort_key, project.c.id)
        return [project_from(value) for value in self.connection.scalars(query)]

    def projects_by_id(self, records: Iterable[str]) -> list[Project]:
        """These projects as far as they are here, deleted or not, in no particular order."""
        query = select(project.c.value)
        return [project_from(v) for ids in chunks(records) for v in self._scalars(query, project.c.id.in_(ids))]

    def count(self, wanted: ProjectFilter) -> int:
        """How many projects match."""
        return self.connection.scalar(select(func.count()).select_from(project).where(_matching(wanted))) or 0

    def project(self, record: str) -> Project | None:
        """One project, deleted or not."""
        value = self.connection.scalar(select(project.c.value).where(project.c.id == record))
        return project_from(value) if value is not None else None

    def record_ids(self, prefix: str) -> list[str]:
        """Ids of records whose id, or its part after the slash, begins with this; two at most."""
        starts = project.c.id.startswith(prefix, autoescape=True)
        random_part = func.substr(project.c.id, func.instr(project.c.id, "/") + 1)
        query = select(project.c.id).where(starts | random_part.startswith(prefix, autoescape=True)).limit(2)
        return list(self.connection.scalars(query))

    # --- revisions --------------------------------------------------------------------------------------------------

    def history(self, record: str) -> list[Revision]:
        """All revisions of a record in the order in which they came here."""
        query = select(revision.c.id, revision.c.body).where(revision.c.record == record).order_by(revision.c.n)
        return [revision_from(row) for row in self.connection.execute(query)]

    def state(self, record: str) -> RecordState:
        """The state of one record with its conflicts."""
        return record_state(record, self.history(record))

    def revisions(self, replica: str | None = None) -> Iterator[Revision]:
        """All revisions, or one replica's in the order in which it wrote them."""
        query = select(revision.c.id, revision.c.body).order_by(revision.c.n)
        if replica is not None:
            query = query.where(revision.c.replica == replica).order_by(None).order_by(revision.c.seq)
        for row in self.connection.execute(query.execution_options(yield_per=2000)):
            yield revision_from(row)

    def revision_ids(self) -> list[bytes]:
        """All revision ids, sorted."""
        return list(self.connection.scalars(select(revision.c.id).order_by(revision.c.id)))

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of these revisions are here."""
        return {
            found.hex()
            for chunk in chunks(ids)
            for found in self._scalars(select(revision.c.id), revision.c.id.in_([bytes.fromhex(i) for i in chunk]))
        }

    def last_seq(self, replica: str) -> int:
        """The number of the replica's newest revision, 0 when there is none."""
        return self.connection.scalar(select(func.max(revision.c.seq)).where(revision.c.replica == replica)) or 0

    def drafts(self) -> list[bytes]:
        """What was typed and not yet saved."""
        return list(self.connection.scalars(select(draft.c.value).order_by(draft.c.record)))

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

    def last_bundle(self, replica: str) -> BundleEntry | None:
        """A sender's bundle with the highest number."""
        seq = self.connection.scalar(select(func.max(bundle.c.seq)).where(bundle.c.replica == replica))
        return self.bundle(replica, seq) if seq is not None else None

    def trust(self) -> tuple[bytes, bytes] | None:
        """The newest trust list and its signature."""
        row = self.connection.execute(select(trust).order_by(trust.c.version.desc()).limit(1)).first()
        return (row.body, row.signature) if row else None

    def _scalars(self, query: Select[Any], condition: ColumnElement[bool]) -> Iterable[Any]:
        return self.connection.scalars(query.where(condition))


def _matching(wanted: ProjectFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [project.c.deleted.is_(wanted.deleted)]
    words = dict.fromkeys(fold(wanted.query).split())
    conditions += [dialect.contains(project.c.folded, word) for word in islice(words, MAX_WORDS)]
    if wanted.goal:
        conditions.append(dialect.contains(project.c.goals, f",{wanted.goal},"))
    if wanted.district:
        conditions.append(project.c.district == wanted.district)
    if wanted.status:
        conditions.append(project.c.status == wanted.status)
    return and_(*conditions)
