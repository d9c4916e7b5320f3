"""Goals and targets as people write them: ``SKA 11``, ``11, 12``, ``SDG 11.5``, "İklim Eylemi", ``11.0``."""

import re
from dataclasses import dataclass

from izsa_desktop.domain.reference import Reference
from izsa_desktop.usecases.importing.words import NEARLY, Words, plain

_NAMED, _END = "\x01", "\x02"
_TOKEN = re.compile(rf"{_NAMED}([^{_END}]+){_END}|(?<![\d.])(\d+)(?:\.(\d{{1,2}}|[a-d])(?![\w.]))?")
_FILLERS = re.compile(
    r"\b(?:ska|skh|sdgs?|ka|kuresel|amac(?:i|lar|lari)?|hedef(?:i|ler|leri)?|goals?|targets?|alt|no|nolu|numarali|bm|"
    r"surdurulebilir kalkinma|sustainable development|ve|ile|and|or|veya|the)\b"
)


@dataclass(frozen=True, slots=True)
class Goals:
    """``unknown``: numbers of no goal; ``words``: what else stood there; ``guessed``: something was not plain."""

    codes: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    words: str = ""
    guessed: bool = False


class GoalReader:
    """Remembers what it read: the same cells come again and again."""

    def __init__(self, reference: Reference, words: Words) -> None:
        self._reference, self._words = reference, words
        self._read: dict[str, Goals] = {}

    def read(self, text: str) -> Goals:
        """What a cell of goals or targets says."""
        if text not in self._read:
            self._read[text] = self._parse(text)
        return self._read[text]

    def _parse(self, text: str) -> Goals:
        marked = self._mark_names(text)
        codes: dict[str, None] = {}
        targets: dict[str, None] = {}
        unknown: list[str] = []
        guessed = False
        for name, number, part in _TOKEN.findall(marked):
            goal = name or str(int(number))
            target = f"{goal}.{part}" if part else ""
            if goal not in self._reference.goals_by_code:
                unknown.append(number + (f".{part}" if part else ""))
                continue
            codes[goal] = None
            if target in self._reference.targets_by_code:
                targets[target] = None
            elif part in self._reference.goals_by_code:  # "11,12" after a spreadsheet made a number of it
                codes[part] = None
                guessed = True
            elif part and part.strip("0"):
                unknown.append(target)
        rest = plain(_FILLERS.sub(" ", _TOKEN.sub(" ", marked)))
        found = self._words.goal_names.find(rest) if rest else None
        if found is not None:
            codes[found.code] = None
            rest, guessed = "", guessed or found.how == NEARLY
        return Goals(tuple(codes), tuple(targets), tuple(unknown), rest, guessed)

    def _mark_names(self, text: str) -> str:
        """The folded text with every goal's name replaced by its code, long names first."""
        marked = f" {_folded(text)} "
        if not re.search(r"[a-z]{4}", marked):
            return marked
        for name, code in self._words.goals:
            if f" {name} " in marked:
                marked = marked.replace(f" {name} ", f" {_NAMED}{code}{_END} ")
        return marked


def _folded(text: str) -> str:
    """Words as the names have them, numbers with their points."""
    pieces = re.split(r"(\d+(?:\.(?:\d+|[a-dA-D]\b))?)", text)
    return " ".join(piece if n % 2 else plain(piece) for n, piece in enumerate(pieces) if piece.strip()).lower()
