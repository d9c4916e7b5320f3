"""What the program's page is made of, and where it is served. Loads nothing: only ``make`` loads folium."""

from dataclasses import dataclass

from izsa_desktop.domain.reference import Reference
from izsa_desktop.maps.colouring import Colouring

SCAFFOLD = "/map/scaffold.js"
"""Where folium's script is served: the policy forbids it inside the page."""
BASE = "/map/base.json"
"""Where the page looks for ``layers.base_json``."""
QWEBCHANNEL = "/map/qwebchannel.js"
"""Where the page looks for Qt's own script of the message channel."""
PROJECTS = "/map/projects.bin"
"""Where the page looks for the projects that it shows first."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page in one language and the colours of now."""

    page: str
    scaffold: str
    base: bytes


def make(reference: Reference, language: str, theme: str, colours: Colouring) -> Made:
    """The page; takes a quarter of a second the first time."""
    from izsa_desktop.maps import layers, page

    html = page.page_html(reference, language, theme, PROJECTS, colours)
    return Made(html, page.scaffold_js(), layers.base_json(reference, language))
