"""Reads ``resources/reference`` into the frozen values of ``domain.reference``."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
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
    Vocabulary,
    vocabulary,
)


def _read(name: str) -> Any:
    return json.loads(resource_files.path(f"reference/{name}").read_text(encoding="utf-8"))


_DIMENSIONS = {"environmental": "çevresel", "economic": "ekonomik", "social": "sosyal"}


def _dimensions(row: Mapping[str, Any]) -> tuple[str, ...]:
    """As codes of the vocabulary, the goal's own one first; goal 17 has none but governance."""
    governance = ["yönetişim"] if row.get("governance") else []
    own = [_DIMENSIONS[row["dimension"]]] if row.get("dimension") else []
    return tuple(dict.fromkeys([*own, *governance, *(_DIMENSIONS[name] for name in row.get("dimensions", ()))]))


def _goal(row: Mapping[str, Any]) -> Goal:
    return Goal(
        code=str(row["number"]) if "number" in row else row["code"],
        color=row["color"],
        name={"tr": row["name_tr"], "en": row["name_en"]},
        statement={"tr": row["statement_tr"], "en": row["statement_en"]},
        targets=tuple(
            Target(t["code"], {"tr": t["title_tr"], "en": t["title_en"]}, t["text_en"]) for t in row.get("targets", ())
        ),
        dimensions=_dimensions(row),
    )


def with_local_goals(known: Reference, rows: Sequence[Mapping[str, str]]) -> Reference:
    """The reference with the network's own goals behind the 17."""
    return replace(known, goals=(*(goal for goal in known.goals if not goal.local), *map(_goal, rows)))


def with_terms(known: Reference, added: Mapping[str, Sequence[Mapping[str, str]]]) -> Reference:
    """The reference with further words behind those of its vocabularies; what is there already stays as it is."""
    longer = {name: _longer(words, added.get(name, ())) for name, words in known.vocabularies.items()}
    return replace(known, vocabularies=longer)


def _longer(words: Vocabulary, rows: Sequence[Mapping[str, str]]) -> Vocabulary:
    return Vocabulary((*words, *(term for term in vocabulary(rows) if words.get(term.code) is None))) if rows else words


@cache
def load() -> Reference:
    """All reference data. About 1,300 neighbourhoods and 169 targets: read once per process."""
    districts = []
    abbreviations = _read("abbreviations.json")["abbreviations"]
    for feature in _read("izmir_districts.geojson")["features"]:
        p = feature["properties"]
        lon, lat = p["label_point"]
        districts.append(District(p["code"], p["name"], p["population"], lat, lon, abbreviations[p["code"]]))
    return Reference(
        districts=tuple(districts),
        neighbourhoods=tuple(
            Neighbourhood(row["id"], row["district_code"], row["name"], row["population"])
            for row in _read("izmir_neighbourhoods.json")["items"]
        ),
        settlements=tuple(
            Settlement(row["name"], row["district_code"], row["lat"], row["lon"], row["rank"])
            for row in _read("izmir_places.json")["items"]
        ),
        goals=tuple(_goal(row) for row in _read("sdg.json")["goals"]),
        vocabularies={name: vocabulary(rows) for name, rows in _read("vocabularies.json").items()},
    )
