"""Wholes that divide into parts, and numbers beside each other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from izsa_desktop.charts.drawing import new_figure, to_svg
from izsa_desktop.charts.look import PAPER, Bar, Look, Part, Say, Stack, ink, one_line, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LETTERS = 8
"""Points: the size of a chart's texts."""
_ROW, _NAMES, _LEGEND = 22, 92, 24
_DIGIT = 5
"""Points of a digit, and of the room beside a number."""
_ROOM = 9
"""Percent of a row that a number needs."""


def balance(
    rows: Sequence[Stack], parts: Sequence[Part], look: Look = PAPER, *, width: float = 340, say: Say = plain
) -> str:
    """An SVG: each row a whole, divided into the parts in percent; as high as there are rows.

    Rows without names need no room for them.
    """
    names = _NAMES if any(row.label for row in rows) else 0
    height = _LEGEND + _ROW * max(1, len(rows))
    figure = new_figure(width, height)
    axes = figure.add_axes((names / width, 0, 1 - names / width, 1 - _LEGEND / height))
    axes.set_xlim(0, 100)
    axes.set_ylim(max(1, len(rows)) - 0.5, -0.5)
    axes.set_axis_off()
    for n, row in enumerate(rows):
        _name(axes, n, row.label, look)
        axes.barh(n, 100, 0.64, color=look.empty, linewidth=0)
        _stack(axes, n, row, parts, say)
    legend(figure, parts, look)
    return to_svg(figure)


def _name(axes: "Axes", at: int, label: str, look: Look) -> None:
    where: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "ha": "right", "va": "center_baseline"}
    axes.text(-0.025, at, one_line(label, 19), size=LETTERS, color=look.text, **where)


def _stack(axes: "Axes", at: int, row: Stack, parts: Sequence[Part], say: Say) -> None:
    whole = sum(row.values)
    start = 0.0
    for value, part in zip(row.values, parts, strict=True):
        share = value * 100 / whole if whole else 0
        axes.barh(at, share, 0.64, start, color=part.color, linewidth=0)
        if share >= _ROOM:
            middle: dict[str, Any] = {"ha": "center", "va": "center_baseline", "color": ink(part.color)}
            axes.text(start + share / 2, at, say(round(share)), size=LETTERS, weight=600, **middle)
        start += share


def legend(figure: "Figure", parts: Sequence[Part], look: Look) -> None:
    """Which colour is what, in a line at the top."""
    from matplotlib.patches import Patch

    # A name that begins with an underscore would be left out, so names are put in afterwards.
    made = figure.legend(
        [Patch(color=part.color, linewidth=0) for part in parts],
        ["·"] * len(parts),
        loc="upper left",
        ncols=max(1, len(parts)),
        frameon=False,
        fontsize=LETTERS,
        handlelength=0.9,
        handleheight=0.9,
        handletextpad=0.45,
        columnspacing=1.1,
        borderpad=0.1,
        borderaxespad=0.1,
        labelcolor=look.soft,
    )
    for text, part in zip(made.get_texts(), parts, strict=True):
        text.set_text(one_line(part.label, 26))


def columns(
    bars: Sequence[Bar],
    look: Look = PAPER,
    *,
    marked: str = "",
    width: float = 340,
    height: float = 150,
    say: Say = plain,
) -> str:
    """An SVG: upright bars, their numbers above and their names below; ``marked`` names one that stands out.

    Of many bars every second name is written, or every fifth; numbers stand above all bars as long as they fit there.
    """
    figure = new_figure(width, height)
    axes = figure.add_axes((0.01, 22 / height, 0.98, 1 - 36 / height))
    axes.set_xlim(-0.6, max(1, len(bars)) - 0.4)
    axes.set_ylim(0, max((bar.value for bar in bars), default=0) or 1)
    axes.set_axis_off()
    axes.axhline(0, color=look.line, linewidth=1)
    each = next((step for step in (1, 2, 5, 10) if len(bars) / step * 26 <= width), 20)
    named = next((n % each for n, bar in enumerate(bars) if bar.label == marked), 0)
    fits = len(bars) * (_DIGIT * max((len(say(bar.value)) for bar in bars), default=0) + _DIGIT) <= width
    for n, bar in enumerate(bars):
        stands_out = bar.label == marked
        axes.bar(n, bar.value, 0.72, color=look.accent if stands_out or not marked else look.line, linewidth=0)
        words: dict[str, Any] = {
            "textcoords": "offset points",
            "ha": "center",
            "weight": 700 if stands_out else 400,
            "color": look.text if stands_out else look.soft,
            "size": LETTERS,
        }
        if fits or n % each == named:
            axes.annotate(say(bar.value), (n, bar.value), xytext=(0, 3), **words)
        if n % each == named:
            axes.annotate(one_line(bar.label, 9), (n, 0), xytext=(0, -12), **words)
    return to_svg(figure)
