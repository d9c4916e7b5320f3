"""Coaching: what the office says to one district about its way, in records of their own beside the projects.

A record is one note: ``kind``, ``text`` and ``date``. Its id begins with the district that it is for, so it reaches
that district and nobody else; only the office writes it.
"""

from dataclasses import dataclass

from izsa_desktop.domain.dates import is_partial_date
from izsa_desktop.domain.merge import RecordState
from izsa_desktop.domain.project import body_of
from izsa_desktop.domain.revision import DELETED, Json

KIND, TEXT, DATE = "kind", "text", "date"
NOTE = "note"
"""The only kind so far; others are kept and not shown."""
MAX_TEXT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachingNote:
    """A note as shown."""

    id: str
    """``<district code>/<32 hex digits>``."""
    text: str
    day: str
    """When the talk was, or the note was written: ``YYYY-MM-DD``."""
    author: str
    wall: str
    """When it was last written, by its writer's clock: ISO 8601, UTC."""

    @property
    def district(self) -> str:
        """The code of the district that it is for."""
        return body_of(self.id)


def note_registers(text: str, day: str) -> dict[str, Json]:
    """What a new note writes."""
    return {KIND: NOTE, TEXT: text, DATE: day}


def note_from_state(state: RecordState) -> CoachingNote | None:
    """The note that a record shows; None for one that was put away, and for a kind that this version does not know."""
    values = state.values
    newest = max(state.heads, key=lambda r: (r.wall, r.id), default=None)
    if newest is None or values.get(KIND) != NOTE or (values.get(DELETED) is True and DELETED not in state.conflicts):
        return None
    text, day = values.get(TEXT), values.get(DATE)
    return CoachingNote(
        id=state.record,
        text=text if isinstance(text, str) else "",
        day=day
        if isinstance(day, str) and len(day) == len("2026-01-31") and is_partial_date(day)
        else newest.wall[:10],
        author=newest.author,
        wall=newest.wall,
    )
