"""Finding projects: words by the index, everything else by the catalogue. Answers are numbers of rows in order."""

from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import and_

import numpy as np
from pyroaring import BitMap
from sqlalchemy import Connection

from izsa_desktop.db.catalogue import Catalogue, Numbers, union
from izsa_desktop.domain.authority import APPROVED
from izsa_desktop.domain.filter import FACETS, ProjectFilter
from izsa_desktop.domain.query import Lexicon, Query, beginnings, parse


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a filter gives."""

    numbers: Numbers
    """The rows that match, in order."""
    total: int = 0
    """How many projects there are without the filter, in the bin or out of it."""
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    """By facet and code: how many projects all other facets and the words leave. Codes with none are left out."""
    marks: tuple[str, ...] = ()
    """Beginnings of words that were sought, folded: what may be marked in a text."""
    instead: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For a word that occurs nowhere: the words that were sought instead."""


NOTHING = Found(np.zeros(0, dtype=np.int64))


def find(connection: Connection, catalogue: Catalogue, wanted: ProjectFilter, lexicon: Lexicon, today: date) -> Found:
    """The projects that a filter leaves, and what other choices would leave."""
    with catalogue.lock:
        catalogue.refresh(connection)
        return _Search(connection, catalogue, lexicon, today).find(wanted)


class _Search:
    def __init__(self, connection: Connection, catalogue: Catalogue, lexicon: Lexicon, today: date) -> None:
        self._connection, self._catalogue = connection, catalogue
        self._lexicon, self._today = lexicon, today
        self._marks: list[str] = []
        self._instead: dict[str, tuple[str, ...]] = {}

    def find(self, wanted: ProjectFilter) -> Found:
        catalogue = self._catalogue
        everything = self._everything(wanted)
        query = parse(wanted.query)
        nothing = query.means_nothing and wanted.query.strip()
        base = BitMap() if nothing else self._with_words(everything, query)
        chosen = {facet: self._chosen(facet, wanted.chosen(facet)) for facet in FACETS if wanted.chosen(facet)}
        matching = reduce(and_, chosen.values(), base)
        return Found(
            numbers=catalogue.ordered(matching, wanted.sort, self._lexicon.districts),
            total=len(everything),
            counts={facet: self._counts(facet, base, chosen) for facet in FACETS},
            marks=tuple(self._marks),
            instead=self._instead,
        )

    def _everything(self, wanted: ProjectFilter) -> BitMap:
        """All among which is sought."""
        catalogue = self._catalogue
        if wanted.deleted:
            return catalogue.binned
        approved = catalogue.facets["review"].get(APPROVED, BitMap())
        return catalogue.shared | (catalogue.live & approved) if wanted.network else catalogue.live

    def _chosen(self, facet: str, codes: tuple[str, ...]) -> BitMap:
        rows = self._catalogue.codes(facet, self._today)
        return union(rows[code] for code in codes if code in rows)

    def _counts(self, facet: str, base: BitMap, chosen: dict[str, BitMap]) -> dict[str, int]:
        left = reduce(and_, (rows for other, rows in chosen.items() if other != facet), base)
        codes = self._catalogue.codes(facet, self._today)
        counted = ((code, left.intersection_cardinality(rows)) for code, rows in codes.items())
        return {code: count for code, count in counted if count}

    # --- words ------------------------------------------------------------------------------------------------------

    def _with_words(self, rows: BitMap, query: Query) -> BitMap:
        goals, targets = self._catalogue.facets["goal"], self._catalogue.facets["target"]
        if query.any_goal:
            rows = rows - goals.get("", BitMap())
        for goal in query.goals:
            rows = rows & goals.get(goal, BitMap())
        for target in query.targets:
            rows = rows & targets.get(target, BitMap())
        for word in query.words:
            rows = rows & self._with_word(word)
            if not rows and word not in self._instead:
                break
        return rows

    def _with_word(self, word: str) -> BitMap:
        sought = beginnings(word)
        found = self._catalogue.with_word(self._connection, sought)
        named = [self._catalogue.facets[facet].get(code) for facet, code in self._lexicon.meant_by(word)]
        found = union([found, *(rows for rows in named if rows)])
        if not found:
            sought = self._catalogue.alike(self._connection, word)
            if sought:
                self._instead[word] = sought
                found = self._catalogue.with_word(self._connection, sought)
        self._marks += sought
        return found
