"""What a backup holds and a store has not, taken into it.

A backup of another PC of the same municipality (that PC is dead) is taken in under this PC's key: what it had not sent
is written again, with author, time and order kept, because a bundle may hold its own PC's saves alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.revision import Revision, canonical, new_revision
from izsa_desktop.usecases.sent import SET_BACK, confirmed, sent_by

_ID = re.compile(rb"[0-9a-f]{64}")
_IMPORTS = "_import_"


def take_over(writer: Writer, old: Reader, body: str, replica: str) -> tuple[int, Mapping[str, str]]:
    """Adds what a backup has and this store has not; how many saves, and the new ids of those written again."""
    known = writer.known(revision.id for revision in old.revisions())
    unsent = _unsent(old, body, replica)
    as_they_are = [r for r in old.revisions() if r.id not in known and r.id not in unsent]
    writer.add(as_they_are)
    again, known_as = _again(writer, [r for r in old.revisions() if r.id in unsent], replica)
    writer.add(again)
    return len(as_they_are) + len(again), known_as


def under_new_key(writer: Writer, body: str, replica: str) -> Mapping[str, str]:
    """This PC's own saves that no bundle holds are written again under a new key; their new ids by their old ones.

    The old ones go: nobody else ever saw them, and whatever built upon one would wait for it for ever.
    """
    unsent = _unsent(writer, body, replica)
    former = writer.meta()["replica"]
    ours = [revision for revision in writer.revisions(former) if revision.id in unsent]
    writer.take_back(unsent)
    again, known_as = _again(writer, ours, replica)
    writer.add(again)
    return known_as


def rename(writer: Writer, old: Reader, known_as: Mapping[str, str]) -> None:
    """Keeps what ``old`` keeps of saves by their ids: what a draft's writer had seen, and what imports brought."""

    def renamed(value: bytes) -> bytes:
        return _ID.sub(lambda found: known_as.get(found[0].decode(), found[0].decode()).encode(), value)

    for record, value in old.drafts_by_record():
        writer.keep_draft(record, renamed(value))
    writer.set_meta({name: renamed(value.encode()).decode() for name, value in old.kept(_IMPORTS).items()})


def _unsent(old: Reader, body: str, replica: str) -> set[str]:
    """Saves of this body by the PC of the backup that no bundle of its holds."""
    former = old.meta()["replica"]
    if former == replica:
        return set()
    # After a PC was set back, the office has refused what it sent under numbers that were used: only its word counts.
    was_set_back = old.kept(SET_BACK).get(SET_BACK) == former
    sent = confirmed(old, former)[0] if was_set_back else sent_by(old, former)
    return {r.id for r in old.written_here(former) if r.seq not in sent and r.district == body}


def _again(writer: Reader, revisions: Sequence[Revision], replica: str) -> tuple[list[Revision], Mapping[str, str]]:
    """The same saves under this PC's key; one that was written again before stays that one."""
    before = {_content(r, r.parents): r.id for r in writer.revisions(replica)} if revisions else {}
    erased = [r for r in writer.revisions(replica) if r.erased] if revisions else []
    made: list[Revision] = []
    known_as: dict[str, str] = {}
    seq = writer.last_seq(replica)
    for old in revisions:
        parents = tuple(sorted(known_as.get(parent, parent) for parent in old.parents))
        there = before.get(_content(old, parents)) or _forgotten(old, parents, erased)
        if there is None:
            seq += 1
            revision = new_revision(
                record=old.record,
                replica=replica,
                seq=seq,
                parents=parents,
                registers=old.registers,
                author=old.author,
                wall=old.wall,
                type_=old.type,
                settles=old.settles,
            )
            made.append(revision)
            there = revision.id
        known_as[old.id] = there
    return made, known_as


def _forgotten(old: Revision, parents: tuple[str, ...], erased: Iterable[Revision]) -> str | None:
    """The save that was written again before, and of which something was erased since: that does not come back."""
    for form in erased:
        gone = form.erased.registers if form.erased else ()
        left = {name: None if name in gone else value for name, value in old.registers.items()}
        if _content(replace(old, registers=left), parents) == _content(form, form.parents):
            return form.id
    return None


def _content(revision: Revision, parents: Iterable[str]) -> bytes:
    return canonical([revision.record, sorted(parents), dict(revision.registers), revision.author, revision.wall])
