"""The coaching ladder: stages from no office to international reporting, each with criteria that can be verified.

Its texts are data (``resources/reference/coaching_ladder.json``, or the office's own list); codes of criteria are
stored for ever.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

ENOUGH = 4
"""Criteria of a stage that reach it."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion; texts by language. It can be counted from records, shown by evidence, or either."""

    code: str
    """``2.3``: the stage's number and the place in it."""
    name: Mapping[str, str]
    evidence: Mapping[str, str]
    """What kind of thing shows that it is met."""
    computed: str = ""
    """The rule that counts it from the records (``analysis.ladder.RULES``); empty where nothing can be counted."""
    months: int = 0
    """How long evidence holds; 0 where the records alone decide and evidence cannot be given."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A rung of the ladder."""

    number: int
    name: Mapping[str, str]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """All stages, the lowest first."""

    version: int
    stages: tuple[Stage, ...]
    retired: tuple[str, ...] = ()
    """Codes of criteria that an earlier version had; none of them is given another meaning."""

    def criterion(self, code: str) -> Criterion | None:
        """The criterion with this code."""
        return next((one for stage in self.stages for one in stage.criteria if one.code == code), None)

    def stage(self, number: int) -> Stage | None:
        """The stage with this number."""
        return next((stage for stage in self.stages if stage.number == number), None)


def holds(stage: int, met: Collection[str]) -> bool:
    """Whether these codes reach a stage: enough of it and of every lower one."""
    of_stage = [code.partition(".")[0] for code in set(met)]
    return all(of_stage.count(str(number)) >= ENOUGH for number in range(stage + 1))
