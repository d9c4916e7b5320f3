"""The map page: folium builds the scaffold once, with local files only; projects come later, as data.

Rules: no inline script and no inline style (the content security policy forbids both), no address outside ``izsa:``,
and no text of a user in the page.
"""

import json
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import folium
import jinja2
from folium.template import Template

from izsa_desktop import resource_files
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.shape import MAX_VERTICES
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.maps import colouring, thematic
from izsa_desktop.maps.served import BASE, QWEBCHANNEL, SCAFFOLD

THEMES = ("light", "dark", "print")
BOUNDS = ((37.82533, 26.2056), (39.39361, 28.50225))
"""South-west and north-east corner of the 30 districts, degrees (lat, lon)."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)

MODULES = (
    *("host", "parts", "theme", "schemes", "columns", "painting", "sheet", "outlines", "base", "tiles", "labels"),
    *("marks", "shapes", "trees", "clusters", "overlay", "card", "controls", "legend", "choropleth", "links"),
    *("thematic", "timeline"),
)
"""Our scripts in the order in which they build on each other; ``map.js`` joins them at the end. The door to the program
is first: what it asks for comes meanwhile."""
DRAWING = ("snapping", "picking", "drawing", "tools", "editing")
"""Those with which a person sets places, lines and areas: only where a program keeps them."""


class IzmirMap(folium.Map):
    """folium's map without its remote files, inline styles and inline script."""

    default_js = [  # noqa: RUF012 - a list on the class, as folium has it
        ("leaflet", "/vendor/leaflet/leaflet.js"),
        ("supercluster", "/vendor/supercluster/supercluster.min.js"),
        ("qwebchannel", QWEBCHANNEL),
        ("leaflet-editable", "/vendor/leaflet-editable/Leaflet.Editable.js"),
        *((name, f"/map/{name}.js") for name in (*MODULES, *DRAWING)),
    ]
    default_css = [  # noqa: RUF012
        ("leaflet_css", "/vendor/leaflet/leaflet.css"),
        ("map_css", "/map/map.css"),
        ("drawing_css", "/map/drawing.css"),
    ]
    _template = Template(
        """
        {% macro html(this, kwargs) %}<main id={{ this.get_name()|tojson }}></main>{% endmacro %}
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {{ this.options|tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(
            location=[38.6, 27.2],
            tiles=None,
            zoom_start=9,
            prefer_canvas=True,
            zoom_control=False,
            attributionControl=False,
            minZoom=7,
            maxZoom=17,
            zoomSnap=0.25,
            wheelPxPerZoomLevel=100,
            maxBounds=[[36.0, 23.5], [41.2, 31.5]],
            maxBoundsViscosity=0.8,
            doubleClickZoom=True,
        )
        self._id = "izsa"  # folium's is random; ours is named in the scripts: map_izsa


@dataclass(frozen=True, slots=True)
class _Scaffold:
    """What folium makes, in parts."""

    header: str
    body: str
    script: str


@cache
def _scaffold() -> _Scaffold:
    page = IzmirMap()
    root: Any = page.get_root()  # a branca.element.Figure
    root.render()
    return _Scaffold(root.header.render(), root.html.render(), root.script.render())


def scaffold_js() -> str:
    """folium's script: it makes the Leaflet map ``map_izsa``."""
    return _scaffold().script


def scaffold_body() -> str:
    """folium's element in which the map is drawn."""
    return _scaffold().body


def page_html(
    reference: Reference, language: str, theme: str, projects: str = "", colours: colouring.Colouring | None = None
) -> str:
    """The page in a language (``tr``, ``en``) and a theme (``light``, ``dark``, ``print``).

    ``projects``: the address of the projects that the page shows first, so that it can read them meanwhile.
    """
    if language not in LANGUAGES or theme not in THEMES:
        raise ValueError(f"{language} {theme}")
    template = jinja2.Template(resource_files.path("map/page.html.j2").read_text(encoding="utf-8"))
    scaffold = _scaffold()
    html: str = template.render(
        language=language,
        theme=theme,
        policy=POLICY,
        title=Translator(language)("map.title"),
        header=scaffold.header,
        body=scaffold.body,
        config=inside_html(
            config(reference, language)
            | _for_a_program(reference, Translator(language))
            | ({"projects": projects} if projects else {})
            | ({"colouring": asdict(colours)} if colours else {})
        ),
        scripts=(SCAFFOLD, "/map/map.js"),
    )
    return html


def inside_html(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def config(reference: Reference, language: str) -> dict[str, Any]:
    """What the page is told before it begins: see ``resources/map/map.js``."""
    t = Translator(language)
    return {
        "language": language,
        "base": BASE,
        "bounds": BOUNDS,
        "schemes": colouring.table(reference, t),
        "signs": colouring.signs(),
        "colouring": asdict(colouring.Colouring()),
        "texts": _texts(t),
    }


def credit(t: Translator) -> str:
    """Whose work the base map is."""
    return " · ".join((t("map.credit_borders"), t("map.credit_osm"), t("map.credit_land"), t("map.credit_places")))


def _texts(t: Translator) -> dict[str, str]:
    """The page's own words. Sentences with ``{count}`` are filled by the page."""
    return {
        "zoomIn": t("map.zoom_in"),
        "zoomOut": t("map.zoom_out"),
        "home": t("map.home"),
        "credit": credit(t),
        "keyboardHelp": t("map.keyboard_help"),
        "untitled": t("map.untitled"),
        "approximate": t("map.approximate"),
        "ownProject": t("map.own_project"),
        "othersProject": t("map.others_project"),
        "lineProject": t("mapfile.lines"),
        "areaProject": t("mapfile.areas"),
        "severalHere": t("map.several_here"),
        "severalNear": t("map.several_near"),
        "clickToZoom": t("map.click_to_zoom"),
        "clickToList": t("map.click_to_list"),
        "more": t("map.more"),
        "close": t("map.close"),
        "noGoal": t("map.no_goal"),
        "legend": t("map.legend"),
        "colourBy": t("map.colour_by"),
        "legendHelp": t("map.legend_help"),
        "legendHidden": t("map.legend_hidden"),
        "legendAll": t("map.legend_all"),
        "legendFold": t("map.legend_fold"),
        "legendUnfold": t("map.legend_unfold"),
    }


def _for_a_program(reference: Reference, t: Translator) -> dict[str, Any]:
    """What only a page with a program behind it can do."""
    return {"thematic": thematic.options(reference, t), "drawing": _drawing_texts(t)}


def _drawing_texts(t: Translator) -> dict[str, str]:
    """The words of the drawing tools; sentences with ``{name}`` or ``{n}`` are filled by the page."""
    return {
        "pickHint": t("map.pick_hint"),
        "pickMove": t("map.pick_move"),
        "tools": t("drawing.tools"),
        "point": t("drawing.tool_point"),
        "line": t("drawing.tool_line"),
        "area": t("drawing.tool_area"),
        "undo": t("drawing.undo"),
        "remove": t("drawing.delete"),
        "leave": t("drawing.leave"),
        "hintFirstLine": t("drawing.hint_first_line"),
        "hintFirstArea": t("drawing.hint_first_area"),
        "hintNext": t("drawing.hint_next"),
        "hintMoreArea": t("drawing.hint_more_area"),
        "hintChange": t("drawing.hint_change"),
        "hintKeys": t("drawing.hint_keys"),
        "hintSnapped": t("drawing.hint_snapped"),
        "hintFull": t("drawing.hint_full", limit=t.number(MAX_VERTICES)),
        "vertex": t("drawing.vertex"),
        "newVertex": t("drawing.new_vertex"),
    }
