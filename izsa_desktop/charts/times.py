"""What runs from when to when."""

from collections.abc import Sequence
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from izsa_desktop.charts.bars import LETTERS, legend
from izsa_desktop.charts.drawing import new_figure, to_svg
from izsa_desktop.charts.look import PAPER, Look, Part, Span, one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW, _NAMES, _YEARS, _LEGEND = 16, 150, 18, 22
_SHARE = 0.42
"""Of the width, that names have at most."""
_LETTER = 4.9
"""Points of a letter of a name, about."""
_YEAR = 34
"""Points that the name of a year needs."""


def timeline(
    spans: Sequence[Span],
    look: Look = PAPER,
    *,
    today: float,
    parts: Sequence[Part] = (),
    since: float | None = None,
    width: float = 460,
) -> str:
    """An SVG: a row for each span, an arrow where it is open, a line for today.

    ``parts`` tells the colours. ``since``: what was before is cut off, with an arrow too.
    """
    names = min(_NAMES, _SHARE * width)
    top = _LEGEND if parts else 4
    height = top + _YEARS + _ROW * max(1, len(spans))
    figure = new_figure(width, height)
    axes = figure.add_axes((names / width, _YEARS / height, 1 - (names + 12) / width, 1 - (top + _YEARS) / height))
    first = floor(min([span.first for span in spans] + [today])) if since is None else since
    last = ceil(max([span.last or today for span in spans] + [today + 0.5]))
    axes.set_xlim(first, last)
    axes.set_ylim(max(1, len(spans)) - 0.5, -0.5)
    _years(axes, (first, last), width - names, look)
    for n, span in enumerate(spans):
        where: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "ha": "right", "va": "center_baseline"}
        axes.text(-0.02, n, one_line(span.label, int(names / _LETTER)), size=LETTERS, color=look.text, **where)
        _span(axes, n, span, first, last)
    axes.axvline(today, color=look.accent, linewidth=1.2, linestyle=(0, (3, 2)))
    if parts:
        legend(figure, parts, look)
    return to_svg(figure)


def _span(axes: "Axes", at: int, span: Span, first: float, last: float) -> None:
    start, end = max(span.first, first), last if span.last is None else max(span.last, first)
    shortest = (last - first) / 120
    axes.barh(at, max(end - start, shortest), 0.6, start, color=span.color, linewidth=0)
    drawn: dict[str, Any] = {"color": span.color, "markersize": 6, "clip_on": False}
    if span.last is None:
        axes.plot([last], [at], marker=">", **drawn)
    if span.first < first:
        axes.plot([first], [at], marker="<", **drawn)


def _years(axes: "Axes", between: tuple[float, float], room: float, look: Look) -> None:
    """The years below, as many as there is room for, thin lines above them, and no frame."""
    first, last = between
    each = next((step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step * _YEAR <= room), 100)
    years = [year for year in range(ceil(first), floor(last) + 1) if year % each == 0]
    axes.set_xticks(years, [str(year) for year in years])
    axes.tick_params(axis="x", length=0, labelsize=LETTERS, labelcolor=look.soft)
    axes.set_yticks([])
    axes.grid(axis="x", color=look.line, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_frame_on(False)
