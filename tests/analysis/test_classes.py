"""Classes hold every value, none is empty, and their bounds can be said."""

from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.analysis.classes import MOST, bounds, class_of


@given(st.lists(st.floats(0, 1e9, allow_nan=False), max_size=40))
def test_every_value_has_its_class_and_no_class_is_empty(values: list[float]) -> None:
    upper = bounds(values)
    above = [value for value in values if value > 0]
    assert len(upper) <= MOST
    assert sorted(set(upper)) == list(upper)
    assert {class_of(value, upper) for value in above} == set(range(len(upper)))
    for value in above:
        n = class_of(value, upper)
        assert value <= upper[n]
        assert n == 0 or value > upper[n - 1]


@given(st.lists(st.integers(0, 10_000), max_size=40))
def test_whole_numbers_have_whole_bounds(values: list[int]) -> None:
    assert all(bound == int(bound) for bound in bounds(values, whole=True))


def test_few_values_make_few_classes() -> None:
    assert bounds([]) == bounds([0, 0]) == ()
    assert bounds([3, 3, 0], whole=True) == (3,)
    assert bounds([1, 2, 3], whole=True) == (1, 2, 3)


def test_five_classes_of_about_the_same_size() -> None:
    upper = bounds(range(1, 31), whole=True)
    assert upper == (6, 12, 18, 24, 30)


def test_bounds_are_round() -> None:
    upper = bounds([0.1234, 0.2345, 0.3456, 0.4567, 0.5678, 0.6789])
    assert upper[:-1] == (0.23, 0.35, 0.46, 0.57)
    assert upper[-1] == 0.6789
