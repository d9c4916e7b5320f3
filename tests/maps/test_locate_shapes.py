"""Lines and areas: the district with the greatest share of them."""

import json
import time

import pytest

from izsa_desktop import reference, resource_files
from izsa_desktop.domain.shape import AREA, LINE, Shape
from izsa_desktop.maps.locate import Share, crosses_itself, district_of

KONAK, BORNOVA, KARSIYAKA = (reference.load().district(name).code for name in ("Konak", "Bornova", "Karşıyaka"))


def line(*path: tuple[float, float]) -> Shape:
    return Shape(LINE, (path,))


def area(*ring: tuple[float, float]) -> Shape:
    return Shape(AREA, ((*ring, ring[0]),))


def box(lon: float, lat: float, half: float) -> Shape:
    return area((lon - half, lat - half), (lon + half, lat - half), (lon + half, lat + half), (lon - half, lat + half))


def test_a_line_within_one_district_is_wholly_there() -> None:
    assert district_of(line((27.128, 38.4189), (27.147, 38.437))) == Share(KONAK, 100)


def test_the_longer_part_of_a_line_counts_and_not_its_end() -> None:
    konak_to_bornova = line((27.15, 38.42), (27.30, 38.47))
    found = district_of(konak_to_bornova)
    assert found is not None
    assert found.code == BORNOVA
    assert 50 < found.percent < 100
    assert district_of(line(*reversed(konak_to_bornova.paths[0]))) == found


def test_an_area_within_one_district_is_wholly_there() -> None:
    assert district_of(box(27.22, 38.47, 0.005)) == Share(BORNOVA, 100)


def test_the_larger_part_of_an_area_counts() -> None:
    found = district_of(area((27.20, 38.44), (27.34, 38.44), (27.34, 38.52), (27.20, 38.52)))
    assert found is not None
    assert found.code == BORNOVA
    assert found.percent < 100


def test_holes_do_not_count() -> None:
    outline = ((27.0, 38.35), (27.35, 38.35), (27.35, 38.55), (27.0, 38.55), (27.0, 38.35))
    whole = district_of(Shape(AREA, (outline,)))
    assert whole is not None
    bornova = ((27.19, 38.36), (27.34, 38.36), (27.34, 38.54), (27.19, 38.54), (27.19, 38.36))
    holed = district_of(Shape(AREA, (outline, bornova)))
    assert whole.code == BORNOVA
    assert holed is not None
    assert holed.code != BORNOVA


@pytest.mark.parametrize("shape", [line((25.1, 38.3), (25.3, 38.3)), box(29.0, 41.0, 0.1)], ids=["sea", "İstanbul"])
def test_what_lies_elsewhere_has_no_district(shape: Shape) -> None:
    assert district_of(shape) is None


def test_a_pier_belongs_to_the_nearest_district() -> None:
    found = district_of(line((27.1235, 38.4225), (27.1240, 38.4226)))
    assert found == Share(KONAK, 100)


def test_a_speck_of_an_area_has_a_district() -> None:
    assert district_of(box(27.22, 38.47, 0.0000001)) == Share(BORNOVA, 100)


def test_an_outline_that_crosses_itself_is_told_and_still_has_a_district() -> None:
    bow = area((27.21, 38.46), (27.23, 38.48), (27.23, 38.46), (27.20, 38.49))
    assert crosses_itself(bow)
    assert district_of(bow) == Share(BORNOVA, 100)
    assert not crosses_itself(box(27.22, 38.47, 0.005))
    assert not crosses_itself(line((27.21, 38.46), (27.23, 38.48), (27.23, 38.46), (27.21, 38.48)))


def test_every_district_lies_mostly_in_itself() -> None:
    features = json.loads(resource_files.path("reference/izmir_districts.geojson").read_text("utf-8"))["features"]
    for feature in features:
        polygons = feature["geometry"]["coordinates"]
        polygons = [polygons] if feature["geometry"]["type"] == "Polygon" else polygons
        largest = max(polygons, key=lambda rings: len(rings[0]))
        found = district_of(Shape(AREA, tuple(tuple((x, y) for x, y, *_ in ring) for ring in largest)))
        assert found is not None
        assert found.code == feature["properties"]["code"]
        assert found.percent >= 90


def test_the_largest_drawing_is_answered_at_once() -> None:
    district_of(line((27.1, 38.4), (27.2, 38.5)))  # the outlines are read once
    path = tuple((27.0 + n / 10_000, 38.4 + (n % 7) / 1_000) for n in range(2_000))
    before = time.process_time()
    assert district_of(line(*path)) is not None
    assert time.process_time() - before < 1
