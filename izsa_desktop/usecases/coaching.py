"""Coaching: the office writes to one district; the district reads what was written to it, with the answers.

Evidence for a criterion of the ladder is such a record too: the district hands it in to its coach (with a project, by
mail, on paper), and the office, having seen it, ticks the criterion. The newest tick of a criterion counts.
"""

import secrets
from datetime import date

from izsa_desktop.domain.coaching import MAX_TEXT, CoachingNote, note_registers, tick_registers
from izsa_desktop.domain.dates import is_partial_date
from izsa_desktop.domain.errors import BadField, OfficeOnly, UnknownDistrict
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.record_types import COACHING, of_type
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import DELETED, Json
from izsa_desktop.domain.text import has_control, normal
from izsa_desktop.reference.ladder import load_ladder
from izsa_desktop.usecases.projects import revisions_in
from izsa_desktop.usecases.workplace import Workplace


def write_note(workplace: Workplace, district: str, text: str, day: str = "") -> str:
    """Keeps a note for a district (code); it goes with the next answer to it. The note's id.

    ``day``: ``YYYY-MM-DD``, today where it is empty. Raises OfficeOnly, UnknownDistrict, BadField.
    """
    code = _coached(workplace, district)
    return _keep(workplace, code, note_registers(_text("coaching", text), _day(day)))


def write_tick(workplace: Workplace, district: str, criterion: str, evidence: str, day: str = "") -> str:
    """Keeps evidence, which somebody of the office has seen, that a criterion of the ladder is met. The tick's id.

    ``day``: the day that the evidence is of, ``YYYY-MM-DD``, no later one than today; today where it is empty.
    Raises OfficeOnly, UnknownDistrict, BadField.
    """
    code = _coached(workplace, district)
    found = load_ladder().criterion(criterion.strip())
    if found is None:
        raise BadField("criterion", "unknown_code", criterion[:20])
    if not found.months:
        raise BadField("criterion", "counted", found.code)
    day = _day(day)
    if date.fromisoformat(day) > date.today():
        raise BadField("coaching_date", "in_future", day)
    return _keep(workplace, code, tick_registers(found.code, _text("ladder_evidence", evidence), day))


def take_back(workplace: Workplace, district: str, criterion: str) -> list[str]:
    """Puts away all ticks of a criterion for a district, which were set by mistake; their ids.

    Raises OfficeOnly, UnknownDistrict, BadField.
    """
    code = _coached(workplace, district)
    if load_ladder().criterion(criterion.strip()) is None:
        raise BadField("criterion", "unknown_code", criterion[:20])
    with workplace.store.writing() as writer:
        ids = sorted(one.id for one in writer.coaching(code) if one.criterion == criterion.strip())
        heads = [
            tuple(head.id for head in record_state(id_, of_type(writer.saves(id_), COACHING)).heads) for id_ in ids
        ]
        gone = [(id_, parents, {DELETED: True}) for id_, parents in zip(ids, heads, strict=True)]
        writer.add(list(revisions_in(workplace, writer, gone, type_=COACHING)))
    return ids


def _coached(workplace: Workplace, district: str) -> str:
    """The code of the district that the office writes to."""
    if not workplace.identity.office:
        raise OfficeOnly
    code = workplace.reference.district(district).code
    if code == OFFICE:
        raise UnknownDistrict(district)
    return code


def _text(field: str, typed: str) -> str:
    text = normal(typed)
    if not text:
        raise BadField(field, "empty")
    if has_control(text):
        raise BadField(field, "hidden_characters")
    if len(text) > MAX_TEXT:
        raise BadField(field, "too_long", f"{text[:40]}…", MAX_TEXT)
    return text


def _day(typed: str) -> str:
    day = typed or date.today().isoformat()
    if not is_partial_date(day) or len(day) != len("2026-01-31"):
        raise BadField("coaching_date", "not_a_day", day[:20])
    return day


def _keep(workplace: Workplace, district: str, registers: dict[str, Json]) -> str:
    """A new record."""
    id_ = f"{district}/{secrets.token_hex(16)}"
    with workplace.store.writing() as writer:
        saves = revisions_in(workplace, writer, [(id_, (), registers)], type_=COACHING)
        writer.add(list(saves))
    return id_


def notes(workplace: Workplace, district: str = "") -> list[CoachingNote]:
    """The notes for a district (code), or all that are here, but no ticks; the newest first."""
    with workplace.store.reading() as reader:
        found = [note for note in reader.coaching(district) if not note.criterion]
    return sorted(found, key=lambda note: (note.day, note.wall, note.id), reverse=True)
