"""Why two projects are called alike: the measures that said so, each with what both say."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from izsa_desktop.analysis.likeness import WEIGHTS, Index
from izsa_desktop.analysis.subject import Subject
from izsa_desktop.analysis.words import Word

MOST_WORDS = 6
"""Words, or phrases."""
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
        "words": _words(index, (one.words, one.begins), (other.words, other.begins)),
        "goals": tuple(code for code in one.goals if code in other.goals),
        "audience": _words(index, (one.audience, one.audience_begins), (other.audience, other.audience_begins)),
        "theme": tuple(code for code in sorted(one.themes, key=lambda code: -one.themes[code]) if code in other.themes),
        "place": (
            *(code for code in one.districts if code in other.districts),
            *_words(index, (one.place, _ALONE), (other.place, _ALONE)),
        ),
        "time": tuple(map(str, dict.fromkeys(sorted(year for year in (one.year, other.year) if year)))),
    }
    found = [_reason(kind, shares.get(kind, 0.0), values) for kind, values in shared.items()]
    known = [one for one in found if one.share >= _LEAST and (one.values or one.kind in _WITHOUT.values())]
    return sorted(known, key=lambda reason: -reason.share)


def _reason(kind: str, share: float, values: tuple[str, ...]) -> Reason:
    return Reason(kind if values else _WITHOUT.get(kind, kind), share, values)


_Texts = tuple[Sequence[Word], Collection[int]]
"""Words of texts, and where each text begins."""
_ALONE: frozenset[int] = frozenset()


def _words(index: Index, mine: _Texts, theirs: _Texts) -> tuple[str, ...]:
    """What both say, as the first says it, the rarest first: words that follow each other in both are one phrase."""
    stems = {word.stem for word in theirs[0] if word.stem}
    together = {(before, _plain(between), word.stem) for before, between, word in _steps(theirs)}
    runs: list[list[Word]] = []
    for before, between, word in _steps(mine):
        if word.stem not in stems:
            continue
        if before in stems and (before, _plain(between), word.stem) in together:
            runs[-1] += (*between, word)
        else:
            runs.append([word])
    told: dict[str, float] = {}
    heard: set[str] = set()
    for run in sorted(runs, key=lambda run: -len(run)):
        said = {word.stem for word in run if word.stem}
        if not said <= heard:
            heard |= said
            told[" ".join(word.lower for word in run)] = max(map(index.rare, said))
    return tuple(sorted(told, key=lambda phrase: (-told[phrase], phrase))[:MOST_WORDS])


def _steps(texts: _Texts) -> Iterator[tuple[str, tuple[Word, ...], Word]]:
    """Each word that says something, the stem of the one before it in its text, and the small words between."""
    words, begins = texts
    before = ""
    between: tuple[Word, ...] = ()
    for n, word in enumerate(words):
        if n in begins:
            before, between = "", ()
        if word.stem:
            yield before, between, word
            before, between = word.stem, ()
        else:
            between = (*between, word)


def _plain(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(word.plain for word in words)
