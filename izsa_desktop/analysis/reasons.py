"""Why two projects are called alike: the measures that said so, each with what both say."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from izsa_desktop.analysis.likeness import WEIGHTS, Index
from izsa_desktop.analysis.subject import Subject
from izsa_desktop.analysis.words import Word

MOST_WORDS = 6
_LEAST = 0.03
"""What a measure adds to the score, to be worth a word."""
_WITHOUT = {"words": "letters", "place": "near"}
"""What it is called where no value is the same."""


class Reason(NamedTuple):
    """One measure's part."""

    kind: str
    """``words`` (``letters`` where only parts of words are the same), ``goals``, ``audience``, ``theme``, ``place``
    (``near`` where only the points are close to each other) or ``time``."""
    share: float
    """What it adds to the score."""
    values: tuple[str, ...]
    """What both say: words, codes of goals and themes, words of the place and codes of districts, years."""


def reasons(index: Index, one: Subject, other: Subject) -> list[Reason]:
    """The reasons for the score of a project and one of the index, the weightiest first."""
    measured = index.measures(one, [index.places[other.id]])
    said = {name: float(values[0]) for name, values in measured.items() if not np.isnan(values[0])}
    whole = max(sum(WEIGHTS[name] for name in said), WEIGHTS["words"] + WEIGHTS["letters"])
    shares = {name: WEIGHTS[name] * value / whole for name, value in said.items()}
    shares["words"] = shares.get("words", 0) + shares.pop("letters", 0)
    shared = {
        "words": _words(index, one.words, other.words),
        "goals": tuple(code for code in one.goals if code in other.goals),
        "audience": _words(index, one.audience, other.audience),
        "theme": tuple(code for code in sorted(one.themes, key=lambda code: -one.themes[code]) if code in other.themes),
        "place": (
            *(code for code in one.districts if code in other.districts),
            *_words(index, one.place, other.place),
        ),
        "time": tuple(map(str, dict.fromkeys(sorted(year for year in (one.year, other.year) if year)))),
    }
    found = [_reason(kind, shares.get(kind, 0.0), values) for kind, values in shared.items()]
    known = [one for one in found if one.share >= _LEAST and (one.values or one.kind in _WITHOUT.values())]
    return sorted(known, key=lambda reason: -reason.share)


def _reason(kind: str, share: float, values: tuple[str, ...]) -> Reason:
    return Reason(kind if values else _WITHOUT.get(kind, kind), share, values)


def _words(index: Index, mine: Iterable[Word], theirs: Iterable[Word]) -> tuple[str, ...]:
    """The words that both say, as the first says them, the rarest first."""
    stems = {word.stem for word in theirs if word.stem}
    shared: dict[str, str] = {}
    for word in mine:
        if word.stem in stems:
            shared.setdefault(word.stem, word.lower)
    ranked = sorted(shared, key=lambda stem: (-index.rare(stem), stem))
    return tuple(shared[stem] for stem in ranked[:MOST_WORDS])
