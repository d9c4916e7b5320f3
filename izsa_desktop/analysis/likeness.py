"""How alike two projects are, in [0, 1], and why.

Rules:

- The score is the mean of what seven measures say, by the weights below; one of which one of the two projects says
  nothing is left out. Two compare the texts (shared stems; shared letters within words, which see through endings and
  typing mistakes), the others what the texts are about, goals, audience, place and time.
- What few projects say weighs more than what many say (``sparse.rarity``), counted over the projects in the index. So a
  score is comparable within one index, not between two.
- The same projects give the same scores in the same order everywhere; nothing is drawn by lot, nothing asked outside.
- A first look scores all projects by stems, themes and goals; the best of it are scored by all measures. Texts of which
  all words are others, of other themes and goals, are therefore not found, nor meant to be.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from izsa_desktop.analysis.letters import Letters
from izsa_desktop.analysis.sparse import Array, Numbering, Rows, rarity, rows_of, shared, weighted
from izsa_desktop.analysis.subject import Subject

WEIGHTS: Mapping[str, float] = {
    "words": 0.18,
    "letters": 0.18,
    "theme": 0.20,
    "goals": 0.20,
    "audience": 0.14,
    "place": 0.08,
    "time": 0.02,
}
LOOKED_AT = 200
"""So many of the first look are scored by all measures."""
LEAST = 0.3
"""Pairs below are not proposed without being asked for."""
_GOALS = 2
_FURTHER = 0.5
"""What a further goal weighs beside the main one."""
_NEAR_KM = 2.0
_YEARS = 5
_KM = 111.2


class Like(NamedTuple):
    """Another project, by its place in the index."""

    place: int
    score: float


class _Sought(NamedTuple):
    """One project as it is compared with others: rows as columns and values, letters as vector and length."""

    looks: tuple[tuple[Array, Array], ...]
    """Stems, themes, goals."""
    place: tuple[Array, Array]
    text: tuple[Array, float]
    audience: tuple[Array, float]
    point: Array
    year: float


class Index:
    """Projects that can be compared with each other."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self.ids: list[str] = []
        self._numbers = tuple(Numbering() for _ in range(6))
        counted: tuple[list[dict[int, float]], ...] = ([], [], [], [], [], [])
        points, years = [], []
        for subject in subjects:
            self.ids.append(subject.id)
            for rows, numbers, row in zip(counted, self._numbers, _rows(subject), strict=True):
                rows.append({numbers[name]: value for name, value in row.items()})
            points.append(subject.point or (np.nan, np.nan))
            years.append(subject.year or np.nan)
        self.places = {id_: n for n, id_ in enumerate(self.ids)}
        said = [rows_of(rows, len(numbers)) for rows, numbers in zip(counted, self._numbers, strict=True)]
        self._rare = [rarity(one) for one in said[:4]]
        self._rare[_GOALS] = np.ones(said[_GOALS].width, np.float32)  # every goal says as much as any other
        made = [weighted(said[n], rare, dampened=n != _GOALS) for n, rare in enumerate(self._rare)]
        self._looks = [(one, one.turned()) for one in made[:3]]
        self._places = made[3]
        self._letters = [Letters(list(self._numbers[n]), said[n]) for n in (4, 5)]
        self._points = np.array(points, np.float64).reshape(-1, 2)
        self._years = np.array(years, np.float64)

    def rare(self, stem: str) -> float:
        """How much it says that a project has this stem; zero where none has."""
        number = self._numbers[0].get(stem)
        return 0.0 if number is None else float(self._rare[0][number])

    def like(self, subject: Subject, most: int = 20, but: Collection[str] = ()) -> list[Like]:
        """The projects most like this one, which need not be of the index, best first; ``but`` these ids."""
        sought = self._sought(subject)
        look = self._look(sought, [turned.starts[1:] for _, turned in self._looks], len(self.ids))
        look[[self.places[id_] for id_ in {*but, subject.id} if id_ in self.places]] = 0
        others = _best(look, max(most, LOOKED_AT))
        scores = self._scores(sought, others)
        return [Like(int(others[n]), float(scores[n])) for n in np.lexsort((others, -scores))[:most]]

    def pairs(
        self, least: float = LEAST, each: int = 10, progress: Callable[[int, int], None] = lambda _done, _all: None
    ) -> Iterator[tuple[int, int, float]]:
        """Pairs of places that may be proposed, of each project the best few before it.

        ``progress`` may raise to stop it.
        """
        ends = [turned.starts[:-1].copy() for _, turned in self._looks]  # of each column, behind the projects before n
        for n in range(len(self.ids)):
            if n % 50 == 0:
                progress(n, len(self.ids))
            sought = self._at(n)
            others = _best(self._look(sought, ends, n), each)
            if len(others):
                scores = self._scores(sought, others)
                yield from ((int(m), n, float(s)) for m, s in zip(others, scores, strict=True) if s >= least)
            for (columns, _), end in zip(sought.looks, ends, strict=True):
                end[columns] += 1
        progress(len(self.ids), len(self.ids))

    def measures(self, subject: Subject, others: Sequence[int]) -> dict[str, Array]:
        """What each measure says of a project and these of the index; not a number where one of two says nothing."""
        return self._measures(self._sought(subject), np.array(others, np.int64))

    def scores(self, subject: Subject, others: Sequence[int]) -> Array:
        """How alike a project and these of the index are."""
        return self._scores(self._sought(subject), np.array(others, np.int64))

    # --- one project against many -----------------------------------------------------------------------------------

    def _sought(self, subject: Subject) -> _Sought:
        rows = _rows(subject)
        known = [self._row(n, rows[n]) for n in range(4)]
        text, audience = (letters.sought(rows[n]) for n, letters in zip((4, 5), self._letters, strict=True))
        point, year = np.array(subject.point or (np.nan, np.nan)), float(subject.year or np.nan)
        return _Sought(tuple(known[:3]), known[3], text, audience, point, year)

    def _row(self, n: int, row: Mapping[str, float]) -> tuple[Array, Array]:
        """As ``weighted`` makes it; what no project of the index has counts for the length alone."""
        numbers, rare = self._numbers[n], self._rare[n]
        new = np.log(1 + len(self.ids)) + 1 if n != _GOALS else 1.0
        weights = {
            name: (value if n == _GOALS else 1 + np.log(value)) * (rare[numbers[name]] if name in numbers else new)
            for name, value in row.items()
        }
        length = np.sqrt(sum(weight * weight for weight in weights.values())) or 1
        known = [name for name in row if name in numbers]
        columns = np.array([numbers[name] for name in known], np.int32)
        return columns, np.array([weights[name] / length for name in known], np.float32)

    def _at(self, n: int) -> _Sought:
        looks = tuple(rows.row(n) for rows, _ in self._looks)
        text, audience = (letters.at(n) for letters in self._letters)
        return _Sought(looks, self._places.row(n), text, audience, self._points[n], self._years[n])

    def _look(self, sought: _Sought, ends: Sequence[Array], count: int) -> Array:
        """A first look at the first ``count`` projects; ``ends`` are where their entries of each column end."""
        looks: list[Array] = []
        for (columns, weights), (_, turned), end in zip(sought.looks, self._looks, ends, strict=True):
            look: Array = np.zeros(count, np.float32)
            spans = zip(turned.starts[columns].tolist(), end[columns].tolist(), weights, strict=True)
            for start, stop, weight in spans:
                look[turned.columns[start:stop]] += weight * turned.values[start:stop]
            looks.append(look)
        stems, themes, goals = looks
        texts = (WEIGHTS["words"] + WEIGHTS["letters"]) * np.sqrt(np.maximum(stems, 0))
        first: Array = texts + WEIGHTS["theme"] * themes + WEIGHTS["goals"] * goals
        return first

    def _measures(self, sought: _Sought, others: Array) -> dict[str, Array]:
        stems, themes, goals = (
            shared(row, rows, others) for row, (rows, _) in zip(sought.looks, self._looks, strict=True)
        )
        text, audience = self._letters
        return {
            "words": np.sqrt(stems),
            "letters": np.sqrt(text.shared(sought.text, others)),
            "theme": _one_sided(themes, sought.looks[1], self._looks[1][0], others),
            "goals": goals,
            "audience": audience.shared(sought.audience, others),
            "place": np.fmax(shared(sought.place, self._places, others), self._near(sought.point, others)),
            "time": np.maximum(0, 1 - np.abs(self._years[others] - sought.year) / _YEARS),
        }

    def _near(self, point: Array, others: Array) -> Array:
        apart = (self._points[others] - point) * _KM
        apart[:, 1] *= np.cos(np.radians(point[0]))
        return np.exp(-np.hypot(apart[:, 0], apart[:, 1]) / _NEAR_KM)

    def _scores(self, sought: _Sought, others: Array) -> Array:
        total, weight = np.zeros(len(others)), np.zeros(len(others))
        for name, values in self._measures(sought, others).items():
            said = ~np.isnan(values)
            total[said] += WEIGHTS[name] * values[said]
            weight[said] += WEIGHTS[name]
        return np.minimum(1, total / np.maximum(weight, WEIGHTS["words"] + WEIGHTS["letters"]))


def _rows(subject: Subject) -> tuple[Mapping[str, float], ...]:
    """What is compared: stems, themes, goals, words of the place, words of the text, words for the audience."""
    return (
        Counter(word.stem for word in subject.words if word.stem),
        subject.themes,
        {code: 1.0 if n == 0 else _FURTHER for n, code in enumerate(subject.goals)},
        Counter((*subject.districts, *(word.stem for word in subject.place))),
        Counter(word.plain for word in subject.words),
        Counter(word.plain for word in subject.audience),
    )


def _one_sided(measured: Array, row: tuple[Array, Array], rows: Rows, others: Array) -> Array:
    """Nothing in common, where only one of two says something."""
    said = (rows.starts[others + 1] > rows.starts[others]) | (len(row[0]) > 0)
    return np.where(np.isnan(measured) & said, 0.0, measured)


def _best(look: Array, most: int) -> Array:
    """Places of the greatest values above zero."""
    if len(look) > most:
        kept = np.argpartition(-look, most - 1)[:most]
        return np.sort(kept[look[kept] > 0])
    return np.flatnonzero(look > 0)
