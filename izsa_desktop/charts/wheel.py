"""The goal wheel: a direction for every goal, so that what is missing is seen as well as what is there."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from izsa_desktop.charts.drawing import new_figure, to_svg
from izsa_desktop.charts.look import PAPER, Look, Say, Slice, ink, one_line, plain

if TYPE_CHECKING:
    from matplotlib.projections.polar import PolarAxes

_HOLE, _BAND = 0.36, 0.52
"""Radii: of the hole, and of the band that bears the names."""
_OUTSIDE = 1.11


def goal_wheel(
    slices: Sequence[Slice],
    look: Look = PAPER,
    *,
    centre: str = "",
    below: str = "",
    size: float = 240,
    say: Say = plain,
) -> str:
    """An SVG, ``size`` points wide and high. The area of a slice is its value.

    ``centre`` and ``below`` stand in the hole. Names are short (goal codes). No slices: an empty ring.
    """
    figure = new_figure(size, size)
    axes = cast("PolarAxes", figure.add_axes((0.04, 0.04, 0.92, 0.92), projection="polar"))
    axes.set_theta_zero_location("N")
    axes.set_theta_direction(-1)
    axes.set_ylim(0, 1.16)
    axes.set_axis_off()
    letters = size / 240 * 8
    step = math.tau / max(1, len(slices))
    most = max((one.value for one in slices), default=0) or 1
    for n, one in enumerate(slices):
        angle, width = n * step, step * 0.93
        axes.bar(angle, 1 - _BAND, width, _BAND, color=look.empty, linewidth=0)
        axes.bar(angle, _BAND - _HOLE - 0.015, width, _HOLE, color=one.color, linewidth=0)
        if one.value > 0:
            axes.bar(angle, _reach(one.value / most) - _BAND, width, _BAND, color=one.color, linewidth=0)
        middle: dict[str, Any] = {"ha": "center", "va": "center_baseline"}
        name = one_line(one.label, 4)
        axes.text(angle, (_HOLE + _BAND) / 2, name, size=letters, color=ink(one.color), weight=600, **middle)
        color, weight = (look.text, 600) if one.value > 0 else (look.soft, 400)
        axes.text(angle, _OUTSIDE, say(one.value), size=letters, color=color, weight=weight, **middle)
    _hole(axes, look, centre, below, size / 240)
    return to_svg(figure)


def _reach(share: float) -> float:
    """How far out a slice goes, so that its area beyond the band is this share of the whole."""
    return math.sqrt(_BAND**2 + share * (1 - _BAND**2))


def _hole(axes: "PolarAxes", look: Look, centre: str, below: str, scale: float) -> None:
    at: dict[str, Any] = {"ha": "center", "transform": axes.transAxes}
    axes.text(0.5, 0.5 if below else 0.47, one_line(centre, 9), size=20 * scale, color=look.text, weight=700, **at)
    axes.text(0.5, 0.435, one_line(below, 16), size=8 * scale, color=look.soft, **at)
