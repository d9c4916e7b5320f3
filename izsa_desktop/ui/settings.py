"""What the window remembers, declared once. It lies beside the database and is never needed: without it, defaults."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


@dataclass(frozen=True, slots=True)
class Remembered:
    """A text that is remembered under a name."""

    name: str
    default: str = ""


THEME = Remembered("window/theme", "system")
TEXT_SIZE = Remembered("window/text", "100")
"""In percent of the usual size."""
REQUEST_WRITTEN = Remembered("exchange/request_written")
"""The file name of the enrolment request that was written here, to show that step as done."""
LAST_FOLDER = Remembered("exchange/folder")
SPELLING = Remembered("form/spelling", "on")
"""``on`` or ``off``."""
MAP_COLOURS = Remembered("map/colours")
"""What the colours of the map mean: a name of ``maps.colouring.SCHEMES``."""
MAP_HIDDEN = Remembered("map/hidden")
"""What the map's legend hides: a JSON list of codes."""
MAP_LEGEND = Remembered("map/legend", "open")
"""``open`` or ``folded``."""
MAP_VIEW = Remembered("map/view")
"""What the map shows of the districts: a JSON object of ``maps.thematic.Choice``."""
BASE_MAP = Remembered("map/base")
"""The path of the file of tiles under the map, empty for none."""
GEOMETRY, SPLITTER = "window/geometry", "window/splitter"


class Settings:
    """The window's memory for one workplace."""

    def __init__(self, folder: Path) -> None:
        self._kept = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def text(self, which: Remembered) -> str:
        return str(self._kept.value(which.name, which.default))

    def set_text(self, which: Remembered, value: str) -> None:
        self._kept.setValue(which.name, value)

    def layout(self, name: str) -> QByteArray:
        """The remembered arrangement of a window or splitter, empty at first."""
        value = self._kept.value(name, QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, name: str, value: QByteArray) -> None:
        self._kept.setValue(name, value)
