"""What the map page draws, as GeoJSON made from domain values. Texts of users are data here and stay data.

Every project is either on the map or among ``MapData.unplaced``: none is invisible. A project without a point of its
own stands at its neighbourhood's settlement or at its district's label point and is marked approximate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

import msgspec

from izsa_desktop import resource_files
from izsa_desktop.domain.mapped import label
from izsa_desktop.domain.placing import Placing, own_place
from izsa_desktop.domain.project import Location, Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.running import years
from izsa_desktop.domain.shape import geometry
from izsa_desktop.maps.colouring import codes_of, shown
from izsa_desktop.maps.columns import block, of_features, pack


class OnMap(Protocol):
    """What the page of the program is given to draw."""

    @property
    def placed(self) -> int:
        """How many projects are on the map."""

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Ids of the projects that have no place: province-wide ones and those that name none."""

    def packed(self) -> bytes:
        """The projects as the page takes them: see ``columns.pack``."""


@dataclass(frozen=True, slots=True)
class MapData:
    """What is shown of a list of projects: ``features`` is a GeoJSON FeatureCollection of points.

    A project along a line or on an area has that geometry besides, as ``shape`` of its feature.
    """

    features: Mapping[str, Any]
    unplaced: tuple[str, ...] = ()
    """Ids of the projects that have no place: province-wide ones and those that name none."""

    @property
    def placed(self) -> int:
        """How many projects are on the map."""
        return len(self.features["features"])

    def to_json(self) -> bytes:
        """The features as UTF-8 JSON for a page that stands alone: see ``columns.block``."""
        return msgspec.json.encode(block(self.features["features"]))

    def packed(self) -> bytes:
        """The same for the page of the program: see ``columns.pack``."""
        return pack(of_features(self.features["features"]))


NOTHING = MapData({"type": "FeatureCollection", "features": []})


class _Feature(msgspec.Struct):
    """Of a layer that is only handed on: nobody here looks at its outlines."""

    properties: dict[str, Any]
    geometry: msgspec.Raw


class _Collection(msgspec.Struct):
    features: list[_Feature]


def _features(content: bytes) -> list[_Feature]:
    return msgspec.json.decode(content, type=_Collection).features


def _read(name: str) -> bytes:
    return resource_files.path(f"reference/{name}").read_bytes()


def _context(language: str) -> dict[str, Any]:
    """Neighbouring provinces and countries, islands (polygons), names of seas (points): ``label``, ``at``."""
    features = []
    for feature in _features(_read("context.geojson")):
        p = feature.properties
        label = p["name"] if language == "tr" else p["name_en"]
        kept = {"kind": p["kind"], "label": label, "at": p.get("label_point"), "rank": p.get("rank", 0)}
        features.append({"type": "Feature", "properties": kept, "geometry": feature.geometry})
    return {"type": "FeatureCollection", "features": features}


def districts_layer(reference: Reference) -> dict[str, Any]:
    """The outlines of the districts, with ``code``, ``label``, label point ``at`` and ``population``."""
    layer: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(_districts(reference)))
    return layer


def _districts(reference: Reference) -> dict[str, Any]:
    features = _features(reference.outlines or _read("izmir_districts.geojson"))
    outlines = {feature.properties["code"]: feature.geometry for feature in features}
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": d.code,
                "properties": {"code": d.code, "label": d.name, "at": [d.lon, d.lat], "population": d.population},
                "geometry": outlines[d.code],
            }
            for d in reference.districts
        ],
    }


def places_layer(reference: Reference) -> dict[str, Any]:
    """Settlements as points with ``label`` and ``rank`` (1 the city, 2 a district's centre, … 5 a small place)."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"label": s.name, "rank": s.rank},
                "geometry": {"type": "Point", "coordinates": [s.lon, s.lat]},
            }
            for s in reference.settlements
        ],
    }


def base_json(reference: Reference, language: str) -> bytes:
    """The three layers below the projects as one JSON document ``{context, districts, places}``, for the page."""
    layers = {
        "context": _context(language),
        "districts": _districts(reference),
        "places": places_layer(reference),
    }
    return msgspec.json.encode(layers)


def project_features(projects: Iterable[Project], reference: Reference, today: date) -> MapData:
    """Points for the projects, in their order; deleted ones are left out. ``today`` says how fresh they are."""
    places = Placing(reference)
    features = []
    unplaced = []
    for project in projects:
        if project.deleted:
            continue
        location = own_place(project.fields) or places.of(project.fields)
        if location is None:
            unplaced.append(project.id)
        else:
            features.append(_feature(project, location, today))
    return MapData({"type": "FeatureCollection", "features": features}, tuple(unplaced))


@lru_cache(maxsize=4096)
def _goals(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(shown, codes))


def _feature(project: Project, location: Location, today: date) -> dict[str, Any]:
    first, last = years(project.fields, today)
    feature = {
        "type": "Feature",
        "id": project.id,
        "properties": {
            "title": label(project.fields),
            **codes_of(project, today),
            "goals": _goals(project.fields.goals),
            "approximate": location.approximate,
            "shared": project.shared,
            "first": first,
            "last": last,
        },
        "geometry": {"type": "Point", "coordinates": [location.lon, location.lat]},
    }
    if project.fields.shape is not None:
        feature["shape"] = geometry(project.fields.shape)
    return feature
