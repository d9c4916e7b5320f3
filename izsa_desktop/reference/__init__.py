"""Reads ``resources/reference`` into the frozen values of ``domain.reference``."""

import json
from functools import cache
from typing import Any

from izsa_desktop import resource_files
from izsa_desktop.domain.reference import (
    District,
    Goal,
    Neighbourhood,
    Reference,
    Settlement,
    Target,
    vocabulary,
)


def _read(name: str) -> Any:
    return json.loads(resource_files.path(f"reference/{name}").read_text(encoding="utf-8"))


def _goal(row: dict[str, Any]) -> Goal:
    return Goal(
        code=str(row["number"]) if "number" in row else row["code"],
        color=row["color"],
        name={"tr": row["name_tr"], "en": row["name_en"]},
        statement={"tr": row["statement_tr"], "en": row["statement_en"]},
        targets=tuple(
            Target(t["code"], {"tr": t["title_tr"], "en": t["title_en"]}, t["text_en"]) for t in row.get("targets", ())
        ),
    )


@cache
def load() -> Reference:
    """All reference data. About 1,300 neighbourhoods and 169 targets: read once per process."""
    districts = []
    for feature in _read("izmir_districts.geojson")["features"]:
        p = feature["properties"]
        districts.append(District(p["code"], p["name"], p["population"], p["label_point"][1], p["label_point"][0]))
    return Reference(
        districts=tuple(districts),
        neighbourhoods=tuple(
            Neighbourhood(row["id"], row["district_code"], row["name"])
            for row in _read("izmir_neighbourhoods.json")["items"]
        ),
        settlements=tuple(
            Settlement(row["name"], row["district_code"], row["lat"], row["lon"], row["rank"])
            for row in _read("izmir_places.json")["items"]
        ),
        goals=tuple(_goal(row) for row in (*_read("sdg.json")["goals"], *_read("local_goals.json")["goals"])),
        vocabularies={name: vocabulary(rows) for name, rows in _read("vocabularies.json").items()},
    )
