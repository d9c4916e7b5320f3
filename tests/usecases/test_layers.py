"""What the office sets for everybody: outlines of the districts and words, on their way to a district."""

import json
import random
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop import reference, resource_files
from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.file import Contents, Place
from izsa_desktop.bundle.manifest import Sender
from izsa_desktop.domain.errors import BadOutlines, BadVocabularies, OfficeOnly, TermGone
from izsa_desktop.domain.ledger import ANSWER
from izsa_desktop.domain.outlines import NONE, read_outlines
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.maps.layers import districts_layer
from izsa_desktop.maps.locate import district_at
from izsa_desktop.usecases import outlines, vocabularies
from izsa_desktop.usecases.mapping import propose_district
from izsa_desktop.usecases.projects import add_projects, get_project
from izsa_desktop.usecases.trusting import lists_to_carry, reading_of
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line, enter, export, state_hash
from tests.usecases.mail import answer, pin, take

CODES = [district.code for district in reference.load().districts]
THEME = {"theme": [{"code": "yağmur hasadı", "tr": "Yağmur hasadı", "en": "Rain harvesting"}]}


def grid(**changes: Any) -> bytes:
    """The province cut into 30 strips, from west to east in the order of the codes."""
    features = [
        {"type": "Feature", "properties": {"code": code, "name": "?"}, "geometry": strip(n)}
        for n, code in enumerate(CODES)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features} | changes).encode()


def strip(n: int) -> dict[str, Any]:
    west = 26.2 + n * 0.07
    ring = [[west, 37.8], [west, 39.4], [west + 0.07, 39.4], [west + 0.07, 37.8], [west, 37.8]]
    return {"type": "Polygon", "coordinates": [ring]}


def set_at_office(line: Line, data: bytes) -> None:
    with open_workplace(line.office) as office:
        assert outlines.set_outlines(office, data) == (0 if data == NONE else 30)


def members_of(line: Line, folder: Path, file: Path) -> Contents:
    with open_workplace(folder) as workplace, workplace.store.reading() as reader:
        return bundle_file.verify(file.read_bytes(), reading_of(workplace, reader)).contents


def test_outlines_reach_a_district_its_map_and_the_proposed_district(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    set_at_office(line, grid())
    with open_workplace(line.bornova) as bornova:
        assert propose_district(bornova, 38.42, 26.21) != reference.load().district(CODES[0])
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        assert [propose_district(bornova, 38.42, 26.235 + n * 0.07) for n in (0, 7, 29)] == [
            reference.load().district(CODES[n]) for n in (0, 7, 29)
        ]
        shown = {f["id"]: f["geometry"]["coordinates"] for f in districts_layer(bornova.reference)["features"]}
        assert list(shown) == CODES
        assert [26.2, 37.8] in shown[CODES[0]][0][0]
        ring = shown[CODES[0]][0][0]
        turn = sum((bx - ax) * (by + ay) for (ax, ay), (bx, by) in pairwise(ring))
        assert turn < 0, "counter-clockwise, as RFC 7946 wants"
    state_hash(line.bornova)


def test_outlines_travel_until_a_district_has_confirmed_them_and_can_be_taken_back(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    set_at_office(line, grid())
    first = answer(line, line.bornova, tmp_path / "1.izsa")
    again = answer(line, line.bornova, tmp_path / "2.izsa")
    for file in (first, again):
        assert members_of(line, line.bornova, file).outlines
        take(line.bornova, file)
    enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, tmp_path / "b.izsa"))
    third = answer(line, line.bornova, tmp_path / "3.izsa")
    assert members_of(line, line.bornova, third).outlines == b""
    take(line.bornova, third)
    set_at_office(line, NONE)
    take(line.bornova, answer(line, line.bornova, tmp_path / "4.izsa"))
    with open_workplace(line.bornova) as bornova:
        assert bornova.reference.outlines == b""
        assert outlines.count_outlines(bornova) == 0


def test_the_programs_own_outlines_can_be_set(line: Line) -> None:
    own = resource_files.path("reference/izmir_districts_detail.geojson").read_bytes()
    set_at_office(line, own)
    with open_workplace(line.office) as office:
        assert propose_district(office, 38.4189, 27.1287) == reference.load().district("Konak")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "truncated"),
        (b"[]", "object"),
        (b"[" * 100_000, "depth|recursion|array"),
        (grid(features=[{"type": "Feature", "properties": {"code": "TUR035001"}, "geometry": strip(0)}]), "districts"),
        (grid(type="Feature"), "type"),
        (grid().replace(b"TUR035030", b"TUR035029"), "TUR035030"),
        (grid().replace(b"TUR035030", b"TUR034030"), "TUR034030"),
        (grid().replace(b"39.4", b"49.4"), "outside"),
        (grid().replace(b'"Polygon"', b'"Point"'), "type"),
        (grid().replace(b"[26.2, 37.8]]]", b"[26.3, 37.8]]]"), "closed"),
        (grid().replace(b"[26.2, 37.8]", b"[26.2, 37.8, 12.0]"), "length"),
        (grid().replace(b"39.4", b"37.8"), "area"),
        (grid().replace(b'"coordinates": [[[26.2, 37.8]', b'"coordinates": [], "x": [[[26.2, 37.8]'), "empty"),
        (grid(x="x" * 5_000_000), "bytes"),
        (grid().replace(b"[26.2, 37.8], [26.2, 39.4]", b"[26.2, 37.8], " * 200_000 + b"[26.2, 39.4]"), "points|bytes"),
    ],
)
def test_outlines_that_cannot_be_are_refused(line: Line, data: bytes, why: str) -> None:
    with open_workplace(line.office) as office:
        with pytest.raises(BadOutlines, match=why):
            outlines.set_outlines(office, data)
        assert outlines.count_outlines(office) == 0


def test_many_points_in_few_bytes_are_too_many() -> None:
    ring = b"[26,38]," * 200_001
    feature = b'{"type":"Feature","properties":{"code":"x"},"geometry":{"type":"Polygon","coordinates":[[%s[26,38]]]}}'
    with pytest.raises(ValueError, match="points"):
        read_outlines(b'{"type":"FeatureCollection","features":[%s]}' % (feature % ring), ["x"])


def with_ring(ring: list[list[float]]) -> bytes:
    """The strips, and a second polygon of the first district."""
    first = {"type": "MultiPolygon", "coordinates": [strip(0)["coordinates"], [ring]]}
    found = json.loads(grid())
    found["features"][0]["geometry"] = first
    return json.dumps(found).encode()


@pytest.mark.parametrize(
    "ring",
    [
        [[27.0, 38.0], [27.0000004, 38.0], [27.0000004, 38.0000004], [27.0, 38.0]],
        [[27.0, 38.0], [27.001, 38.0], [27.0005, 38.0000003], [27.0, 38.0]],
        [[27.1, 38.1], [27.2, 38.2], [27.3, 38.3], [27.1, 38.1]],  # in fractions it has an area
    ],
)
def test_a_ring_that_has_no_area_when_it_is_rounded_is_refused_at_the_office(
    line: Line, ring: list[list[float]]
) -> None:
    with open_workplace(line.office) as office, pytest.raises(BadOutlines, match=r"TUR035001: ring without area at 38"):
        outlines.set_outlines(office, with_ring(ring))


@pytest.mark.parametrize(
    "ring",
    [
        [[27.0, 38.0], [27.000001, 38.0], [27.0000005, 38.0000006], [27.0, 38.0]],
        [[27.0, 38.0], [27.0000005, 38.0000015], [27.0000015, 38.0000025], [27.0000025, 38.0], [27.0, 38.0]],
        [[29.2000004, 37.2999996], [29.1, 37.3], [29.1, 37.4], [29.2000001, 37.2999999]],
        [[27, 38], [28, 39], [28, 38.5], [27.25, 39], [27, 38]],
    ],
)
def test_what_is_kept_is_read_to_the_same_bytes(ring: list[list[float]]) -> None:
    kept = read_outlines(with_ring(ring), CODES)
    assert read_outlines(kept, CODES) == kept


def test_outlines_of_any_shape_are_refused_or_read_to_the_same_bytes() -> None:
    chance = random.Random(35)
    read = 0
    for _ in range(300):
        corners = [[27 + chance.random() * 3e-6, 38 + chance.random() * 3e-6] for _ in range(chance.randint(3, 6))]
        try:
            kept = read_outlines(with_ring([*corners, corners[0]]), CODES)
        except ValueError as refusal:
            assert "area" in str(refusal)
            continue
        assert read_outlines(kept, CODES) == kept
        read += 1
    assert 0 < read < 300


def test_outlines_that_cross_themselves_thousands_of_times_hold_nobody_up() -> None:
    chance = random.Random(35)
    ring = [[26.3 + chance.random(), 38 + chance.random()] for _ in range(20_000)]
    kept = read_outlines(with_ring([*ring, ring[0]]), CODES)
    started = time.monotonic()
    assert district_at(39.3, 28.25, kept) == CODES[29]
    assert district_at(39.405, 28.25, kept) == CODES[29]
    assert time.monotonic() - started < 5


def test_only_the_office_sets_for_everybody(line: Line) -> None:
    with open_workplace(line.bornova) as bornova:
        with pytest.raises(OfficeOnly):
            outlines.set_outlines(bornova, grid())
        with pytest.raises(OfficeOnly):
            vocabularies.set_vocabularies(bornova, b"{}")


def test_words_reach_a_district_and_can_be_chosen_there(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        vocabularies.set_vocabularies(office, json.dumps(THEME).encode())
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        themes = bornova.reference.vocabularies["theme"]
        assert len(themes) == len(reference.load().vocabularies["theme"]) + 1
        assert themes.label("yağmur hasadı", "en") == "Rain harvesting"
        [id_] = add_projects(bornova, [ProjectFields(title="Sarnıç", theme="yağmur hasadı")])
        assert get_project(bornova, id_).fields.theme == "yağmur hasadı"
    state_hash(line.bornova)


@pytest.mark.parametrize(
    ("added", "why"),
    [
        ("", "truncated|decode"),
        ({"theme": [{"code": "kompost", "tr": "Yeni", "en": "New"}]}, "kompost"),
        ({"theme": [{"code": "yeni", "tr": "KOMPOST", "en": "New"}]}, "KOMPOST"),
        ({"theme": [{"code": "yeni", "tr": "Yeni"}]}, "en"),
        ({"theme": [{"code": "yeni", "tr": "Yeni", "en": "New", "x": 1}]}, "x"),
        ({"theme": [{"code": "y\u202e", "tr": "Yeni", "en": "New"}]}, "hidden"),
        ({"theme": [{"code": "a", "tr": "Yeni", "en": "New"}, {"code": "a", "tr": "Başka", "en": "Other"}]}, "twice"),
        ({"theme": [{"code": "a", "tr": "Yeni", "en": "New"}, {"code": "b", "tr": "YENİ", "en": "Other"}]}, "YENİ"),
        ({"review": [{"code": "süper", "tr": "Süper", "en": "Super"}]}, "review"),
        ({"renk": [{"code": "mavi", "tr": "Mavi", "en": "Blue"}]}, "renk"),
        ({"theme": [{"code": f"k{n}", "tr": f"K{n}", "en": f"C{n}"} for n in range(201)]}, "length"),
    ],
)
def test_words_that_cannot_be_are_refused(line: Line, added: Any, why: str) -> None:
    with open_workplace(line.office) as office:
        with pytest.raises(BadVocabularies, match=why):
            vocabularies.set_vocabularies(office, (json.dumps(added) if added else "").encode())
        assert vocabularies.added_terms(office) == {}


def test_a_word_that_is_there_stays_and_may_be_called_otherwise(line: Line) -> None:
    renamed = {"theme": [{"code": "yağmur hasadı", "tr": "Yağmur suyu hasadı", "en": "Rain stores"}]}
    with open_workplace(line.office) as office:
        vocabularies.set_vocabularies(office, json.dumps(THEME).encode())
        with pytest.raises(TermGone):
            vocabularies.set_vocabularies(office, b"{}")
        vocabularies.set_vocabularies(office, json.dumps(renamed).encode())
    with open_workplace(line.office) as office:
        assert office.reference.vocabularies["theme"].label("yağmur hasadı", "tr") == "Yağmur suyu hasadı"


def forged(line: Line, target: Path, **members: bytes) -> Path:
    """An answer for Bornova with members that no office's program writes, signed by the office."""
    with open_workplace(line.office) as office, office.store.reading() as reader:
        data, _ = bundle_file.write(
            Contents(lists=lists_to_carry(reader), **members),  # type: ignore[arg-type]  # members by name
            Place(seq=1),
            kind=ANSWER,
            sender=Sender(OFFICE, office.identity.replica),
            to="TUR035007",
            created="2025-03-14T12:00:00Z",
            key=office.key(),
        )
    target.write_bytes(data)
    return target


@pytest.mark.parametrize(
    "members",
    [
        {"outlines": b"{}"},
        {"outlines": grid().replace(b"39.4", b"49.4")},
        {"vocabularies": b"{"},
        {"vocabularies": b'{"review":[{"code":"x","tr":"x","en":"x"}]}'},
        {"vocabularies": b'{"theme":' * 100_000},
        {"catalogue": [b'{"title":"x"}']},
        {"catalogue": [b'{"id":"TUR035021/%s","set":[]}' % (b"0" * 32)]},
    ],
)
def test_an_answer_with_what_cannot_be_read_is_refused_and_changes_nothing(
    line: Line, tmp_path: Path, members: dict[str, Any]
) -> None:
    pin(line, line.bornova)
    bad = forged(line, tmp_path / "f.izsa", **members)
    assert [one.code for one in take(line.bornova, bad)] == [15]
    with open_workplace(line.bornova) as bornova:
        assert outlines.count_outlines(bornova) == 0
        assert vocabularies.added_terms(bornova) == {}
        with bornova.store.reading() as reader:
            assert reader.bundles("in") == []


def test_words_of_later_versions_are_kept_and_what_the_program_has_stays_its_own(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    words = b'{"renk":[{"code":"mavi","tr":"Mavi","en":"Blue"}],"theme":[{"code":"kompost","tr":"X","en":"X"}]}'
    assert [one.code for one in take(line.bornova, forged(line, tmp_path / "f.izsa", vocabularies=words))] == [0]
    with open_workplace(line.bornova) as bornova:
        assert bornova.reference.vocabularies == reference.load().vocabularies
        assert {*vocabularies.added_terms(bornova)} == {"renk", "theme"}


def test_an_older_answer_that_comes_late_takes_nothing_back(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    early = answer(line, line.bornova, tmp_path / "1.izsa")
    with open_workplace(line.office) as office:
        vocabularies.set_vocabularies(office, json.dumps(THEME).encode())
    with open_workplace(line.office) as office:
        longer = {"theme": [*THEME["theme"], {"code": "kar", "tr": "Kar", "en": "Snow"}]}
        middle = answer(line, line.bornova, tmp_path / "2.izsa")
        vocabularies.set_vocabularies(office, json.dumps(longer).encode())
    late = answer(line, line.bornova, tmp_path / "3.izsa")
    take(line.bornova, early, late, middle)
    with open_workplace(line.bornova) as bornova:
        assert len(vocabularies.added_terms(bornova)["theme"]) == 2
