"""Whether a project runs, and in which years: the one rule of every page, table, map and document.

A stated status says it. Without one the dates do, as far as they reach: from the first day of the start to the last day
of the end. What began, and of which nobody says whether it ended, is unknown and told as such; it is no gap that has
closed. What is continuous, or takes place every year, goes on until an end is stated.
"""

from calendar import monthrange
from datetime import date

from izsa_desktop.domain.dates import parts
from izsa_desktop.domain.project import ProjectFields

ACTIVE, INACTIVE, UNCLEAR = "active", "inactive", "unclear"
_RUNNING = "sürüyor"
_CANCELLED = "iptal"
_NOT_BEGUN = frozenset({"fikir", "planlandı"})
_GOES_ON = frozenset({"süren", "her yıl"})
Parts = tuple[int, int | None, int | None]


def state(fields: ProjectFields, today: date) -> str:
    """Whether a project runs today. One that is planned, finished or stopped does not."""
    if fields.status:
        return ACTIVE if fields.status == _RUNNING else INACTIVE
    start, end = _start(fields), _end(fields)
    if start and _first_day(start) > today:
        return INACTIVE
    if not end:
        return ACTIVE if start and fields.periodic in _GOES_ON else UNCLEAR
    if _last_day(end) >= today:
        return ACTIVE if start else UNCLEAR
    return INACTIVE if parts(fields.end or "") else UNCLEAR


def years(fields: ProjectFields, today: date) -> tuple[int, int]:
    """The first and the last year in which it is known to run; a plan stands in for what did not happen yet.

    First year 0: unknown. Last year 0: it goes on. A last year before the first: it ran in none. Where nothing says how
    long it went on, only the year in which it began is known.
    """
    start, end = _start(fields), _end(fields)
    if not start:
        return 0, 0
    first, last = start[0], end[0] if end else 0
    called_off = fields.status == _CANCELLED and not parts(fields.start or "")
    if called_off or (fields.status in _NOT_BEGUN and first <= today.year):
        return first, first - 1
    if fields.status in _NOT_BEGUN:
        return first, max(first, last) if last else 0
    if state(fields, today) == ACTIVE:
        return first, max(first, last) if last >= today.year else 0
    if fields.status:
        last = min(last, today.year)
    return first, max(first, last)


def _start(fields: ProjectFields) -> Parts | None:
    return parts(fields.start or "") or parts(fields.start_planned or "")


def _end(fields: ProjectFields) -> Parts | None:
    return parts(fields.end or "") or parts(fields.end_planned or "")


def _first_day(found: Parts) -> date:
    year, month, day = found
    return date(year, month or 1, day or 1)


def _last_day(found: Parts) -> date:
    year, month, day = found
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])
