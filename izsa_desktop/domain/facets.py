"""What a project can be filtered and sorted by, taken from its fields."""

from datetime import date

from izsa_desktop.domain.dates import UNKNOWN, is_partial_date
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE

FRESH, DUE, STALE = "fresh", "due", "stale"
MAPPED, UNMAPPED = "mapped", "unmapped"
_YEAR = 365


def facets_of(project: Project) -> dict[str, tuple[str, ...]]:
    """The codes of each facet but freshness, which changes by itself; ``("",)`` where nothing is said."""
    f = project.fields
    mapped = f.location is not None or f.shape is not None or f.district not in ("", OFFICE)
    return {
        "district": (f.district,),
        "goal": _each_once(f.goals),
        "target": _each_once(f.targets),
        "status": (f.status,),
        "audience": _each_once(f.audience),
        "theme": (f.theme,),
        "year": (started(project)[:4] or (UNKNOWN if f.start == UNKNOWN else ""),),
        "review": (f.review,),
        "place": (MAPPED if mapped else UNMAPPED,),
    }


def _each_once(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes)) if codes else ("",)


def started(project: Project) -> str:
    """The start as a partial date, empty when it is unknown."""
    start = project.fields.start or ""
    return start if start != UNKNOWN and is_partial_date(start) else ""


def confirmed_on(project: Project) -> str:
    """The day since which nobody has said that the record is still true: ``YYYY-MM-DD``, empty when that is unknown."""
    day = project.fields.confirmed or project.updated[:10]
    return day if len(day) == 10 and is_partial_date(day) else ""


def freshness(day: str, today: date) -> str:
    """``fresh`` within a year after that day, ``due`` within two, then ``stale``; ``""`` when the day is unknown."""
    if not day:
        return ""
    age = (today - date.fromisoformat(day)).days
    if age < _YEAR:
        return FRESH
    return DUE if age < 2 * _YEAR else STALE
