"""In which formats projects are written, for whom, and what the files are called."""

XLSX, CSV, GEOJSON, GPKG, IATI, VLR, CDP, COVENANT = FORMATS = (
    *("xlsx", "csv", "geojson", "gpkg", "iati", "vlr", "cdp", "covenant"),
)
OWN = frozenset({XLSX, CSV})
"""Tables of one's own work; all others are for outsiders."""
_ENDINGS = {IATI: (".xml",), VLR: (".docx", ".xlsx"), CDP: (".xlsx",), COVENANT: (".xlsx",)}
"""What their files are called; others are called as they are. The ending chooses between several."""


def endings(format_: str) -> tuple[str, ...]:
    """Endings of a format's files, the usual one first."""
    return _ENDINGS.get(format_, (f".{format_}",))
