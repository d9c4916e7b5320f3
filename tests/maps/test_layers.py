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
        },
        "geometry": {"type": "Point", "coordinates": [27.22, 38.46]},
    }


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
    assert len(json.loads(data.to_json())["features"]) == len(shown)


def test_the_base_has_all_districts_and_names_in_the_language() -> None:
    base = {language: json.loads(layers.base_json(R, language)) for language in ("tr", "en")}
    assert len(base["tr"]["districts"]["features"]) == 30
    assert len(base["tr"]["places"]["features"]) == len(R.settlements)
    names = {language: {f["properties"]["label"] for f in base[language]["context"]["features"]} for language in base}
    assert {"Ege Denizi", "Sakız", "Manisa"} <= names["tr"]
    assert {"Aegean Sea", "Chios", "Manisa"} <= names["en"]
