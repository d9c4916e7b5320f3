"""Proposals for the balance of dimensions."""

from itertools import combinations

import pytest

from izsa_desktop.domain.balance import even, proposed
from tests.support import REFERENCE


def test_every_goal_belongs_to_dimensions_of_the_vocabulary() -> None:
    known = {term.code for term in REFERENCE.vocabularies["dimension"]}
    for goal in REFERENCE.goals:
        assert goal.dimensions
        assert set(goal.dimensions) <= known
    assert REFERENCE.goals_by_code["13"].dimensions == ("çevresel",)
    assert REFERENCE.goals_by_code["17"].dimensions[0] == "yönetişim"


def test_a_proposal_is_always_a_hundred_in_steps_of_five() -> None:
    for codes in combinations(REFERENCE.goals_by_code, 3):
        shares = proposed(REFERENCE.goals_by_code[code] for code in codes)
        assert sum(shares.values()) == 100
        assert all(percent % 5 == 0 < percent for percent in shares.values())


def test_the_main_goal_weighs_more() -> None:
    climate, school = REFERENCE.goals_by_code["13"], REFERENCE.goals_by_code["4"]
    assert proposed([climate]) == {"çevresel": 100}
    assert proposed([climate, school]) == {"çevresel": 65, "sosyal": 35}
    assert proposed([school, climate]) == {"sosyal": 65, "çevresel": 35}
    assert proposed([]) == {}


@pytest.mark.parametrize(("count", "shares"), [(1, [100]), (2, [50, 50]), (3, [34, 33, 33]), (4, [25] * 4), (0, [])])
def test_equal_shares_are_a_hundred_together(count: int, shares: list[int]) -> None:
    assert list(even([str(n) for n in range(count)]).values()) == shares
