"""What becomes of saves that were made upon saves which count no longer.

A PC that is shut out may have sent what others then built upon. Its saves are taken out everywhere; theirs are honest
work and must not wait for ever. So the office notes, as a revision of its own in the record, upon which saves the
withdrawn ones had been made: whoever built upon them then stands upon those. A note says nothing of the project: it is
no head, no version, nobody's parent, and a save that is here after all is never passed over.
"""

import re
from collections.abc import Collection, Iterable, Mapping

import msgspec

from izsa_desktop.domain.revision import Json, Revision

MARK = "_withdrawn/"
"""Begins the register that names a withdrawn save by its id; the value lists the ids of its parents."""
_HASH = re.compile(r"[0-9a-f]{64}")


def note_of(gone: Mapping[str, Iterable[str]]) -> dict[str, Json]:
    """The registers that say of withdrawn saves (ids) upon which ones (ids) they had been made."""
    return {f"{MARK}{id_}": sorted(parents) for id_, parents in sorted(gone.items())}


def is_note(registers: Collection[str]) -> bool:
    """True for a revision that writes nothing but such registers."""
    return next(iter(registers), "").startswith(MARK) and all(name.startswith(MARK) for name in registers)


def noted(revisions: Iterable[Revision]) -> dict[str, set[str]]:
    """Of all withdrawn saves that these revisions name, the parents; where two notes differ, those of both."""
    gone: dict[str, set[str]] = {}
    for revision in revisions:
        if not is_note(revision.registers):
            continue
        for name, parents in revision.registers.items():
            fine = isinstance(parents, list) and all(isinstance(p, str) and _HASH.fullmatch(p) for p in parents)
            if fine:
                gone.setdefault(name.removeprefix(MARK), set()).update(parents)
    return gone


def bridged(revisions: Iterable[Revision]) -> dict[str, Revision]:
    """A record's saves by their ids, without notes, and each upon saves that were not withdrawn."""
    by_id = {revision.id: revision for revision in revisions}
    notes = [revision for revision in by_id.values() if is_note(revision.registers)]
    if not notes:  # nearly always
        return by_id
    for note in notes:
        del by_id[note.id]
    ways = _Ways(_gone(by_id, notes))
    return {id_: _upon(one, ways) for id_, one in by_id.items()}


def stood_upon(heads: Iterable[str], saves: Mapping[str, Revision], revisions: Iterable[Revision]) -> list[str]:
    """The heads that somebody saw; for those that were withdrawn since, what they had been made upon."""
    heads = list(heads)
    return heads if saves.keys() >= set(heads) else list(_Ways(_gone(saves, revisions)).resolved(heads))


def _gone(saves: Mapping[str, Revision], notes: Iterable[Revision]) -> dict[str, set[str]]:
    return {id_: parents for id_, parents in noted(notes).items() if id_ not in saves}


def _upon(revision: Revision, ways: "_Ways") -> Revision:
    if ways.gone.keys().isdisjoint(revision.parents):
        return revision
    return msgspec.structs.replace(revision, parents=ways.resolved(revision.parents))


class _Ways:
    """From withdrawn saves to what they had been made upon.

    A thief may leave a chain of thousands, and as many saves upon it: what was found once is not looked for again.
    """

    def __init__(self, gone: Mapping[str, Collection[str]]) -> None:
        self.gone = gone
        self._ends: dict[str, str] = {}
        self._found: dict[tuple[str, ...], tuple[str, ...]] = {}

    def resolved(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids in order, with those of what it was made upon for each that is gone."""
        asked = tuple(ids)
        if asked not in self._found:
            self._found[asked] = self._walked(asked)
        return self._found[asked]

    def _walked(self, ids: Iterable[str]) -> tuple[str, ...]:
        reached: set[str] = set()
        waiting = list(ids)
        while waiting:
            id_ = self._end(waiting.pop())
            if id_ not in reached:
                reached.add(id_)
                waiting.extend(self.gone.get(id_, ()))
        return tuple(sorted(reached - self.gone.keys()))

    def _end(self, id_: str) -> str:
        """Where the way forks, or leads to what is not gone, or begins; of a circle some member."""
        passed: dict[str, None] = {}
        while id_ not in passed:
            if id_ in self._ends:
                id_ = self._ends[id_]
                break
            passed[id_] = None
            parents = self.gone.get(id_, ())
            if len(parents) != 1:
                break
            [id_] = parents
        self._ends.update(dict.fromkeys(passed, id_))
        return id_
