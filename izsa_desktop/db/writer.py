"""Changes to the store, within one transaction."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, insert, select

from izsa_desktop.db import dialect
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.rows import by_record, chunks, project_of, project_row, revision_from, revision_row
from izsa_desktop.db.schema import bundle, draft, meta, project, revision, trust
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.revision import Revision


class Writer(Reader):
    """One transaction. Revisions are only ever added."""

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Keeps settings of the workplace."""
        self.connection.execute(dialect.upsert(meta), [{"key": k, "value": v} for k, v in values.items()])

    def add_bundle(self, entry: BundleEntry) -> int:
        """Notes a bundle; its number names it in ``add``."""
        fields = {name: getattr(entry, name) for name in entry.__slots__}
        key = self.connection.execute(insert(bundle), fields).inserted_primary_key
        assert key is not None
        return int(key[0])

    def add_trust(self, version: int, body: bytes, signature: bytes) -> None:
        """Keeps a trust list."""
        self.connection.execute(insert(trust), {"version": version, "body": body, "signature": signature})

    def add(self, revisions: Sequence[Revision], bundle_number: int | None = None) -> None:
        """Adds revisions, passing over known ones, and computes the projects anew that they belong to."""
        for chunk in chunks(by_record(revisions), 1000):
            fresh = dict(chunk)
            known = self._records_known(fresh)
            rows = [revision_row(r, bundle_number) for group in fresh.values() for r in group]
            self.connection.execute(dialect.insert_new(revision), rows)
            for record in known:
                fresh[record] = self.history(record)
            self._show(fresh)

    def keep_draft(self, record: str, value: bytes) -> None:
        """Keeps what is typed for a record (empty: a new one) instead of what was kept for it before."""
        self.connection.execute(dialect.upsert(draft), {"record": record, "value": value})

    def drop_draft(self, record: str) -> None:
        """It has been saved, or a person does not want it."""
        self.connection.execute(delete(draft).where(draft.c.record == record))

    def rebuild(self) -> None:
        """Throws all computed projects away and computes them again."""
        self.connection.execute(delete(project))
        query = select(revision.c.id, revision.c.body).order_by(revision.c.record)
        self._show(by_record(revision_from(row) for row in self.connection.execute(query)))

    def _records_known(self, records: Iterable[str]) -> set[str]:
        found = select(revision.c.record).distinct()
        return {record for ids in chunks(records) for record in self._scalars(found, revision.c.record.in_(ids))}

    def _show(self, groups: Mapping[str, list[Revision]] | Iterable[tuple[str, list[Revision]]]) -> None:
        items = groups.items() if isinstance(groups, Mapping) else groups
        shown = (project_of(record, revisions) for record, revisions in items)
        for rows in chunks((project_row(p) for p in shown if p is not None), 1000):
            self.connection.execute(dialect.upsert(project), rows)
