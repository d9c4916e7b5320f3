"""How a project divides between environment, economy, society and governance: what may be proposed to a person."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from izsa_desktop.domain.reference import Goal

_STEP = 5
"""A proposal is no measurement: it comes in steps of five percent."""


def even(codes: Sequence[str]) -> dict[str, int]:
    """The same for each, 100 in all; what is left over goes to the first ones."""
    if not codes:
        return {}
    each, left = divmod(100, len(codes))
    return {code: each + (n < left) for n, code in enumerate(codes)}


def proposed(goals: Iterable[Goal]) -> dict[str, int]:
    """The balance that the goals suggest, the main goal first: it counts twice, and so does a goal's own dimension."""
    weights: dict[str, Fraction] = {}
    for n, goal in enumerate(goal for goal in goals if goal.dimensions):
        parts = 1 + len(goal.dimensions)
        for m, code in enumerate(goal.dimensions):
            share = Fraction(2 if m == 0 else 1, parts) * (2 if n == 0 else 1)
            weights[code] = weights.get(code, Fraction(0)) + share
    return _in_steps(weights)


def _in_steps(weights: Mapping[str, Fraction]) -> dict[str, int]:
    """Shares of 100 in whole steps, the remainders going to where most was cut off."""
    whole = sum(weights.values())
    if not whole:
        return {}
    exact = {code: weight * 100 / whole / _STEP for code, weight in weights.items()}
    steps = {code: int(value) for code, value in exact.items()}
    by_rest = sorted(exact, key=lambda code: steps[code] - exact[code])
    for code in by_rest[: 100 // _STEP - sum(steps.values())]:
        steps[code] += 1
    return {code: count * _STEP for code, count in steps.items() if count}
