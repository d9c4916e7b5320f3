"""Pixels as a file: they read back as they were, with their size on paper; the work tells how far it is and can end."""

import io

import pytest
from PIL import Image

from izsa_desktop.domain.errors import Cancelled
from izsa_desktop.maps.png import Pixels, png
from izsa_desktop.usecases.progress import no_progress


def pixels(width: int, height: int, stride: int) -> Pixels:
    """Every pixel is another one; rows have filling at their ends."""
    rows = (b"".join(bytes((x % 256, y % 256, 7)) for x in range(width)) for y in range(height))
    return Pixels(width, height, stride, b"".join(row.ljust(stride, b"\xff") for row in rows))


@pytest.mark.parametrize(("width", "height", "stride"), [(5, 3, 16), (4, 450, 12), (1, 1, 4)])
def test_pixels_read_back(width: int, height: int, stride: int) -> None:
    with Image.open(io.BytesIO(png(pixels(width, height, stride), 300, no_progress))) as picture:
        picture.load()
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (width, height))
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)
        for x in range(width):
            for y in range(height):
                assert picture.getpixel((x, y)) == (x % 256, y % 256, 7)


def test_it_says_how_far_it_is() -> None:
    said: list[tuple[int, int]] = []
    png(pixels(2, 450, 8), 300, lambda done, total: said.append((done, total)))
    assert said == [(0, 450), (200, 450), (400, 450), (450, 450)]


def test_it_ends_when_nobody_wants_it_any_more() -> None:
    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        png(pixels(2, 450, 8), 300, stop)
