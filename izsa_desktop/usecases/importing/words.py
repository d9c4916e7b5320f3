"""Words as they are met in tables, by Turkish folding: looked up exactly, then by stem, then nearly the same."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Any

from izsa_desktop import resource_files
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import fold

_NOT_WORDS = re.compile(r"[^\w%€$₺#+]+")
_ENDINGS = re.compile(r"(?:lari|leri|lar|ler)(?:n|a|e|na|ne)?$")
SURE, NEARLY = "sure", "nearly"


def plain(text: str) -> str:
    """Folded words with single blanks between them."""
    return _NOT_WORDS.sub(" ", fold(text)).strip()


def stem(text: str) -> str:
    """Without the plural: "kadınlar", "kadın" and "kadınlara" are one word to us."""
    return _ENDINGS.sub("", text) if len(text) > 5 else text


@dataclass(frozen=True, slots=True)
class Found:
    """What a word stands for. ``how``: ``sure``, or ``nearly`` when a person should look at it."""

    code: str
    how: str = SURE


class Lexicon:
    """Words to codes."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._cache: dict[str, Found | None] = {}
        for word, code in pairs:
            self._exact.setdefault(plain(word), code)
            self._stems.setdefault(stem(plain(word)), code)
        self._long = [word for word in self._exact if len(word) >= 5]

    def find(self, text: str, *, near: float = 0.86) -> Found | None:
        """What a text stands for as a whole."""
        wanted = plain(text)[:200]
        if wanted not in self._cache:
            self._cache[wanted] = self._find(wanted, near)
        return self._cache[wanted]

    def within(self, text: str) -> Found | None:
        """The one code of which words stand within a longer text; None when there are several."""
        padded = f" {plain(text)} "
        codes = {code for word, code in self._exact.items() if len(word) >= 4 and f" {word} " in padded}
        return Found(codes.pop(), NEARLY) if len(codes) == 1 else None

    def _find(self, wanted: str, near: float) -> Found | None:
        if not wanted:
            return None
        code = self._exact.get(wanted) or self._stems.get(stem(wanted))
        if code is not None:
            return Found(code)
        if len(wanted) >= 5 and (close := get_close_matches(wanted, self._long, 1, near)):
            return Found(self._exact[close[0]], NEARLY)
        return None


class Words:
    """All words of one set of reference data."""

    def __init__(self, reference: Reference) -> None:
        self._reference, self._data = reference, _data()
        self._codes: dict[str, Lexicon] = {}

    def codes(self, vocabulary: str) -> Lexicon:
        """The words of a vocabulary: its codes, labels and what else is said for them."""
        if vocabulary not in self._codes:
            pairs = [(term.code, term.code) for term in self._reference.vocabularies[vocabulary]]
            pairs += [(label, t.code) for t in self._reference.vocabularies[vocabulary] for label in t.label.values()]
            known = {code for _, code in pairs}
            others: Mapping[str, list[str]] = self._data["codes"].get(vocabulary, {})
            pairs += [(word, code) for code, words in others.items() if code in known for word in words]
            self._codes[vocabulary] = Lexicon(pairs)
        return self._codes[vocabulary]

    @cached_property
    def goals(self) -> list[tuple[str, str]]:
        """Names of goals and their codes, the longest name first."""
        pairs = {plain(name): goal.code for goal in self._reference.goals for name in goal.name.values()}
        for code, names in self._data["goals"].items():
            for name in names:
                pairs.setdefault(plain(name), code)
        pairs |= {plain(goal.code): goal.code for goal in self._reference.goals if goal.local}
        return sorted(pairs.items(), key=lambda pair: -len(pair[0]))

    @cached_property
    def goal_names(self) -> Lexicon:
        return Lexicon(self.goals)

    @cached_property
    def districts(self) -> Lexicon:
        """Districts and the province, as municipalities too."""
        pairs = []
        for district in self._reference.districts:
            pairs += [(name, district.code) for name in (district.name, district.code, district.short_code)]
        office = self._reference.province.code
        pairs += [
            (self._reference.province.name, office),
            ("İzmir (whole province)", office),
            ("Efes Selçuk", _selcuk(pairs)),
        ]
        words = (
            "İzmir",
            "il geneli",
            "İzmir Büyükşehir",
            "Büyükşehir",
            "İzBB",
            "İBB",
            "İzmir geneli",
            "tüm il",
            "tüm İzmir",
        )
        return Lexicon([*pairs, *((word, office) for word in words)])

    @cached_property
    def neighbourhoods(self) -> Mapping[str, Mapping[str, str]]:
        """By district code: the folded name without "Mahallesi" and the name as it is written."""
        found: dict[str, dict[str, str]] = {}
        for one in self._reference.neighbourhoods:
            found.setdefault(one.district, {})[bare_neighbourhood(one.name)] = one.name
        return found

    @cached_property
    def nothing(self) -> frozenset[str]:
        """What people write where there is nothing to write."""
        return frozenset(map(fold, self._data["nothing"]))

    @cached_property
    def harmless(self) -> frozenset[str]:
        return frozenset(self._data["harmless"])

    @cached_property
    def totals(self) -> frozenset[str]:
        return frozenset(map(plain, self._data["totals"]))


def bare_neighbourhood(name: str) -> str:
    """A neighbourhood's name without "Mahallesi" or "Mah.", folded."""
    return re.sub(r"\s+(?:mah(?:alle(?:si)?)?|mh|koyu)$", "", plain(name))


def header_words() -> Mapping[str, list[str]]:
    """By target: what stands over such columns."""
    words: Mapping[str, list[str]] = _data()["headers"]
    return words


def numbering_words() -> list[str]:
    """What stands over columns that only count."""
    words: list[str] = _data()["numbering"]
    return words


def units() -> Mapping[str, Mapping[str, str]]:
    """By folded unit: by what to multiply, and the currency."""
    return {fold(unit): meaning for unit, meaning in _data()["units"].items()}


def _selcuk(pairs: list[tuple[str, str]]) -> str:
    return next(code for name, code in pairs if name == "Selçuk")


@cache
def _data() -> Mapping[str, Any]:
    text = resource_files.path("reference/import_words.json").read_text(encoding="utf-8")
    data: Mapping[str, Any] = json.loads(text)
    return data
