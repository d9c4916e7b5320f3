"""Phrases in texts."""

import json

import pytest

from izsa_desktop import resource_files
from izsa_desktop.analysis.concepts import Concepts
from tests.analysis.corpus import READING
from tests.support import REFERENCE

SOME = Concepts(
    {"oil": ["atık yağ", "cooking oil"], "sun": ["güneş panel", "=ges"], "water": ["su"], "book": ["kitap"]}
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Atık yağlar", [("oil", ("atık", "yağlar"))]),
        ("ATIĞI toplanan bitkisel YAĞIN değeri", [("oil", ("atığı", "yağın"))]),
        ("atık cam, kâğıt, metal ve yağ", []),  # too far
        ("yağ atık", []),
        ("used cooking oil", [("oil", ("cooking", "oil"))]),
        ("GES kuruldu", [("sun", ("ges",))]),
        ("gesi", []),
        ("suyu", [("water", ("suyu",))]),
        ("sunulması", []),
        ("kitabı", [("book", ("kitabı",))]),
        ("kitabe kitap", [("book", ("kitabe",)), ("book", ("kitap",))]),
    ],
)
def test_phrases(text: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    words = [word for word in READING.words.of(text) if word.lower not in ("güneş", "enerjisi", "santrali")]
    assert SOME.hits(words) == found


def test_the_lists_are_about_what_there_is() -> None:
    themes = _read("theme_words.json")
    known = {term.code for term in REFERENCE.vocabularies["theme"]} - {"diğer"}
    assert {code.partition(":")[0] for code in themes} == known
    goals = _read("goal_words.json")
    assert list(goals) == [goal.code for goal in REFERENCE.goals if not goal.local]
    for phrases in (*themes.values(), *goals.values()):
        assert len(phrases) == len(set(phrases))
        assert all(phrase == " ".join(phrase.split()) and phrase.strip("= ") for phrase in phrases)


def _read(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(resource_files.path(f"reference/{name}").read_text(encoding="utf-8"))
    return found
