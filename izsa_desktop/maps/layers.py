"""What the map page draws, as GeoJSON made from domain values. Texts of users are data here and stay data.

Every project is either on the map or among ``MapData.unplaced``: none is invisible. A project without a point of its
own stands at its neighbourhood's settlement or at its district's label point and is marked approximate.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from izsa_desktop import resource_files
from izsa_desktop.domain.placing import Placing, own_place
from izsa_desktop.domain.project import Location, Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.running import years
from izsa_desktop.domain.shape import geometry
from izsa_desktop.domain.text import visible
from izsa_desktop.maps.colouring import codes_of, shown
from izsa_desktop.maps.columns import block

TITLE_LIMIT = 300
"""Longer titles are cut for the map; the record has them whole."""


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
        """The features as UTF-8 JSON for the page: ``{blocks: [one of ``columns.block``]}``."""
        return msgspec.json.encode({"blocks": [block(self.features["features"])]})


NOTHING = MapData({"type": "FeatureCollection", "features": []})


def _read(name: str) -> Any:
    return json.loads(resource_files.path(f"reference/{name}").read_text(encoding="utf-8"))


def context_layer(language: str) -> dict[str, Any]:
    """Neighbouring provinces and countries, islands (polygons), names of seas (points): ``label``, ``at``."""
    features = []
    for feature in _read("context.geojson")["features"]:
        p = feature["properties"]
        label = p["name"] if language == "tr" else p["name_en"]
        kept = {"kind": p["kind"], "label": label, "at": p.get("label_point"), "rank": p.get("rank", 0)}
        features.append({"type": "Feature", "properties": kept, "geometry": feature["geometry"]})
    return {"type": "FeatureCollection", "features": features}


def districts_layer(reference: Reference) -> dict[str, Any]:
    """The outlines of the districts, with ``code``, ``label``, label point ``at`` and ``population``."""
    collection = json.loads(reference.outlines) if reference.outlines else _read("izmir_districts.geojson")
    outlines = {f["properties"]["code"]: f["geometry"] for f in collection["features"]}
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
        "context": context_layer(language),
        "districts": districts_layer(reference),
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
    title = visible(project.fields.title)
    first, last = years(project.fields)
    feature = {
        "type": "Feature",
        "id": project.id,
        "properties": {
            "title": title if len(title) <= TITLE_LIMIT else f"{title[:TITLE_LIMIT]}…",
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
