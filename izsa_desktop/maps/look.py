"""What somebody wants a map to look like on paper or in a file. Light to load: nothing of the page itself is here."""

from dataclasses import dataclass, field

import msgspec

from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.thematic import Choice

SIZES = {"A4": (210, 297), "A3": (297, 420)}
"""Width and height of the papers in millimetres, upright."""
DPI = 300
"""Dots to an inch of a picture that is printed."""
DRAWN = "izsa-drawn"
"""The document's title when a map on paper is ready to be printed (``mapfile/paper.js``)."""
_INCH_MM = 25.4
_LEAST_ROOM = 1e-4
"""Degrees: about 10 m."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed on."""

    size: str = "A4"
    landscape: bool = True

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise ValueError(self.size)

    def dots(self, dpi: int) -> tuple[int, int]:
        """Width and height in pixels of a picture of the whole sheet."""
        wide, high = (round(length / _INCH_MM * dpi) for length in SIZES[self.size])
        return (high, wide) if self.landscape else (wide, high)

    @property
    def lies(self) -> str:
        """``landscape`` or ``portrait``."""
        return "landscape" if self.landscape else "portrait"


@dataclass(frozen=True, slots=True)
class Caption:
    """What is written over and under a map. Everything is text."""

    title: str
    lines: tuple[str, ...] = ()
    """What is shown: whose projects, how many, found by what."""
    made: str = ""
    """When and by whom."""


Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def box_of(said: object) -> Box | None:
    """What a page says of its view, as JSON; None when it is not a part of the earth with some room."""
    try:
        west, south, east, north = msgspec.json.decode(said, type=Box) if isinstance(said, str) else (0.0,) * 4
    except msgspec.DecodeError:
        return None
    possible = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if possible and min(east - west, north - south) > _LEAST_ROOM else None


@dataclass(frozen=True, slots=True)
class Look:
    """How the map shows its projects."""

    view: Box | None = None
    """What is seen at first; None: the whole province."""
    colouring: Colouring = field(default_factory=Colouring)
    choice: Choice = field(default_factory=Choice)
    """What of the districts, of which year, with joint work or without."""
