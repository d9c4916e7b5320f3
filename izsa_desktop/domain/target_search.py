"""Finding a target of the global goals by number or word, in Turkish or English, whatever people call the goals.

"SKA 12.5", "SKH 12", "küresel amaç 6", "hedef 6.4", "SDG 13" and "12.5" are numbers; everything else are words that
must all occur in the title, the United Nations' text or the goal's name, by Turkish folding.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from izsa_desktop.domain.reference import Goal, Target
from izsa_desktop.domain.text import fold

_SHORT = re.compile(r"\b(?:bm|ska|skh|sdgs?)(?![a-z])[ :#.-]*")
_CALLED = re.compile(
    r"\b(?:un|kuresel|surdurulebilir kalkinma|global|sustainable development|amac(?:i|lar|lari)?"
    r"|(?:alt )?hedef(?:i|ler|leri)?|goals?|targets?|no|numara)(?![a-z])[ :#.-]*(?=.*[0-9]|$)"
)
"""What the goals and targets are called: the short names say nothing more, the words only where a number follows."""
_NUMBER = re.compile(r"([0-9]{1,2})(?:[.,-]([0-9a-z]{0,2}))?(?![0-9a-z])[ :–-]*")
_STEM = 5
"""Letters of a word that are enough where the whole word is not found: Turkish puts the ending behind."""


@dataclass(frozen=True, slots=True)
class _Entry:
    goal: str
    target: Target
    text: str


class TargetSearch:
    """Searches the targets of these goals."""

    def __init__(self, goals: Iterable[Goal]) -> None:
        self._entries = [
            _Entry(
                goal.code,
                target,
                " ".join(fold(text) for text in (*target.title.values(), target.text_en, *goal.name.values())),
            )
            for goal in goals
            for target in goal.targets
        ]

    def find(self, text: str, first: Collection[str] = ()) -> list[Target]:
        """What fits, the targets of the goals ``first`` before the others; nothing asked is everything."""
        words = " ".join(_CALLED.sub("", _SHORT.sub("", fold(text))).split())
        number = _NUMBER.match(words)
        if number is not None:
            numbered = self._numbered(number[1], number[2])
            found = _worded(numbered, words[number.end() :].split()) or numbered
        else:
            found = _worded(self._entries, words.split())
        ranks = {code: n for n, code in enumerate(first)}
        found.sort(key=lambda entry: ranks.get(entry.goal, len(ranks)))
        return [entry.target for entry in found]

    def _numbered(self, goal: str, rest: str | None) -> list[_Entry]:
        """``12``: the goal's targets; ``12.``, ``1.a``: the target first, then those that begin so (1.1: 1.1, 1.10)."""
        found = [entry for entry in self._entries if entry.goal == goal]
        if not rest:
            return found
        code = f"{goal}.{rest}"
        found = [entry for entry in found if entry.target.code.startswith(code)]
        return sorted(found, key=lambda entry: entry.target.code != code)


def _worded(entries: list[_Entry], words: list[str]) -> list[_Entry]:
    """Those with all the words; where there is none, those with how the words begin."""
    whole = [entry for entry in entries if all(word in entry.text for word in words)]
    return whole or [entry for entry in entries if all(word[:_STEM] in entry.text for word in words)]
