"""What a person types into the search box: words, and goals under each of their names.

SKA, SKH, SDG, "küresel amaç" and "küresel hedef" mean the same. Followed by a number they ask for that goal or target.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import fold
from izsa_desktop.domain.text import words as text_words

MAX_WORDS = 100
"""Words of a query that count: more than that is a page pasted by mistake."""
MAX_LENGTH = 64
"""Characters of a word that count."""

_WORD = re.compile(r"[^\W_]+")
_GOAL = re.compile(
    r"\b(?:ska|skh|sdg|goal|(?:kuresel|global) (?:amac|hedef|goal)\w*)"
    r"(?:[ #:-]*(?P<goal>1[0-7]|[1-9])(?:\.(?P<target>\d{1,2}|[a-d]))?)?(?![\w])"
)
_TARGET = re.compile(r"\b(?:alt )?hedef\w* (?P<goal>1[0-7]|[1-9])\.(?P<target>\d{1,2}|[a-d])(?!\w)")
_SOFT = {"k": "g", "p": "b", "t": "d"}  # kitap, kitabı; ç and c are folded together


def words(text: str) -> list[str]:
    """The words of a text by Turkish folding, each as often as it occurs."""
    return text_words(text, MAX_LENGTH)


@dataclass(frozen=True, slots=True)
class Query:
    """``words`` longest first: the rarest are the quickest to look up."""

    words: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    any_goal: bool = False

    @property
    def means_nothing(self) -> bool:
        """True for signs without a letter or digit."""
        return self == Query()


def parse(text: str) -> Query:
    """What was typed, understood."""
    folded = " ".join(fold(text[:10_000]).split())
    goals: list[str] = []
    targets: list[str] = []
    any_goal = False
    for pattern in (_GOAL, _TARGET):
        for match in pattern.finditer(folded):
            if match["target"]:
                targets.append(f"{match['goal']}.{match['target']}")
            elif match["goal"]:
                goals.append(match["goal"])
            else:
                any_goal = True
        folded = pattern.sub(" ", folded)
    found = sorted(dict.fromkeys(words(folded)), key=len, reverse=True)[:MAX_WORDS]
    return Query(tuple(found), tuple(goals), tuple(targets), any_goal)


def beginnings(word: str) -> tuple[str, ...]:
    """The beginnings of words that a typed word asks for: its own, and with its end softened (kitap, kitabı)."""
    soft = _SOFT.get(word[-1]) if len(word) > 2 else None
    return (word, word[:-1] + soft) if soft else (word,)


def marks(text: str, beginnings_: Iterable[str]) -> list[tuple[int, int]]:
    """Where in a text words begin with one of these, as positions in the text itself."""
    sought = tuple(beginnings_)
    if not sought or not text:
        return []
    folded = fold(text.replace("…", "."))  # the commonest sign that is folded into several
    where: list[int] | range = range(len(folded) + 1)
    if len(folded) != len(text):
        pieces = [fold(char) for char in text]
        folded = "".join(pieces)
        where = [n for n, piece in enumerate(pieces) for _ in piece] + [len(text)]
    found = []
    for match in _WORD.finditer(folded):
        if match[0].startswith(sought):
            longest = max(len(b) for b in sought if match[0].startswith(b))
            found.append((where[match.start()], where[match.start() + longest]))
    return found


class Lexicon:
    """What the codes of filters are called, so that these names can be searched for as well."""

    def __init__(self, reference: Reference | None = None) -> None:
        self._names = sorted(set(_names(reference))) if reference else []
        self.districts = [d.code for d in (*reference.districts, reference.province)] if reference else []
        """In the order in which a list by districts has them."""

    def meant_by(self, beginning: str) -> Iterator[tuple[str, str]]:
        """Facets and codes in whose names a word begins so."""
        for word, facet, code in self._names[bisect_left(self._names, (beginning, "", "")) :]:
            if not word.startswith(beginning):
                return
            yield facet, code


NO_NAMES = Lexicon()


def _names(reference: Reference) -> Iterator[tuple[str, str, str]]:
    labels: list[tuple[str, str, Iterable[str]]] = [("goal", g.code, g.name.values()) for g in reference.goals]
    labels += [("district", d.code, (d.name,)) for d in reference.districts]
    labels += [
        (facet, term.code, term.label.values())
        for facet in ("status", "theme", "audience", "review")
        for term in reference.vocabularies.get(facet, ())
    ]
    for facet, code, names in labels:
        for name in names:
            for word in words(name):
                yield word, facet, code
