"""What texts are read by (small words, abbreviations, themes, goals), from ``resources/reference``.

Read once per reference: a workplace whose office adds goals or words gets its own.
"""

import json
from functools import cache
from typing import Any

from izsa_desktop import resource_files
from izsa_desktop.analysis.concepts import Concepts
from izsa_desktop.analysis.goals import Example, Suggester
from izsa_desktop.analysis.subject import Reading
from izsa_desktop.analysis.words import make_words
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import fold


def reading(reference: Reference) -> Reading:
    """Makes subjects of projects; remembers the words that it has seen."""
    listed = _read("reference/text_words.json")
    districts = [district.name for district in reference.districts]
    words = make_words(listed["small_words"], listed["abbreviations"], districts)
    everywhere = frozenset(map(fold, listed["place_words"]))
    return Reading(words, Concepts(_read("reference/theme_words.json")), reference, everywhere)


def suggester(reference: Reference) -> Suggester:
    """Proposes goals, having learnt from the real projects that come with the program."""
    known = reading(reference)
    made = Suggester(known.words, goal_words(), known.themes, reference.goals)
    made.learn(real_examples())
    return made


def goal_words() -> Concepts:
    """Words that people use for what the global goals are about."""
    return Concepts(_read("reference/goal_words.json"))


@cache
def real_examples() -> tuple[Example, ...]:
    """Title and purpose of the real projects, with the goals that a careful reader gave them."""
    lines = resource_files.path("demo/projects.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    return tuple(Example(f"{one['title']}\n{one['purpose']}", tuple(map(str, one["sdgs"]))) for one in records)


def _read(name: str) -> Any:
    return json.loads(resource_files.path(name).read_text(encoding="utf-8"))
