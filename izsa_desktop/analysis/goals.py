"""Which goals a text may serve, with the words that speak for each. A proposal, never more.

Rules:

- Two things are asked: which goals the words of the text stand for (``resources/reference/goal_words.json``), and which
  goals known projects with such words and themes serve: the real ones that come with the program, and those of the
  workplace, whose goals somebody has accepted. The first is believed more; the second learns.
- A word or theme counts as learnt once ``LEAST_SEEN`` projects have it, and the fewer have it the less it says.
- Goals for which no word speaks are not proposed. Scores add up to one at most, over the goals that are proposed.
- Targets are those of the proposed goals whose own text shares words or themes with the text.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from izsa_desktop.analysis.concepts import Concepts
from izsa_desktop.analysis.words import Word, Words
from izsa_desktop.domain.reference import Goal

LEAST_SEEN = 3
_TRUST_IN_WORDS, _TRUST_IN_OTHERS = 2.0, 0.5
"""How the two are raised before they are multiplied."""
_UNNAMED = 0.02
"""What a goal has that no word names: others may still speak for it."""
_DOUBT = 2.0
"""As if each word had been seen so often more, with goals as usual."""
_SERVED = (1.0, 0.5, 0.3)
"""How much an example speaks for its main goal, the second and further ones."""
_SPEAKS = 1.3
"""So many times as often as usual a goal comes with a word that is said to speak for it."""
_LEAST = 0.005
"""What is less likely is not proposed."""
_MOST_TARGETS = 3


class Example(NamedTuple):
    """A text whose goals somebody has said, the main one first."""

    text: str
    goals: Sequence[str]


class TargetIdea(NamedTuple):
    """A target that may be served."""

    target: str
    words: tuple[str, ...]


class GoalIdea(NamedTuple):
    """A goal that may be served."""

    goal: str
    score: float
    words: tuple[str, ...]
    """As they stand in the text, in lower case."""
    targets: tuple[TargetIdea, ...]


class _Read(NamedTuple):
    """A text after reading: the words that stand for a goal, for a theme, and for themselves."""

    goals: Mapping[str, set[tuple[str, ...]]]
    features: Mapping[str, set[str]]
    """By feature (``theme:`` or ``stem:`` and which) the words."""


class Suggester:
    """Proposes goals; learns from examples."""

    def __init__(self, words: Words, named: Concepts, themes: Concepts, goals: Sequence[Goal]) -> None:
        self._words = words
        self._named = named
        self._themes = themes
        self._goals = tuple(goal.code for goal in goals)
        self._served = dict.fromkeys(self._goals, 1.0)
        self._with: dict[str, dict[str, float]] = {}
        self._seen: dict[str, int] = {}
        self._targets = {
            goal.code: [
                (target.code, self._read(" ".join((target.title["tr"], target.title["en"], target.text_en))).features)
                for target in goal.targets
            ]
            for goal in goals
        }
        self._common: dict[str, int] = {}
        for said in (features for targets in self._targets.values() for _, features in targets):
            for feature in said:
                self._common[feature] = self._common.get(feature, 0) + 1

    def learn(self, examples: Iterable[Example]) -> None:
        """Takes examples into account from now on."""
        for example in examples:
            features = self._read(example.text).features
            for feature in features:
                self._seen[feature] = self._seen.get(feature, 0) + 1
            for n, goal in enumerate(example.goals):
                if goal in self._served:
                    weight = _SERVED[min(n, len(_SERVED) - 1)]
                    self._served[goal] += weight
                    for feature in features:
                        known = self._with.setdefault(feature, {})
                        known[goal] = known.get(goal, 0) + weight

    def suggest(self, text: str, most: int = 5) -> list[GoalIdea]:
        """The likely goals of a title and purpose, best first."""
        read = self._read(text)
        scores, spoke = self._weigh(read)
        total = sum(math.exp(score) for score in scores.values())
        ideas: list[GoalIdea] = []
        for goal in sorted(scores, key=lambda goal: (-scores[goal], self._goals.index(goal))):
            phrases = read.goals.get(goal, set())
            words = dict.fromkeys((*sorted(word for phrase in phrases for word in phrase), *spoke[goal]))
            share = math.exp(scores[goal]) / total
            if words and share >= _LEAST and len(ideas) < most:
                ideas.append(GoalIdea(goal, share, tuple(words), self._target_ideas(goal, read)))
        return ideas

    def _weigh(self, read: _Read) -> tuple[dict[str, float], dict[str, list[str]]]:
        """By goal the logarithm of how likely it is, but for a constant, and the words that speak for it as learnt."""
        named = sum(map(len, read.goals.values())) or 1
        everything = sum(self._served.values())
        scores: dict[str, float] = {}
        spoke: dict[str, list[str]] = {}
        for goal in self._goals:
            usual = self._served[goal] / everything
            learnt, spoke[goal] = math.log(usual), []
            for feature, words in read.features.items():
                if self._seen.get(feature, 0) >= LEAST_SEEN:
                    known = self._with.get(feature, {})
                    times = (known.get(goal, 0) + _DOUBT * usual) / ((sum(known.values()) + _DOUBT) * usual)
                    learnt += math.log(times)
                    spoke[goal] += sorted(words) if times >= _SPEAKS else []
            in_words = math.log(_UNNAMED + len(read.goals.get(goal, ())) / named)
            scores[goal] = _TRUST_IN_WORDS * in_words + _TRUST_IN_OTHERS * learnt
        return scores, spoke

    def _target_ideas(self, goal: str, read: _Read) -> tuple[TargetIdea, ...]:
        found = []
        for code, said in self._targets[goal]:
            shared = [feature for feature in read.features if feature in said]
            score = sum(1 / self._common[feature] for feature in shared)
            if shared:
                words = sorted({word for feature in shared for word in read.features[feature]})
                found.append((score, TargetIdea(code, tuple(words))))
        found.sort(key=lambda one: -one[0])
        return tuple(idea for _, idea in found[:_MOST_TARGETS])

    def _read(self, text: str) -> _Read:
        words: list[Word] = self._words.of(text)
        goals: dict[str, set[tuple[str, ...]]] = {}
        for hit in self._named.hits(words):
            goals.setdefault(hit.concept, set()).add(hit.words)
        features: dict[str, set[str]] = {}
        for hit in self._themes.hits(words):
            features.setdefault(f"theme:{hit.concept}", set()).update(hit.words)
        for word in words:
            if word.stem:
                features.setdefault(f"stem:{word.stem}", set()).add(word.lower)
        return _Read(goals, features)
