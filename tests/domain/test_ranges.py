"""Ranges are sets of numbers from 1 on, written shorter."""

from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.ranges import Ranges

numbers = st.sets(st.integers(1, 40))


def members(ranges: Ranges) -> set[int]:
    found = {number for number in range(1, 60) if number in ranges}
    assert list(ranges) == sorted(found)
    return found


@given(numbers, numbers)
def test_they_behave_as_sets(one: set[int], other: set[int]) -> None:
    assert members(Ranges.of(one)) == one
    assert members(Ranges.of(one) | Ranges.of(other)) == one | other
    assert members(Ranges.of(one) - Ranges.of(other)) == one - other
    assert Ranges.of(one) | Ranges.of(other) == Ranges.of(one | other)
    assert Ranges.of(one) - Ranges.of(other) == Ranges.of(one - other)


@given(numbers)
def test_what_is_written_is_read(one: set[int]) -> None:
    assert Ranges.read(str(Ranges.of(one))) == Ranges.of(one)
    gaps = [(first, last if last is not None else 59) for first, last in Ranges.of(one).gaps()]
    assert {number for first, last in gaps for number in range(first, last + 1)} == set(range(1, 60)) - one


def test_what_is_not_in_them() -> None:
    assert list(Ranges.of([1, 2, 4]).gaps()) == [(3, 3), (5, None)]
    assert list(Ranges.of([3]).gaps()) == [(1, 2), (4, None)]
    assert list(Ranges().gaps()) == [(1, None)]


def test_numbers_may_be_as_large_as_a_pc_ever_counts() -> None:
    assert Ranges.of([1, 2**53]) - Ranges.of([1]) == Ranges.of([2**53])


def test_how_it_is_written() -> None:
    assert str(Ranges.of([1, 2, 3, 5, 7, 8])) == "1-3 5 7-8"
    assert Ranges.read("") == Ranges()
    assert Ranges.read("5 1-3 2-4") == Ranges(((1, 5),))
