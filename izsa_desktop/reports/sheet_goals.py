"""A sheet's goals: the tiles in the official colours, and the strip of all goals in which its own are lit."""

from collections.abc import Sequence
from dataclasses import dataclass

from izsa_desktop.charts.look import ink
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.rows import GoalDetail
from izsa_desktop.domain.text import visible

_UNKNOWN_COLOR = "#5f6b73"
_NOTHING = GoalDetail()


@dataclass(frozen=True, slots=True)
class GoalTile:
    """A goal of the project. ``ink`` is what can be read on ``color``."""

    code: str
    name: str
    color: str
    ink: str
    strength: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A goal's place in the strip of all goals."""

    color: str
    lit: bool


def goal_tiles(
    codes: Sequence[str], reference: Reference, language: str, details: Sequence[GoalDetail] = ()
) -> tuple[GoalTile, ...]:
    """The project's goals in its own order; a goal this version does not know keeps its code and is grey."""
    tiles = []
    said = {detail.code: detail for detail in details}
    for code in codes:
        goal, detail = reference.goals_by_code.get(code), said.get(code, _NOTHING)
        color = goal.color if goal else _UNKNOWN_COLOR
        name = reference.goal_name(code, language)
        strength = reference.vocabularies["strength"].label(detail.strength, language) if detail.strength else ""
        tiles.append(GoalTile(visible(code), visible(name), color, ink(color), visible(strength), visible(detail.why)))
    return tuple(tiles)


def goal_strip(codes: Sequence[str], reference: Reference) -> tuple[Segment, ...]:
    """All goals in their order."""
    return tuple(Segment(goal.color, goal.code in codes) for goal in reference.goals)
