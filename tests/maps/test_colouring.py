"""What the projects on the map are coloured by: each value has a look of its own, for every eye, ground and printer."""

import json
import math
import re
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from shapely.geometry import shape

from izsa_desktop import reference, resource_files
from izsa_desktop.domain.facets import DUE, FRESH, STALE
from izsa_desktop.domain.mapped import SEVERAL
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.rows import Share
from izsa_desktop.i18n import Translator
from izsa_desktop.maps import colouring

R = reference.load()
TODAY = date(2026, 11, 23)
TABLE = {scheme["name"]: scheme for scheme in colouring.table(R, Translator("tr"))}
OURS = [name for name in colouring.SCHEMES if name != "goal"]
FEW = [name for name in OURS if name != "district"]
LIGHT, DARK = 0, 1
APART = 3.0
"""Contrast of a mark to what is around it (WCAG 2, 1.4.11)."""
SEEN_APART = 0.08
"""Distance of two colours in Oklab; 0.02 is just noticeable side by side."""
EYES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What eyes without one kind of cone see, in linear RGB (Machado, Oliveira, Fernandes 2009)."""

Colour = tuple[float, ...]


def values(scheme: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = TABLE[scheme]["values"]
    return found


def linear(colour: str) -> Colour:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def contrast(one: str, other: str) -> float:
    lights = sorted(sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def times(matrix: Iterable[Iterable[float]], colour: Colour) -> Colour:
    return tuple(sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)


def oklab(colour: Colour) -> Colour:
    clipped = tuple(min(1.0, max(0.0, part)) for part in colour)
    to_cones = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    to_lab = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return times(to_lab, tuple(part ** (1 / 3) for part in times(to_cones, clipped)))


def distance(one: str, other: str, eye: str) -> float:
    return math.dist(*(oklab(times(EYES[eye], linear(colour))) for colour in (one, other)))


def style(theme: int) -> dict[str, str]:
    """The colours of the style sheet in one theme."""
    text = resource_files.path("map/map.css").read_text(encoding="utf-8")
    block = text.split(':root[data-theme="dark"] {' if theme == DARK else ":root {")[1].split("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


# --- codes -----------------------------------------------------------------------------------------------------------


def codes(**fields: Any) -> dict[str, str]:
    return colouring.codes_of(Project(id="TUR035007/1", fields=ProjectFields(**fields)), TODAY)


def test_a_project_has_a_code_in_every_scheme() -> None:
    told = codes(
        goals=("13", "7"),
        status="sürüyor",
        district="TUR035007",
        review="onaylandı",
        confirmed="2026-11-01",
        dimensions=(Share(code="sosyal", percent=30), Share(code="çevresel", percent=70)),
    )
    assert tuple(told) == colouring.SCHEMES
    assert list(told.values()) == ["13", "sürüyor", "TUR035007", "çevresel", FRESH, "onaylandı"]
    assert set(codes().values()) == {colouring.NOT_STATED}


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ((), ""),
        ((("sosyal", 0), ("çevresel", 0)), ""),
        ((("sosyal", 50), ("çevresel", 50)), SEVERAL),
        ((("sosyal", 40), ("çevresel", 40), ("ekonomik", 20)), SEVERAL),
        ((("sosyal", 40), ("çevresel", 45), ("ekonomik", 15)), "çevresel"),
    ],
)
def test_the_dimension_is_the_one_with_the_greatest_share(shares: tuple[tuple[str, int], ...], code: str) -> None:
    assert codes(dimensions=tuple(Share(code=c, percent=p) for c, p in shares))["dimension"] == code


@pytest.mark.parametrize(
    ("day", "code"),
    [("2026-11-23", FRESH), ("2025-11-24", FRESH), ("2025-11-23", DUE), ("2024-11-24", DUE), ("2024-11-23", STALE)],
)
def test_freshness_counts_from_the_day_of_the_map(day: str, code: str) -> None:
    assert codes(confirmed=day)["freshness"] == code


# --- the table -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_value_of_every_scheme_has_a_name_and_a_look(language: str) -> None:
    table = colouring.table(R, Translator(language))
    assert tuple(scheme["name"] for scheme in table) == colouring.SCHEMES
    for scheme in table:
        assert [value["code"] for value in scheme["values"]][-2:] == [colouring.OTHER, colouring.NOT_STATED]
        assert len({value["code"] for value in scheme["values"]}) == len(scheme["values"])
        assert len({value["name"] for value in scheme["values"]}) == len(scheme["values"])
        for value in scheme["values"]:
            assert value["name"]
            assert all(re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) for colour in value["colors"])
            assert value["sign"] in {"", *colouring.signs()}


def test_goals_keep_their_official_colours_and_have_their_number() -> None:
    assert [(v["code"], *v["colors"], v["number"]) for v in values("goal")[:-2]] == [
        (goal.code, goal.color, goal.color, goal.code) for goal in R.goals
    ]


def test_every_word_of_the_vocabularies_has_a_look_of_its_own() -> None:
    for scheme in ("status", "dimension", "review"):
        assert {term.code for term in R.vocabularies[scheme]} <= {value["code"] for value in values(scheme)}
        grey = values(scheme)[-1]["colors"]
        assert [value["code"] for value in values(scheme)[:-2] if value["colors"] == grey] == []


def test_a_word_that_the_office_added_is_grey_and_named() -> None:
    wider = reference.with_terms(R, {"status": [{"code": "askıda", "tr": "Askıda", "en": "On hold"}]})
    scheme = next(s for s in colouring.table(wider, Translator("en")) if s["name"] == "status")
    added = next(value for value in scheme["values"] if value["code"] == "askıda")
    assert added["name"] == "On hold"
    assert added["colors"] == values("status")[-1]["colors"]


# --- looks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("scheme", OURS)
def test_every_colour_stands_out_from_the_ground_and_its_sign_from_the_colour(scheme: str, theme: int) -> None:
    colours = style(theme)
    for value in values(scheme):
        for ground in ("land", "mark-face"):  # the sign has the colour of the face
            assert contrast(value["colors"][theme], colours[ground]) >= APART, value


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("scheme", OURS)
def test_colours_of_a_scheme_can_be_told_apart_by_every_eye(scheme: str, theme: int, eye: str) -> None:
    seen = {value["colors"][theme] for value in values(scheme)}
    assert {pair for pair in combinations(sorted(seen), 2) if distance(*pair, eye) < SEEN_APART} == set()


@pytest.mark.parametrize("scheme", FEW)
def test_signs_tell_the_values_apart_where_there_is_no_colour(scheme: str) -> None:
    stated = [value["sign"] for value in values(scheme) if value["code"] != colouring.OTHER]
    assert len(set(stated)) == len(stated)


def test_colour_and_sign_together_name_one_district() -> None:
    looks = [(*value["colors"], value["sign"]) for value in values("district")]
    assert len(set(looks)) == len(looks) == 33


def test_districts_beside_each_other_never_have_the_same_colour() -> None:
    data = json.loads(resource_files.path("reference/izmir_districts.geojson").read_text(encoding="utf-8"))
    outlines = {feature["properties"]["code"]: shape(feature["geometry"]) for feature in data["features"]}
    colour = {value["code"]: value["colors"] for value in values("district")}
    beside = [(a, b) for a, b in combinations(outlines, 2) if outlines[a].distance(outlines[b]) < 0.01]
    assert len(beside) > 50
    assert [pair for pair in beside if colour[pair[0]] == colour[pair[1]]] == []
