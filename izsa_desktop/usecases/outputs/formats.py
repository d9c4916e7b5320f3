"""In which formats projects are written, for whom, and what the files are called."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from izsa_desktop.domain.project import Project

_NO_SAVE: Final = "2000-01-01T00:00:00Z"
XLSX, CSV, GEOJSON, GPKG, IATI, VLR, CDP, COVENANT = FORMATS = (
    *("xlsx", "csv", "geojson", "gpkg", "iati", "vlr", "cdp", "covenant"),
)
OWN = frozenset({XLSX, CSV})
"""Tables of one's own work; all others are for outsiders."""
_ENDINGS = {IATI: (".xml",), VLR: (".docx", ".xlsx"), CDP: (".xlsx",), COVENANT: (".xlsx",)}
"""What their files are called; others are called as they are. The ending chooses between several."""


def newest(projects: Iterable[Project]) -> str:
    """When the latest of these saves was made, as records write it: what a file tells as its time.

    So the same projects make the same file, byte for byte, whenever it is written.
    """
    return max((project.updated for project in projects if project.updated), default=_NO_SAVE)


def day_of(when: str) -> datetime:
    """The same as a moment."""
    try:
        return datetime.fromisoformat(when)
    except ValueError:  # as another program wrote it
        return datetime.fromisoformat(_NO_SAVE)


def endings(format_: str) -> tuple[str, ...]:
    """Endings of a format's files, the usual one first."""
    return _ENDINGS.get(format_, (f".{format_}",))
