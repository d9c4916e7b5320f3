"""The program that looks for weak tests finds one out, and finds nothing wrong with a strong one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.mutants import mutants

pytest.importorskip("coverage")

ROOT = Path(__file__).parents[2]
SOURCE = '''
"""A module."""

AGE = 18
"""From which one pays all."""


def price(age: int) -> int:
    """In lira."""
    if age < AGE:
        return 5
    return 10
'''
CHANGES = [
    "4: 18 -> 19",
    "10: age < AGE -> age <= AGE",
    "11: return 5 -> return None",
    "11: 5 -> 6",
    "12: return 10 -> return None",
    "12: 10 -> 11",
]
WEAK = """
from prices import price

def test() -> None:
    assert price(17) == 5
"""
STRONG = f"{WEAK}    assert price(18) == 10\n"


def _said(folder: Path, test: str) -> str:
    (folder / "prices.py").write_text(SOURCE, encoding="utf-8")
    (folder / "test_prices.py").write_text(test, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutation", "prices", "--tests", str(folder / "test_prices.py")],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])},
        check=False,
        timeout=100,
    )
    return done.stdout + done.stderr


def test_every_change_is_in_one_place_and_no_explanation_is_changed() -> None:
    assert [mutant.change for mutant in mutants(SOURCE, "prices.py")] == CHANGES


@pytest.mark.skipif(sys.platform == "win32", reason="mutants are tried in forked processes")
@pytest.mark.parametrize(
    ("test", "taken", "survivors"),
    [(STRONG, "100%", []), (WEAK, "75%   12", [CHANGES[n] for n in (0, 1, 4, 5)])],
    ids=["strong", "weak"],
)
def test_a_weak_test_is_found_out_and_a_strong_one_is_not(
    tmp_path: Path, test: str, taken: str, survivors: list[str]
) -> None:
    branches, *told, score = _said(tmp_path, test).splitlines()
    assert branches.startswith(str(tmp_path / "prices.py"))
    assert branches.endswith(taken)
    assert told == [f"  survives: {change}" for change in survivors]
    assert score.startswith(f"prices: {6 - len(survivors)} of 6 mutants found out")


@pytest.mark.skipif(sys.platform == "win32", reason="mutants are tried in forked processes")
def test_tests_that_fail_before_anything_is_changed_say_nothing(tmp_path: Path) -> None:
    assert _said(tmp_path, STRONG.replace("10", "9")) == "prices: its tests do not pass\n"
