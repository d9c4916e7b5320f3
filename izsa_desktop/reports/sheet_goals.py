"""A sheet's goals: the tiles in the official colours, and the strip of all goals in which its own are lit."""

from collections.abc import Sequence
from dataclasses import dataclass

from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import visible

_UNKNOWN_COLOR = "#5f6b73"
_WHITE, _DARK = "#ffffff", "#1b2329"


@dataclass(frozen=True, slots=True)
class GoalTile:
    """A goal of the project. ``ink`` is what can be read on ``color``."""

    code: str
    name: str
    color: str
    ink: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A goal's place in the strip of all goals."""

    color: str
    lit: bool


def goal_tiles(codes: Sequence[str], reference: Reference, language: str) -> tuple[GoalTile, ...]:
    """The project's goals in its own order; a goal this version does not know keeps its code and is grey."""
    tiles = []
    for code in codes:
        goal = reference.goals_by_code.get(code)
        color = goal.color if goal else _UNKNOWN_COLOR
        name = reference.goal_name(code, language)
        tiles.append(GoalTile(visible(code), visible(name), color, _ink(color)))
    return tuple(tiles)


def goal_strip(codes: Sequence[str], reference: Reference) -> tuple[Segment, ...]:
    """All goals in their order."""
    return tuple(Segment(goal.color, goal.code in codes) for goal in reference.goals)


def _ink(color: str) -> str:
    """White as on the official tiles where it can be read (3:1, large letters), else nearly black."""
    return _WHITE if 1.05 / (_luminance(color) + 0.05) >= 3 else _DARK


def _luminance(color: str) -> float:
    """Relative luminance of ``#rrggbb`` after WCAG 2."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
