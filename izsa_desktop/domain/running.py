"""Whether a project runs, and in which years."""

from datetime import date

from izsa_desktop.domain.dates import parts
from izsa_desktop.domain.project import ProjectFields

ACTIVE, INACTIVE, UNCLEAR = "active", "inactive", "unclear"
_RUNNING = "sürüyor"
_CLOSED = frozenset({"tamamlandı", "durduruldu", "iptal"})


def state(fields: ProjectFields, today: date) -> str:
    """Whether a project runs: its status says so; where none is stated, its dates, as far as they do.

    One that is planned, finished or stopped does not.
    """
    if fields.status:
        return ACTIVE if fields.status == _RUNNING else INACTIVE
    start, ends = parts(fields.start or fields.start_planned or ""), parts(fields.end or fields.end_planned or "")
    if start and _first_day(start) > today:
        return INACTIVE
    if not ends:
        return UNCLEAR
    if fields.end:
        return INACTIVE if _first_day(ends) <= today else ACTIVE if start else UNCLEAR
    return ACTIVE if start and _first_day(ends) > today else UNCLEAR


def years(fields: ProjectFields) -> tuple[int, int]:
    """The first and the last year, 0 where there is none: the plan stands in for what did not happen yet.

    What runs, or says nothing of how it stands, is open until an end is stated. What is closed, and nobody wrote when,
    is taken to have ended in the year in which it began.
    """
    start = parts(fields.start or "") or parts(fields.start_planned or "")
    if not start:
        return 0, 0
    end = parts(fields.end or "") or (None if fields.status == _RUNNING else parts(fields.end_planned or ""))
    if end:
        return start[0], max(start[0], end[0])
    return start[0], start[0] if fields.status in _CLOSED else 0


def _first_day(found: tuple[int, int | None, int | None]) -> date:
    year, month, day = found
    return date(year, month or 1, day or 1)
