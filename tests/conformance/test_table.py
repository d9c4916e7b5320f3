"""The table of attacks and faults in docs/reliability.md names every one of them, and only tests that there are."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.conformance.test_corpus import HONEST, HOSTILE

TESTS = Path(__file__).parents[1]
DOCUMENT = (TESTS.parent / "docs" / "reliability.md").read_text(encoding="utf-8")
SECTION = DOCUMENT.split("\n## Attacks\n", 1)[1].split("\n## ", 1)[0]
ROWS = {found[1]: found[2] for found in re.finditer(r"^\| ([AFP]\d\d?) \| .* \| (.*) \|$", SECTION, re.MULTILINE)}


@cache
def _tests_of(file: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.FunctionDef)}


def test_every_attack_and_every_fault_has_a_row() -> None:
    assert list(ROWS) == [f"A{n:02}" for n in range(1, 38)] + [f"F{n:02}" for n in range(1, 22)] + [
        f"P{n}" for n in (8, 9, *range(13, 19))
    ]


@pytest.mark.parametrize("id_", ROWS)
def test_what_shows_it_exists(id_: str) -> None:
    named = re.findall(r"`([^`]+)`", ROWS[id_])
    for name in named:
        if name.startswith("corpus "):
            begins = name.removeprefix("corpus ") + "-"
            assert any(file.startswith(begins) for file in (*HOSTILE, *HONEST)), name
        elif "::" in name:
            file, _, test = name.partition("::")
            assert test in _tests_of(TESTS / file), name
    assert any("::" in name or name.startswith("corpus ") for name in named) or "not covered, because" in ROWS[id_]


def test_every_file_of_the_corpus_belongs_to_a_row() -> None:
    """But for the honest ones that are about no attack."""
    begins = {name.partition("-")[0] for name in (*HOSTILE, *HONEST)}
    shown = {found for row in ROWS.values() for found in re.findall(r"`corpus (\w+)`", row)}
    assert begins - {"honest"} == shown
