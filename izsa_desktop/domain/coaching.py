"""Coaching: what the office says to one district about its way, in records of their own beside the projects.

A record is one note: ``kind``, ``text`` and ``date``; or a tick, which says that a criterion of the coaching ladder is
met: its text is the evidence, and it names the ``criterion`` too. The id begins with the district that it is for, so it
reaches that district and nobody else; only the office writes it.
"""

import msgspec

from izsa_desktop.domain.dates import is_partial_date
from izsa_desktop.domain.merge import RecordState
from izsa_desktop.domain.project import body_of
from izsa_desktop.domain.revision import DELETED, Json

KIND, TEXT, DATE, CRITERION = "kind", "text", "date", "criterion"
NOTE, TICK = "note", "tick"
"""The kinds that this version knows; others are kept and not shown."""
MAX_TEXT = 10_000


class CoachingNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A note or a tick as shown."""

    id: str
    """``<district code>/<32 hex digits>``."""
    text: str
    day: str
    """When the talk was, or the note was written: ``YYYY-MM-DD``."""
    author: str
    wall: str
    """When it was last written, by its writer's clock: ISO 8601, UTC."""
    criterion: str = ""
    """The code of the criterion that a tick says is met; empty for a note."""

    @property
    def district(self) -> str:
        """The code of the district that it is for."""
        return body_of(self.id)


def note_registers(text: str, day: str) -> dict[str, Json]:
    """What a new note writes."""
    return {KIND: NOTE, TEXT: text, DATE: day}


def tick_registers(criterion: str, evidence: str, day: str) -> dict[str, Json]:
    """What a new tick writes."""
    return {KIND: TICK, CRITERION: criterion, TEXT: evidence, DATE: day}


def note_from_state(state: RecordState) -> CoachingNote | None:
    """The note that a record shows; None for one that was put away, and for a kind that this version does not know."""
    values = state.values
    newest = max(state.heads, key=lambda r: (r.wall, r.id), default=None)
    kind, criterion = values.get(KIND), values.get(CRITERION)
    if newest is None or (values.get(DELETED) is True and DELETED not in state.conflicts):
        return None
    if kind != NOTE and not (kind == TICK and isinstance(criterion, str) and criterion):
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
        criterion=criterion if kind == TICK and isinstance(criterion, str) else "",
    )
