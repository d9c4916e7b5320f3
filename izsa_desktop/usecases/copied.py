"""What records hold of others' words. Joint programmes: the titles of projects, and a name and a purpose that were
taken over word for word. Ticks of the coaching ladder: the evidence that the office accepted by them.

What is erased where it was said first is erased there too, by whom, when and why it was: at the PC where somebody
erases, and at the office when it hears of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain import coaching, erasure
from izsa_desktop.domain.authority import OF_DISTRICT
from izsa_desktop.domain.joint_registers import member_of, taken_over, titles_of
from izsa_desktop.domain.record_types import COACHING, JOINT
from izsa_desktop.domain.revision import PROJECT, Json, Revision
from izsa_desktop.usecases.sent import note_erased
from izsa_desktop.usecases.workplace import Workplace

Gone = tuple[Revision, Collection[str]]
"""A save as it was, and the registers that are erased from it."""


def copied(reader: Reader, gone: Iterable[Gone]) -> list[tuple[Revision, list[str]]]:
    """The saves of other records that hold what these saves say, and in which registers.

    To be asked before it is erased.
    """
    gone = list(gone)
    projects, evidence = (_said(gone, type_) for type_ in (PROJECT, COACHING))
    return [
        *(_in_programmes(reader, gone, projects) if projects else ()),
        *(_in_ticks(reader.of_type(COACHING), evidence) if evidence else ()),
    ]


_COPIED = {
    PROJECT: frozenset({"title", "purpose"}),
    COACHING: frozenset({OF_DISTRICT + coaching.TEXT, OF_DISTRICT + coaching.LINK}),
}
"""The registers, by type of the record, that are written into other records."""


def _said(gone: Iterable[Gone], type_: str) -> dict[str, dict[str, list[Json]]]:
    """By record and register what is copied of it."""
    said: dict[str, dict[str, list[Json]]] = defaultdict(lambda: defaultdict(list))
    for save, names in gone:
        for name in _COPIED[type_].intersection(names) if save.type == type_ else ():
            if save.registers.get(name):
                said[save.record][name].append(save.registers[name])
    return said


def _in_ticks(
    saves: Iterable[Revision], said: dict[str, dict[str, list[Json]]]
) -> Iterator[tuple[Revision, list[str]]]:
    """A tick repeats text and link of the evidence that it names, one under the other."""
    for save in saves:
        evidence, text = save.registers.get(coaching.EVIDENCE), save.registers.get(coaching.TEXT)
        if not (isinstance(evidence, str) and evidence in said and isinstance(text, str)):
            continue
        words = [one for values in said[evidence].values() for one in values if isinstance(one, str)]
        if any(one in text for one in words):
            yield save, [coaching.TEXT]


def _in_programmes(
    reader: Reader, gone: Collection[Gone], said: dict[str, dict[str, list[Json]]]
) -> Iterator[tuple[Revision, list[str]]]:
    """The titles of members, and a name and a purpose that a member had said before: who says the programme's own words
    after it and erases them takes nothing from the office.
    """
    programmes: dict[str, list[Revision]] = defaultdict(list)
    for save in reader.of_type(JOINT):
        programmes[save.record.partition("/")[2]].append(save)
    for some in programmes.values():
        members = {member_of(name) for save in some for name in save.registers} & said.keys()
        came = reader.order_of([one.id for one, _ in gone] + [one.id for one in some]) if members else {}
        for save in some:
            before = _said(((one, names) for one, names in gone if came[one.id] < came[save.id]), PROJECT)
            names = {name for id_ in members for name in titles_of(id_, said[id_].get("title", ()), save.registers)}
            names |= {name for id_ in members & before.keys() for name in taken_over(before[id_], save.registers)}
            if found := erasure.erasable(save, names):
                yield save, found


def erase_copies(workplace: Workplace, writer: Writer, instead: Iterable[tuple[Revision, Revision]]) -> None:
    """Follows what others erased. ``instead``: saves as they are here and what takes their place.

    Within the transaction that takes these in, before they are.
    """
    own = workplace.identity.replica
    for old, form in instead:
        if form.erased is None or old.type not in _COPIED:
            continue
        word = form.erased
        found = copied(writer, [(old, word.registers)])
        writer.add([erasure.erase(save, names, when=word.when, who=word.who, why=word.why) for save, names in found])
        note_erased(writer, own, [save.seq for save, _ in found if save.replica == own])
