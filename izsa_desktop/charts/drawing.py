"""The way from a figure of matplotlib to an SVG text of ours.

matplotlib is loaded when the first chart is drawn, which takes a third of a second: not on the thread of a window. On
a computer's first chart it looks for that computer's fonts once, and keeps what it found in our cache folder. What a
person has set for matplotlib elsewhere on the computer changes nothing here.
"""

import io
import os
import re
import warnings
import xml.etree.ElementTree as ET
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import platformdirs

from izsa_desktop import resource_files

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FAMILY = "Inter"
_POINTS_PER_INCH = 72
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_REFERENCE = re.compile(r"#([A-Za-z_][\w.-]*)")
_SETTINGS: Any = {
    "axes.unicode_minus": True,
    "font.family": [FAMILY],
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "izsa",
    "text.parse_math": False,  # a title may hold dollar signs
}
_drawing = Lock()
"""matplotlib's fonts and settings are one per process."""


def new_figure(width: float, height: float) -> "Figure":
    """An empty figure of a size in points."""
    _load()
    from matplotlib.figure import Figure

    return Figure(figsize=(width / _POINTS_PER_INCH, height / _POINTS_PER_INCH))


def to_svg(figure: "Figure") -> str:
    """The figure as an ``svg`` element for an HTML document or a file, without a declaration.

    It has a ``viewBox`` in points and no size of its own, no background, and no style that could reach outside it.
    """
    file = io.StringIO()
    with _drawing, warnings.catch_warnings():
        # A letter that the typeface lacks is drawn by another one where the drawing is shown.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        figure.savefig(file, format="svg", transparent=True, metadata=nothing)
    return _tidy(file.getvalue())


@cache
def _load() -> None:
    os.environ.setdefault("MPLCONFIGDIR", str(platformdirs.user_cache_path("izsa-desktop", appauthor=False)))
    import matplotlib as mpl
    from matplotlib import font_manager

    mpl.rcdefaults()
    mpl.rcParams.update(_SETTINGS)
    for file in sorted(resource_files.path("fonts").glob(f"{FAMILY}-*.ttf")):
        font_manager.fontManager.addfont(file)


def _tidy(svg: str) -> str:
    """Without what is matplotlib's own: metadata, a style for every element of the page, names that nothing uses."""
    root = ET.fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"):
                parent.remove(child)
    used = {name for one in root.iter() for value in one.attrib.values() for name in _REFERENCE.findall(value)}
    for one in root.iter():
        if one.get("id") not in used:
            one.attrib.pop("id", None)
        if (path := one.get("d")) is not None:
            one.set("d", " ".join(path.split()))
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("style", "stroke-linejoin:round;stroke-linecap:butt")
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    return ET.tostring(root, encoding="unicode")
