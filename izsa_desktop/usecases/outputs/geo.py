"""Projects on the map for geographic information systems: GeoJSON (RFC 7946) and GeoPackage. For outsiders.

A project has a feature for each place it is at: its point, its line or area, its further places. One without any place
has a feature without geometry, so that nobody counts too few.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from izsa_desktop.db.geopackage import Attribute, Layer, geopackage_bytes
from izsa_desktop.db.geopackage import Shape as Drawn
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.shape import AREA, LINE, Shape, geometry
from izsa_desktop.i18n import Translator
from izsa_desktop.maps.layers import districts_layer
from izsa_desktop.reports import qgis
from izsa_desktop.usecases.outputs.exact import plain_number
from izsa_desktop.usecases.outputs.formats import newest

_STEP = 500
_TEXT, _REAL, _WHOLE = "TEXT", "REAL", "INTEGER"
COLUMNS: tuple[tuple[str, str], ...] = (
    *((name, _TEXT) for name in ("id", "number", "part", "place_name", "title", "title_en", "purpose")),
    *((name, _TEXT) for name in ("district", "district_code", "neighbourhood", "main_goal", "goals", "targets")),
    *((name, _TEXT) for name in ("status", "kind", "theme", "audience", "start", "end", "owner", "partners")),
    ("audience_number", _WHOLE),
    ("co2e", _REAL),
    ("approximate", _WHOLE),
    *((name, _TEXT) for name in ("source", "updated")),
)
"""What stands beside each place, and as what; docs/cli.md says what it means."""
POINT, SITE, LINE_PART, AREA_PART, NOWHERE = "point", "site", "line", "area", ""


@dataclass(frozen=True, slots=True)
class _Place:
    part: str
    geometry: Mapping[str, Any] | None
    name: str = ""


def unplaced(projects: Sequence[Project]) -> int:
    """How many of them have no place on the map."""
    return sum(1 for project in projects if next(_places(project)).geometry is None)


def mended(projects: Sequence[Project]) -> int:
    """How many of them have an area that is handed on otherwise than it is stored, because no program could draw it."""
    areas = (project.fields.shape for project in projects)
    return sum(1 for area in areas if area is not None and area.type == AREA and not _is_sound(area))


def geojson(projects: Sequence[Project], known: Reference, t: Translator, step: Callable[[], None]) -> bytes:
    """One FeatureCollection; what the members of ``properties`` mean is in docs/cli.md."""
    features = []
    for count, project in enumerate(projects):
        if count % _STEP == 0:
            step()
        said = _said(project, known, t)
        for number, place in enumerate(_places(project)):
            about = said | {"part": place.part, "place_name": place.name or None}
            id_ = f"{project.id}#{number}" if number else project.id
            geometry_ = None if place.geometry is None else _right_handed(place.geometry)
            features.append({"type": "Feature", "id": id_, "geometry": geometry_, "properties": about})
    collection = {"type": "FeatureCollection", "name": "izsa", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def geopackage(
    projects: Sequence[Project], works: Mapping[str, int], known: Reference, t: Translator, step: Callable[[], None]
) -> bytes:
    """Layers of points, lines and areas, the projects without a place, and the districts with counts.

    ``works``: by project the number of its piece of work, see ``joint.work_numbers``.
    """
    rows: dict[str, list[tuple[Drawn | None, Sequence[Attribute]]]] = {POINT: [], LINE: [], AREA: [], NOWHERE: []}
    names = [name for name, _ in COLUMNS]
    for count, project in enumerate(projects):
        if count % _STEP == 0:
            step()
        said = _said(project, known, t)
        for place in _places(project):
            about = said | {"part": place.part, "place_name": place.name or None}
            sheet = {LINE_PART: LINE, AREA_PART: AREA, NOWHERE: NOWHERE}.get(place.part, POINT)
            rows[sheet].append((_shape(place.geometry), [about.get(name) for name in names]))
    other = t("outputs.no_goal")
    style = {kind: qgis.goal_style(kind, known, t.language, other) for kind in (qgis.MARKER, qgis.LINE, qgis.FILL)}
    layers = [
        _districts(projects, works, known, t),
        Layer("areas", t("outputs.layer_areas"), "POLYGON", COLUMNS, rows[AREA], style[qgis.FILL]),
        Layer("lines", t("outputs.layer_lines"), "LINESTRING", COLUMNS, rows[LINE], style[qgis.LINE]),
        Layer("points", t("outputs.layer_points"), "POINT", COLUMNS, rows[POINT], style[qgis.MARKER]),
        Layer("unplaced", t("outputs.layer_unplaced"), "", COLUMNS, rows[NOWHERE]),
    ]
    return geopackage_bytes(layers, f"{newest(projects)[:19]}.000Z", step)


def _districts(projects: Sequence[Project], works: Mapping[str, int], known: Reference, t: Translator) -> Layer:
    """The 30 districts, with how many projects run there, by their goals too; in each a piece of work counts once."""
    goals = [goal.code for goal in known.goals]
    told = [(project.fields.district, works[project.id], project.fields.goals) for project in projects]
    total = Counter(district for district, _ in {(district, work) for district, work, _ in told})
    had = {(district, work, code) for district, work, codes in told for code in codes}
    by_goal = Counter((district, code) for district, _, code in had)
    columns = [("code", _TEXT), ("name", _TEXT), ("population", _WHOLE), ("projects", _WHOLE)]
    columns += [(f"goal_{code}", _WHOLE) for code in goals]
    outlines = {f["properties"]["code"]: f["geometry"] for f in districts_layer(known)["features"]}
    rows: list[tuple[Drawn | None, Sequence[Attribute]]] = []
    for district in known.districts:
        counts = [total[district.code], *(by_goal[district.code, code] for code in goals)]
        outline = outlines.get(district.code)
        rows.append((_shape(outline, many=True), [district.code, district.name, district.population, *counts]))
    style = qgis.count_style(t("outputs.count_of_projects"))
    return Layer("districts", t("outputs.layer_districts"), "MULTIPOLYGON", columns, rows, style)


# --- one project -----------------------------------------------------------------------------------------------------


def _places(project: Project) -> Iterator[_Place]:
    f = project.fields
    found = False
    if f.location is not None:
        found = True
        yield _Place(POINT, {"type": "Point", "coordinates": [f.location.lon, f.location.lat]})
    if f.shape is not None:
        found = True
        if f.shape.type == LINE:
            yield _Place(LINE_PART, geometry(f.shape))
        else:
            yield from (_Place(AREA_PART, area) for area in _sound_areas(f.shape))
    for site in f.sites:
        if site.lat is not None and site.lon is not None:
            found = True
            at = {"type": "Point", "coordinates": [float(site.lon), float(site.lat)]}
            yield _Place(SITE, at, site.name or site.neighbourhood)
    if not found:
        yield _Place(NOWHERE, None)


def _sound_areas(shape: Shape) -> Iterator[Mapping[str, Any]]:
    """The area as it was stored or, where its outline crosses itself, the areas that it encloses.

    Such an area is refused when it is entered; but older records and other programs have some, and map programs draw
    nothing of them or refuse the file.
    """
    if _is_sound(shape):
        yield geometry(shape)
        return
    outline, *holes = shape.paths
    mended = shapely.make_valid(shapely.Polygon(outline, holes), method="structure", keep_collapsed=False)
    for part in shapely.get_parts(mended):
        if part.geom_type == AREA and not part.is_empty:
            yield json.loads(shapely.to_geojson(part))


def _is_sound(shape: Shape) -> bool:
    outline, *holes = shape.paths
    return bool(shapely.is_valid(shapely.Polygon(outline, holes)))


def _said(project: Project, known: Reference, t: Translator) -> dict[str, Attribute]:
    """What stands beside every place of a project: nothing personal."""
    f = project.fields

    def word(vocabulary: str, code: str) -> str | None:
        return known.vocabularies[vocabulary].label(code, t.language) if code else None

    notes = [f.audience_note] if isinstance(f.audience_note, str) else list(f.audience_note)
    audience = [known.vocabularies["audience"].label(code, t.language) for code in f.audience] + notes
    said: dict[str, Attribute] = {
        "id": project.id,
        "number": project.number,
        "title": f.title,
        "title_en": f.title_en,
        "purpose": f.purpose_en or f.purpose if t.language == "en" else f.purpose,
        "district": known.district_name(f.district, t.language) if f.district else None,
        "district_code": f.district,
        "neighbourhood": f.neighbourhood,
        "main_goal": f.goals[0] if f.goals else None,
        "goals": ";".join(f.goals),
        "targets": ";".join(f.targets),
        "status": word("status", f.status),
        "kind": word("kind", f.kind),
        "theme": word("theme", f.theme),
        "audience": "; ".join(filter(None, audience)),
        "start": f.start or f.start_planned,
        "end": f.end or f.end_planned,
        "owner": f.owner,
        "partners": "; ".join(partner.name for partner in f.partners if partner.name),
        "source": f.source,
        "updated": project.updated,
    }
    kept = {name: value or None for name, value in said.items()}
    kept["audience_number"] = f.audience_number
    kept["co2e"] = None if f.co2e is None else plain_number(f.co2e)
    kept["approximate"] = None if f.location is None else int(f.location.approximate)
    return kept


def _right_handed(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The geometry with outlines anticlockwise and holes clockwise, as RFC 7946 wants them."""
    if given["type"] != AREA:
        return given
    rings = [
        list(reversed(ring)) if _anticlockwise(ring) != (number == 0) else ring
        for number, ring in enumerate(given["coordinates"])
    ]
    return {"type": AREA, "coordinates": rings}


def _anticlockwise(ring: Sequence[Sequence[float]]) -> bool:
    return bool(shapely.is_ccw(shapely.LinearRing(ring)))


def _shape(given: Mapping[str, Any] | None, *, many: bool = False) -> Drawn | None:
    """``many``: a single area becomes a collection of one."""
    if given is None:
        return None
    made = shapely.from_geojson(json.dumps(_right_handed(given)))
    if many and isinstance(made, shapely.Polygon):
        made = shapely.MultiPolygon([made])
    west, south, east, north = (float(value) for value in shapely.bounds(made))
    wkb = shapely.to_wkb(made, byte_order=1)
    return Drawn(bytes(wkb), (west, south, east, north))
