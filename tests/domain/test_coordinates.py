"""Coordinates as people write them; what is none is None and never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.coordinates import NO_POINT, SWAPPED, Read, degrees, pair, pair_text

LATS, LONS = st.integers(377_000_000, 396_000_000), st.integers(260_000_000, 287_000_000)


@given(LATS, LONS)
def test_every_way_to_write_a_point(lat7: int, lon7: int) -> None:
    lat, lon = f"{lat7 / 1e7:.7f}", f"{lon7 / 1e7:.7f}"
    comma = f"{lat} {lon}".replace(".", ",")
    for text in (f"{lat}, {lon}", f"{lat};{lon}", f"({lat} {lon})", comma, f"enlem: {lat} boylam: {lon}"):
        assert pair(text) == Read((float(lat), float(lon))), text
    assert pair(f"{lon}, {lat}") == Read((float(lat), float(lon)), SWAPPED)
    assert degrees(lat.replace(".", ""), north=True) == Read(float(lat), NO_POINT)


@given(LATS, LONS, st.sampled_from(["NE", "KD"]), st.sampled_from([".", ","]))
def test_degrees_with_minutes_and_seconds_give_back_the_point(lat7: int, lon7: int, sides: str, point: str) -> None:
    north, east = (_dms(value).replace(".", point) for value in (lat7, lon7))
    for text in (f"{north}{sides[0]} {east}{sides[1]}", f"{sides[0]} {north}, {sides[1]} {east}", f"{north} / {east}"):
        read = pair(text)
        assert read is not None, text
        assert [round(value * 1e7) for value in read.value] == [lat7, lon7]


def _dms(value7: int) -> str:
    """Exact to 1e-7 degrees: five decimals of a second."""
    whole, rest = divmod(value7 * 3600, 3600 * 10**7)
    minutes, seconds = divmod(rest, 60 * 10**7)
    return f"{whole}°{minutes:02}'{seconds / 1e7:08.5f}\""


@pytest.mark.parametrize(
    "text",
    [
        "38°27'44\"N 27°13'03\"E",
        "K 38° 27' 44\", D 27° 13' 3\"",
        "38° 27' 44'' K 27° 13' 3'' D",
        "38º27’44”N, 27º13’3”E",
        "38°27.7333' 27°13.05'",
        "27°13'3\"E 38°27'44\"N",
    ],
)
def test_degrees_minutes_seconds(text: str) -> None:
    read = pair(text)
    assert read is not None
    assert [round(x, 4) for x in read.value] == [38.4622, 27.2175]


def test_the_other_half_of_the_world() -> None:
    assert pair("33°52'S 151°12'E") == Read((-33 - 52 / 60, 151.2))
    assert pair("40,7; -74,0") == Read((40.7, -74.0))


@pytest.mark.parametrize(
    "text", ["", "38,5 ve biraz", "38.5", "38°75'10\"N 27°13'3\"E", "38°27'61\"N 27°13'3\"E", "95.1, 27.1", "38 27 44"]
)
def test_what_is_no_point(text: str) -> None:
    assert pair(text) is None


@given(st.text(max_size=40) | st.text("0123456789.,°'\"NEKD -/;", max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    for point in (pair(text), degrees(text, north=True), degrees(text, north=False)):
        assert point is None or point.value is not None


@given(st.integers(-900_000_000, 900_000_000), st.integers(-1_800_000_000, 1_800_000_000))
def test_what_is_written_for_people_is_read_again(lat7: int, lon7: int) -> None:
    lat, lon = lat7 / 10_000_000, lon7 / 10_000_000
    assert pair(pair_text(lat, lon)) == Read((lat, lon))
