"""In which neighbourhoods a project stands."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from izsa_desktop.domain.neighbourhoods import Neighbourhoods
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Site
from tests.support import BORNOVA, REFERENCE

KNOWN = Neighbourhoods(REFERENCE)
NAMES = {one.id: one.name for one in REFERENCE.neighbourhoods}
KONAK, KIRAZ = "TUR035021", "TUR035020"


def names(**said: object) -> set[str]:
    usual = ProjectFields(district=BORNOVA)
    return {NAMES[id_] for id_ in KNOWN.of(replace(usual, **said))}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Kazımdirik", {"Kazımdirik"}),
        ("KAZIMDİRİK MAHALLESİ", {"Kazımdirik"}),
        ("kazimdirik mah.", {"Kazımdirik"}),
        ("Kazımdirik, Erzene ve Evka 3", {"Kazımdirik", "Erzene", "Evka 3"}),
        ("Bütün ilçe", set()),
        ("", set()),
        (" , ; ve ", set()),
    ],
)
def test_names_as_people_write_them(said: str, wanted: set[str]) -> None:
    assert names(neighbourhood=said) == wanted
    assert names(place=said) == wanted
    assert names(sites=(Site(key="a", neighbourhood=said),)) == wanted


def test_a_name_of_another_district_says_nothing_unless_it_is_served() -> None:
    assert names(neighbourhood="Alsancak") == set()
    assert names(neighbourhood="Alsancak", served=(BORNOVA, KONAK)) == {"Alsancak"}
    assert names(neighbourhood="Alsancak", district=OFFICE, served=(KONAK,)) == {"Alsancak"}
    assert names(neighbourhood="Kazımdirik", district="") == set()


def test_a_name_that_several_served_districts_have_says_nothing() -> None:
    named: dict[str, set[str]] = {}
    for one in REFERENCE.neighbourhoods:
        named.setdefault(one.name, set()).add(one.district)
    name, found = next((name, sorted(found)) for name, found in named.items() if len(found) > 1)
    assert names(neighbourhood=name, district=OFFICE, served=(found[0], found[1])) == set()
    assert names(neighbourhood=name, district=OFFICE, served=(found[0],)) == {name}
    assert names(neighbourhood=name, district=found[0], served=(found[1],)) == {name}


def test_names_that_differ_in_brackets_alone_are_reached_together() -> None:
    bracketed = next(one for one in REFERENCE.neighbourhoods if one.name.startswith("Hacılar ("))
    found = names(district=bracketed.district, neighbourhood="Hacılar")
    assert len(found) == 2
    assert all(name.startswith("Hacılar (") for name in found)


def test_a_point_tells_where_a_settlement_of_that_name_is_near() -> None:
    near = [
        place
        for place in REFERENCE.settlements
        if place.name in {one.name for one in REFERENCE.neighbourhoods_of(place.district)}
    ]
    place = near[0]
    at = Location(place.lat + 0.003, place.lon, False)
    assert names(district=place.district, location=at) == {place.name}
    assert names(district=place.district, location=replace_approximate(at)) == set()
    assert names(district=place.district, location=Location(place.lat + 0.5, place.lon, False)) == set()
    site = Site(key="a", lat=Decimal(str(place.lat)), lon=Decimal(str(place.lon)))
    assert names(district=place.district, sites=(site,)) == {place.name}
    assert names(district=KIRAZ if place.district != KIRAZ else KONAK, sites=(site,)) == set()


def replace_approximate(at: Location) -> Location:
    return Location(at.lat, at.lon, True)
