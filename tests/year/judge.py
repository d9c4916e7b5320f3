"""What must hold in the end, when everything that was not lost has arrived."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from izsa_desktop.domain.merge import RecordState
from izsa_desktop.domain.revision import Revision, canonical
from izsa_desktop.usecases import evidence, rebuilding, upkeep
from izsa_desktop.usecases.workplace import Workplace
from tests.year.world import World

THIEF = "Çalıntı"
"""How everything begins that the thief writes."""


class Shown(NamedTuple):
    """A record as its workplace sees it. ``conflicts``: by register every value that stands, with its save."""

    values: bytes
    conflicts: Mapping[str, Sequence[tuple[bytes, str]]]
    heads: Sequence[str]
    parked: Sequence[str]


def wrongs(world: World) -> Iterator[str]:
    """What is wrong; empty when all is well."""
    with world.at(world.office) as office:
        yield from _of_the_office(world, office)
        hashes = {pc.body: upkeep.state_hash(office, pc.body) for pc in world.pcs}
        shown = {pc.body: seen(office, pc.body) for pc in world.pcs}
        version = _trust_version(office)
    for pc in world.pcs:
        if pc.stolen:
            continue
        with world.at(pc) as workplace:
            yield from (f"{pc.folder.name}: {problem}" for problem in upkeep.check(workplace))
            if _trust_version(workplace) != version:
                yield f"{pc.folder.name} has list {_trust_version(workplace)} and not {version}"
            if upkeep.state_hash(workplace, pc.body) != hashes[pc.body]:
                yield f"{pc.folder.name} has other saves than the office"
            elif (here := seen(workplace, pc.body)) != shown[pc.body]:
                other = [record for record in here if here[record] != shown[pc.body][record]]
                yield f"{pc.folder.name} shows {len(other)} projects otherwise than the office"
            if any(one.id in world.thiefs for one in saves(workplace)):
                yield f"{pc.folder.name} has something of the thief's"
            if evidence.missing_attachments(workplace):
                yield f"{pc.folder.name} lacks files"


def _of_the_office(world: World, office: Workplace) -> Iterator[str]:
    yield from (f"office: {problem}" for problem in upkeep.check(office))
    here = saves(office)
    world.counts["revisions"] = len(here)
    world.counts["values on lost disks"] = world.oracle.forgiven
    for lost in world.oracle.lacking(here):
        yield f"the office lacks {lost}"
    if any(one.id in world.thiefs for one in here):
        yield "the office has something of the thief's"
    if missing := evidence.missing_attachments(office):
        yield f"the office lacks {len(missing)} files"
    states = seen(office, "")
    world.counts["projects"] = len(states)
    world.counts["conflicts"] = sum(len(one.conflicts) for one in states.values())
    world.counts["waiting"] = sum(len(one.parked) for one in states.values())
    if waiting := [record for record, one in states.items() if one.parked]:
        yield f"at the office saves of {len(waiting)} projects wait for what will never come"
    before = upkeep.state_hash(office), states
    rebuilding.rebuild(office)
    if (upkeep.state_hash(office), seen(office, "")) != before:
        yield "a rebuild gives another store"


def saves(workplace: Workplace) -> list[Revision]:
    with workplace.store.reading() as reader:
        return list(reader.revisions())


def seen(workplace: Workplace, body: str) -> dict[str, Shown]:
    """Every record of a body, or of all."""
    with workplace.store.reading() as reader:
        records = sorted({one.record for one in reader.revisions() if not body or one.district == body})
        return {record: _shown(reader.state(record)) for record in records}


def _shown(state: RecordState) -> Shown:
    conflicts = {
        name: sorted((canonical(write.value), write.revision.id) for write in writes)
        for name, writes in state.conflicts.items()
    }
    return Shown(canonical(dict(state.values)), conflicts, [head.id for head in state.heads], state.parked)


def _trust_version(workplace: Workplace) -> int:
    with workplace.store.reading() as reader:
        return workplace.trust(reader).version
