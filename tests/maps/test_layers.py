"""Projects as GeoJSON: where each one stands, and that none gets lost."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop import reference
from izsa_desktop.domain.project import Location, Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.shape import LINE, Shape
from izsa_desktop.maps import layers

R = reference.load()
BORNOVA = R.district("Bornova")
HEADS = ("ab" * 32,)
TODAY = date(2026, 11, 23)


def one(deleted: bool = False, **fields: Any) -> dict[str, Any]:
    project = Project(id="TUR035007/1", fields=ProjectFields(**fields), heads=HEADS, deleted=deleted)
    (feature,) = layers.project_features([project], R, TODAY).features["features"]
    assert isinstance(feature, dict)
    return feature


def test_a_project_with_its_own_point() -> None:
    feature = one(
        title="Güneş", goals=("7", "13"), district=BORNOVA.code, status="sürüyor", location=Location(38.46, 27.22)
    )
    assert feature == {
        "type": "Feature",
        "id": "TUR035007/1",
        "properties": {
            "title": "Güneş",
            "goal": "7",
            "status": "sürüyor",
            "district": BORNOVA.code,
            "dimension": "",
            "freshness": "",
            "review": "",
            "goals": ("7", "13"),
            "approximate": False,
            "shared": False,
            "first": 0,
            "last": 0,
        },
        "geometry": {"type": "Point", "coordinates": [27.22, 38.46]},
    }


def test_a_project_along_a_line_or_on_an_area_has_it_besides_its_point() -> None:
    line = Shape(LINE, (((27.2, 38.4), (27.2, 38.5)),))
    feature = one(shape=line, district=BORNOVA.code)
    assert feature["shape"] == {"type": "LineString", "coordinates": [[27.2, 38.4], [27.2, 38.5]]}
    assert feature["geometry"] == {"type": "Point", "coordinates": [27.2, 38.45]}
    assert feature["properties"]["approximate"] is False
    own = one(shape=line, location=Location(38.46, 27.22, True))
    assert own["geometry"]["coordinates"] == [27.22, 38.46]
    assert own["properties"]["approximate"] is True
    assert "shape" not in one(location=Location(38.46, 27.22))


def test_a_project_says_in_which_years_it_ran() -> None:
    found = one(district=BORNOVA.code, start="2021-05", end="2023")["properties"]
    assert (found["first"], found["last"]) == (2021, 2023)


@pytest.mark.parametrize("name", ["Sığacık", "SIĞACIK", "Sığacık Mahallesi", "sığacık mah."])
def test_without_a_point_it_stands_at_its_neighbourhood(name: str) -> None:
    place = next(s for s in R.settlements if s.name == "Sığacık")
    feature = one(district=place.district, neighbourhood=name)
    assert feature["geometry"]["coordinates"] == [place.lon, place.lat]
    assert feature["properties"]["approximate"] is True


def test_a_neighbourhood_of_another_district_does_not_count() -> None:
    feature = one(district=BORNOVA.code, neighbourhood="Sığacık")
    assert feature["geometry"]["coordinates"] == [BORNOVA.lon, BORNOVA.lat]
    assert feature["properties"]["approximate"] is True


def test_province_wide_projects_with_a_point_are_on_the_map() -> None:
    assert one(district=OFFICE, location=Location(38.43, 27.14))["properties"]["district"] == OFFICE


def test_hidden_characters_are_spelled_out_and_long_titles_cut() -> None:
    assert one(title="a\u202eb", district=BORNOVA.code)["properties"]["title"] == "a␣U+202E␣b"
    assert one(title="x" * 5000, district=BORNOVA.code)["properties"]["title"] == "x" * 300 + "…"


def test_hidden_characters_of_codes_are_spelled_out() -> None:
    assert one(district="a\u202eb", goals=("x\u202e",), location=Location(38.4, 27.1))["properties"] == {
        **one(location=Location(38.4, 27.1))["properties"],
        "district": "a␣U+202E␣b",
        "goal": "x␣U+202E␣",
        "goals": ("x␣U+202E␣",),
    }


districts = st.sampled_from(["", OFFICE, "TUR999", *(d.code for d in R.districts)])
locations = st.none() | st.builds(Location, st.floats(36, 41), st.floats(24, 30), st.booleans())
projects = st.lists(
    st.builds(
        lambda n, district, location, deleted: Project(
            id=f"x/{n}", fields=ProjectFields(district=district, location=location), deleted=deleted
        ),
        st.integers(),
        districts,
        locations,
        st.booleans(),
    ),
    max_size=20,
)


@given(projects)
def test_every_project_is_on_the_map_or_counted(listed: list[Project]) -> None:
    data = layers.project_features(listed, R, TODAY)
    shown = [feature["id"] for feature in data.features["features"]]
    assert sorted([*shown, *data.unplaced]) == sorted(p.id for p in listed if not p.deleted)
    assert data.placed == len(shown)
    assert json.loads(data.to_json())["ids"] == shown


def test_the_base_has_all_districts_and_names_in_the_language() -> None:
    base = {language: json.loads(layers.base_json(R, language)) for language in ("tr", "en")}
    assert len(base["tr"]["districts"]["features"]) == 30
    assert len(base["tr"]["places"]["features"]) == len(R.settlements)
    names = {language: {f["properties"]["label"] for f in base[language]["context"]["features"]} for language in base}
    assert {"Ege Denizi", "Sakız", "Manisa"} <= names["tr"]
    assert {"Aegean Sea", "Chios", "Manisa"} <= names["en"]
