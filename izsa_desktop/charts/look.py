"""How charts look, and the values that they are drawn from."""

from collections.abc import Callable
from dataclasses import dataclass

_DARK_INK, _LIGHT_INK = "#1b2329", "#ffffff"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as ``#rrggbb``. ``series`` are told apart beside each other and from the background."""

    text: str
    soft: str
    line: str
    empty: str
    """Where nothing is."""
    accent: str
    series: tuple[str, str, str, str]


PAPER = Look("#1b292f", "#55656c", "#c4ced3", "#edf1f3", "#0b6b80", ("#2f7d4f", "#a8620a", "#2b6cb0", "#7a4fa3"))
"""For white paper."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One direction of the wheel: a goal's short name, and how much of it there is."""

    label: str
    value: float
    color: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a whole divides into."""

    label: str
    color: str


@dataclass(frozen=True, slots=True)
class Stack:
    """A whole: how much of each part. All zero: nothing is known of it."""

    label: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with a name."""

    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Span:
    """From a time to another, as years with fractions; ``last`` is None while it is open."""

    label: str
    first: float
    last: float | None
    color: str


Say = Callable[[float], str]
"""A number as people read it."""


def plain(value: float) -> str:
    """Without what follows the point where nothing does."""
    return f"{value:.10g}"


def ink(color: str) -> str:
    """What can be read on this colour (3:1, large letters): white as on the official tiles, else nearly black."""
    light = 1.05 / (_luminance(color) + 0.05)
    return _LIGHT_INK if light >= 3 else _DARK_INK


def one_line(text: str, most: int) -> str:
    """A text that fits, by its number of letters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def _luminance(color: str) -> float:
    """Relative luminance of ``#rrggbb`` after WCAG 2."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
