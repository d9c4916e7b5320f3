"""Coaching notes: the office writes to one district; the district reads what was written to it, with the answers."""

import secrets
from datetime import date

from izsa_desktop.domain.coaching import MAX_TEXT, CoachingNote, note_registers
from izsa_desktop.domain.dates import is_partial_date
from izsa_desktop.domain.errors import BadField, OfficeOnly, UnknownDistrict
from izsa_desktop.domain.record_types import COACHING
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import has_control, normal
from izsa_desktop.usecases.projects import revisions_in
from izsa_desktop.usecases.workplace import Workplace


def write_note(workplace: Workplace, district: str, text: str, day: str = "") -> str:
    """Keeps a note for a district (code); it goes with the next answer to it. The note's id.

    ``day``: ``YYYY-MM-DD``, today where it is empty. Raises OfficeOnly, UnknownDistrict, BadField.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    code = workplace.reference.district(district).code
    if code == OFFICE:
        raise UnknownDistrict(district)
    text, day = normal(text), day or date.today().isoformat()
    if not text:
        raise BadField("coaching", "empty")
    if has_control(text):
        raise BadField("coaching", "hidden_characters")
    if len(text) > MAX_TEXT:
        raise BadField("coaching", "too_long", f"{text[:40]}…", MAX_TEXT)
    if not is_partial_date(day) or len(day) != len("2026-01-31"):
        raise BadField("coaching", "not_a_day", day[:20])
    id_ = f"{code}/{secrets.token_hex(16)}"
    with workplace.store.writing() as writer:
        saves = revisions_in(workplace, writer, [(id_, (), note_registers(text, day))], type_=COACHING)
        writer.add(list(saves))
    return id_


def notes(workplace: Workplace, district: str = "") -> list[CoachingNote]:
    """The notes for a district (code), or all that are here; the newest first."""
    with workplace.store.reading() as reader:
        return sorted(reader.coaching(district), key=lambda note: (note.day, note.wall, note.id), reverse=True)
