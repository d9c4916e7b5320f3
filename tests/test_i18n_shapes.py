"""Lines and areas in a few words, with the numbers of the language."""

import pytest

from izsa_desktop.domain.shape import AREA, LINE, Shape
from izsa_desktop.i18n import Translator


def line(degrees: float) -> Shape:
    return Shape(LINE, (((27.0, 38.0), (27.0, 38.0 + degrees)),))


def area(degrees: float) -> Shape:
    a, b, c = (27.0, 38.0), (27.0 + degrees, 38.0), (27.0, 38.0 + degrees)
    return Shape(AREA, ((a, b, c, a),))


@pytest.mark.parametrize(
    ("shape", "tr", "en"),
    [
        (line(0.001), "Hat · 2 nokta · 111 m", "Line · 2 points · 111 m"),
        (line(0.0123), "Hat · 2 nokta · 1,4 km", "Line · 2 points · 1.4 km"),
        (line(12.5), "Hat · 2 nokta · 1.390 km", "Line · 2 points · 1,390 km"),
        (area(0.001), "Alan · 3 nokta · 4.872 m²", "Area · 3 points · 4,872 m²"),
        (area(0.01), "Alan · 3 nokta · 48,7 ha", "Area · 3 points · 48.7 ha"),
        (area(0.1), "Alan · 3 nokta · 48,7 km²", "Area · 3 points · 48.7 km²"),
    ],
)
def test_it_is_told_in_the_units_of_its_size(shape: Shape, tr: str, en: str) -> None:
    assert Translator("tr").shape(shape) == tr
    assert Translator("en").shape(shape) == en
