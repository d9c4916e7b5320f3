"""What projects are to each other: a person's answer, kept in the record like everything else that is entered.

A district answers in its own projects. The office, which sees all of them, answers in anybody's: it reaches each
district with the next answer, and the district may say otherwise. *The same*, *joint work* and *not similar* hold both
ways and are written on both sides as far as this workplace may write there; *part of* and *follows* on the first alone,
and what the other one said of the pair ends with it. Where this workplace may write one side only, the two may differ
(``analysis.joined``) until the office, or the other district, answers too.
"""

from dataclasses import dataclass

from msgspec.structs import replace

from izsa_desktop.analysis.joined import BOTH_WAYS
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain import registers
from izsa_desktop.domain.errors import BadField, NoSuchProject, NotYourDistrict
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.rows import Relation
from izsa_desktop.domain.validation import clean
from izsa_desktop.usecases.projects import append, get_project, listed_project, may_edit
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer about two projects that was just given, so that it can be taken back."""

    a: str
    b: str
    before: tuple[tuple[str, str, str], ...]
    """What stood in each record that was written: its id, the other one's, the kind (empty: nothing)."""


def may_relate(workplace: Workplace, project: Project) -> bool:
    """True where this workplace may say what the project is to others."""
    return not project.deleted and not project.shared and (workplace.identity.office or may_edit(workplace, project))


def relate(workplace: Workplace, a: str, b: str, kind: str) -> list[str]:
    """Says that project ``a`` is the same as ``b``, joint work with it, a part of it …; ids of the records written in.

    ``kind``: code or name of the vocabulary ``relation``. A later answer takes the place of an earlier one; saying the
    same again writes nothing. Raises NoSuchProject, BadField, NotYourDistrict.
    """
    term = workplace.reference.vocabularies["relation"].find(kind)
    if term is None:
        raise BadField("relations", "unknown_code", kind[:60])
    one = listed_project(workplace, a)
    other = _named_by(workplace, one, b)
    if one.id == b or (other and one.id == other.id):
        raise BadField("relations", "itself", one.id)
    sides = [(one, other.id if other else b, term.code)]
    if other and term.code in BOTH_WAYS:
        sides.append((other, one.id, term.code))
    elif other and may_relate(workplace, one) and _kind(other, one.id):
        sides.append((other, one.id, ""))  # else the earlier answer would go on holding from that side
    open_sides = [(project.id, to, code) for project, to, code in sides if may_relate(workplace, project)]
    if not open_sides:
        raise NotYourDistrict(workplace.reference.district_name(one.body), workplace.body_name)
    with workplace.store.writing() as writer:
        return [id_ for id_, to, code in open_sides if _write(workplace, writer, id_, to, code)]


def decide(workplace: Workplace, a: str, b: str, kind: str) -> Decision:
    """``relate`` for two projects that are here, by their ids. Raises as that."""
    sides = ((a, b), (b, a))
    before = {(one, other): _kind(get_project(workplace, one), other) for one, other in sides}
    written = relate(workplace, a, b, kind)
    return Decision(a, b, tuple((one, other, before[one, other]) for one, other in sides if one in written))


def take_back(workplace: Workplace, decision: Decision) -> list[str]:
    """Says again what was said before a decision; ids of the records written in."""
    with workplace.store.writing() as writer:
        return [id_ for id_, other, kind in decision.before if _write(workplace, writer, id_, other, kind)]


def _named_by(workplace: Workplace, project: Project, other: str) -> Project | None:
    """The other project; None for one that is not here but of which the office has said something in this one."""
    try:
        return listed_project(workplace, other)
    except NoSuchProject:
        if all(row.other != other for row in project.fields.relations):
            raise
        return None


def _kind(project: Project, other: str) -> str:
    return next((row.kind for row in project.fields.relations if row.other == other), "")


def _write(workplace: Workplace, writer: Writer, record: str, other: str, kind: str) -> bool:
    """True when there was something to write."""
    state = writer.state(record)
    shown = registers.fields_of(state.values)
    said = replace(shown, relations=_said(shown.relations, other, kind))
    changed = registers.to_registers(clean(said, workplace.reference, shown), state.values, shown)
    if changed:
        append(workplace, writer, writer.history(record), state, changed)
    return bool(changed)


def _said(rows: tuple[Relation, ...], other: str, kind: str) -> tuple[Relation, ...]:
    """The rows with this one in its place; what somebody noted stays. No ``kind``: the answer is taken back."""
    if not kind:
        rows = tuple(row for row in rows if row.other != other or row.note)
    if kind and all(row.other != other for row in rows):
        return *rows, Relation(other=other, kind=kind)
    return tuple(Relation(other=other, kind=kind, note=row.note) if row.other == other else row for row in rows)
