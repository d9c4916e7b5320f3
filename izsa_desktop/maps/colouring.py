"""What the projects on the map are coloured by. ``resources/map/palettes.json`` says how each value looks: a colour for
light ground, one for dark, and a sign that stays when colours do not (in grey, or to an eye that sees few of them).

Goals keep their official colours and have their number for a sign. What a project says nothing of, or says in a word
that this version does not know, is grey.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from izsa_desktop import resource_files
from izsa_desktop.domain.facets import DUE, FRESH, STALE, confirmed_on, freshness
from izsa_desktop.domain.mapped import SEVERAL, main_dimension
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import sort_key, visible
from izsa_desktop.i18n import Translator

SCHEMES = ("goal", "status", "district", "dimension", "freshness", "review")
"""In the order in which they are offered; the first one is the usual one."""
NOT_STATED = ""
OTHER = "?"
"""Stands for every code that this version does not know."""


@dataclass(frozen=True, slots=True)
class Colouring:
    """What a person chose in the legend."""

    scheme: str = SCHEMES[0]
    hidden: tuple[str, ...] = ()
    """Codes of the values of this scheme whose projects are not shown."""
    open: bool = True
    """Whether the legend is unfolded."""


def codes_of(project: Project, today: date) -> dict[str, str]:
    """The code of a project in each scheme, with hidden characters spelled out."""
    fields = project.fields
    return {
        "goal": shown(fields.goals[0]) if fields.goals else NOT_STATED,
        "status": shown(fields.status),
        "district": shown(fields.district),
        "dimension": shown(main_dimension(fields)),
        "freshness": freshness(confirmed_on(project), today),
        "review": shown(fields.review),
    }


@lru_cache(maxsize=1024)  # the same few codes stand in all records
def shown(code: str) -> str:
    """A code as a person may read it."""
    return visible(code)


@cache
def _palettes() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(resource_files.path("map/palettes.json").read_text(encoding="utf-8"))
    return data


def signs() -> Mapping[str, str]:
    """The signs as SVG paths round their middle, to be stroked."""
    found: dict[str, str] = _palettes()["signs"]
    return found


def table(reference: Reference, t: Translator) -> list[dict[str, Any]]:
    """The schemes for the page: ``name``, ``label`` and ``values`` with ``code``, ``name``, ``colors`` on light and on
    dark ground, ``sign`` and, for goals, ``number``. The last two of the values are ``OTHER`` and ``NOT_STATED``."""
    return [
        {
            "name": scheme,
            "label": t(f"map_colour.{scheme}"),
            "values": [*_values(scheme, reference, t), _grey(OTHER, scheme, t), _grey(NOT_STATED, scheme, t)],
        }
        for scheme in SCHEMES
    ]


def _values(scheme: str, reference: Reference, t: Translator) -> list[dict[str, Any]]:
    if scheme == "goal":
        return [
            {"code": g.code, "name": g.name[t.language], "colors": [g.color, g.color], "sign": "", "number": g.code}
            for g in reference.goals
        ]
    return [
        {"code": code, "name": name, **_look(*_palettes()["schemes"][scheme].get(code, ("grey", "dot")))}
        for code, name in _named(scheme, reference, t)
    ]


def _named(scheme: str, reference: Reference, t: Translator) -> Iterable[tuple[str, str]]:
    """The codes of a scheme with their names, in the order in which people look for them."""
    match scheme:
        case "district":
            for district in sorted(reference.districts, key=lambda district: sort_key(district.name)):
                yield district.code, district.name
            yield reference.province.code, reference.district_name(reference.province.code, t.language)
        case "freshness":
            for code in (FRESH, DUE, STALE):
                yield code, t(f"facet_value.{code}")
        case _:
            for term in reference.vocabularies[scheme]:
                yield term.code, term.label[t.language]
            if scheme == "dimension":
                yield SEVERAL, t("map_colour.several_dimensions")


def _look(color: str, sign: str) -> dict[str, Any]:
    return {"colors": _palettes()["colors"][color], "sign": sign}


def _grey(code: str, scheme: str, t: Translator) -> dict[str, Any]:
    if code == OTHER:
        return {"code": code, "name": t("map_colour.other"), **_look("grey", "dot")}
    name = t("map.no_goal") if scheme == "goal" else t("map_colour.not_stated")
    return {"code": code, "name": name, **_look("grey", "")}
