"""Numbers on the map as people write them."""

import pytest

from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.measures import Measure, decimals, money


def test_numbers() -> None:
    tr, en = Translator("tr"), Translator("en")
    assert [decimals(value, tr) for value in (0, 0.123, 1.26, 12.6, 1234)] == ["0", "0,12", "1,3", "13", "1.234"]
    assert [money(value, "TRY", en) for value in (3.0, 4500, 2_000_000)] == ["₺ 3.0", "₺ 4.5 k", "₺ 2.0 m"]
    assert money(12, "XYZ", tr) == "12 XYZ"


@pytest.mark.parametrize(
    ("name", "values", "tr"),
    [
        ("count", (1, 2, 3), ["1", "2", "3"]),
        ("count", (5, 20, 20, 40, 60, 80), ["1 – 20", "21 – 40", "41 – 60", "61 – 80"]),
        ("density", (0.5,), ["0,50"]),
        ("density", (0.5, 1.5), ["0,50 ve altı", "0,50 – 1,5"]),
        ("budget", (1000, 3e6), ["1,0 bin ₺ ve altı", "1,0 bin ₺ – 3,0 mn ₺"]),
        ("months", (1,), ["3 ay ve altı", "3 – 6 ay", "6 – 12 ay", "12 – 24 ay", "24 ay üstü"]),
    ],
)
def test_classes_are_named(name: str, values: tuple[float, ...], tr: list[str]) -> None:
    measure = Measure(name, "TRY", Translator("tr"))
    assert list(measure.classes(measure.bounds(values))) == tr
