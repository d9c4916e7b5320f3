"""Which row holds the headers, and what each header says its column is about.

Above the headers there may be titles; the headers may take two rows ("Tarih" over "Başlangıç" and "Bitiş"); a unit may
stand in brackets. A header is known by its words, by its beginning, or when it is nearly the same.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from izsa_desktop.domain.text import fold
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.tables.table import EMPTY, MERGED, TEXT, Cell, Row, Sheet
from izsa_desktop.usecases.importing.targets import Target, targets
from izsa_desktop.usecases.importing.words import header_words, numbering_words, plain, stem

SEARCHED_ROWS = 30
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_TRAILING_NUMBER = re.compile(r"[\s_.-]*\d{1,2}$")
_SURE, _BEGINNING, _NEARLY = 1.0, 0.8, 0.7
_NUMBERING = "#"


@dataclass(frozen=True, slots=True)
class Headers:
    """``row`` and ``last``: numbers of the first and last header row; 0 where there is none. Texts by column."""

    row: int
    last: int
    texts: tuple[str, ...]


def target_label(t: Translator, name: str) -> str:
    """What a person reads for a target."""
    target = targets()[name]
    if target.spec is None or target.part == "actual":
        return t(f"import_target.{name}")
    if not target.part:
        return t.field(name)
    if target.field == "dimensions":
        return t("import.part", field=t.field("dimensions"), part=t(f"import_target.{fold(name)}"))
    return t("import.part", field=t.field(target.field), part=t(f"part.{name}"))


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    """Folded header words and the targets that they may mean, the first meant first."""
    found: dict[str, list[str]] = {}
    labels = [(target_label(Translator(language), name), name) for language in LANGUAGES for name in targets()]
    pairs = [(word, name) for name, words in header_words().items() for word in words]
    for word, name in (*pairs, *labels, *((word, _NUMBERING) for word in numbering_words())):
        names = found.setdefault(plain(word), [])
        if name not in names:
            names.append(name)
    return {word: tuple(names) for word, names in found.items()}


def meant_by(header: str) -> list[tuple[str, float]]:
    """The targets that a header may mean with how sure that is, the surest first."""
    return list(_meant_by(header[:200]))


@cache
def _meant_by(header: str) -> tuple[tuple[str, float], ...]:
    forms = [header, _BRACKETS.sub(" ", header)]
    forms += [_TRAILING_NUMBER.sub("", form) for form in forms]
    wanted = list(dict.fromkeys(word for form in forms if (word := plain(form))))
    known = _known()
    for word in wanted:
        if word in known:
            return tuple((name, _SURE) for name in known[word])
    if not wanted:
        return ()
    found: dict[str, float] = {}
    for word, names in known.items():
        score = max(_likeness(form, word) for form in wanted)
        if score:
            for name in names:
                found[name] = max(found.get(name, 0.0), score)
    return tuple(sorted(found.items(), key=lambda pair: -pair[1])[:3])


def _likeness(header: str, word: str) -> float:
    if len(word) >= 4 and (header.startswith(f"{word} ") or header.endswith(f" {word}")):
        return _BEGINNING + len(word) / 1000  # the longer the surer
    if len(word) >= 5 and stem(header) == stem(word):
        return _BEGINNING
    if min(len(header), len(word)) >= 5 and abs(len(header) - len(word)) <= 3:
        matcher = SequenceMatcher(None, header, word, autojunk=False)
        if matcher.quick_ratio() >= 0.87 and matcher.ratio() >= 0.87:
            return _NEARLY
    return 0.0


def find_headers(sheet: Sheet) -> Headers:
    """The header row, or two, that say most; one of ``row`` 0 when none says anything."""
    best, best_score = Headers(0, 0, ()), 0.0
    rows = sheet.rows[:SEARCHED_ROWS]
    for n, row in enumerate(rows):
        one = _texts(row)
        score = _score(one)
        if score > best_score:
            best, best_score = Headers(row.number, row.number, tuple(one)), score
        below = rows[n + 1] if n + 1 < len(rows) else None
        if score and below is not None and below.number == row.number + 1 and _can_be_second(row, below):
            both = _joined(row, below)
            if _score(both) > max(best_score, score) + 0.5:
                best, best_score = Headers(row.number, below.number, tuple(both)), _score(both)
    return best if best_score >= _SURE else Headers(0, 0, ())


def headers_at(sheet: Sheet, number: int) -> Headers:
    """The headers in the row with this number, whatever they say."""
    row = next((row for row in sheet.rows if row.number == number), None)
    return Headers(number, number, tuple(_texts(row))) if row is not None else Headers(0, 0, ())


def _score(texts: Sequence[str]) -> float:
    """How much headers say: each target once, half for what could be a value as well."""
    best: dict[str, float] = {}
    for text in texts:
        for name, score in meant_by(text)[:1]:
            if name != _NUMBERING:
                best[name] = max(best.get(name, 0.0), score)
    return sum(best.values())


def _texts(row: Row) -> list[str]:
    return [_header_text(cell) for cell in row.cells]


def _header_text(cell: Cell) -> str:
    if cell.kind != TEXT or MERGED in cell.notes or len(str(cell.value)) > 200:
        return ""
    return " ".join(str(cell.value).split())


def _can_be_second(row: Row, below: Row) -> bool:
    """A second header row is all texts, and says something under an upper header that spans it or stays silent."""
    filled = [cell for cell in below.cells if cell.kind != EMPTY]
    if any(cell.kind != TEXT or len(str(cell.value)) > 80 for cell in filled):
        return False
    return any(MERGED in cell.notes for cell in row.cells) or any(MERGED in cell.notes for cell in below.cells)


def _joined(row: Row, below: Row) -> list[str]:
    texts = []
    for column in range(max(len(row.cells), len(below.cells))):
        upper = _words(row, column)
        lower = _words(below, column)
        joined = f"{upper} {lower}".strip()
        candidates = [lower, joined, upper] if lower and lower != upper else [upper]
        texts.append(
            max(
                candidates, key=lambda text: max((s for _, s in meant_by(text)), default=0.0) + (text == joined) * 0.001
            )
        )
    return texts


def _words(row: Row, column: int) -> str:
    """A header that is merged over several columns counts for each of them."""
    cell = row.cells[column] if column < len(row.cells) else None
    return " ".join(str(cell.value).split()) if cell is not None and cell.kind == TEXT else ""


def guess(headers: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """What each column is about. Who is surer gets a target that only one column can have."""
    wishes = [
        (-score, column, place, name)
        for column, header in enumerate(headers)
        for place, (name, score) in enumerate(meant_by(header))
    ]
    taken: set[str] = set()
    found: dict[int, tuple[str, ...]] = {}
    for _, column, _, name in sorted(wishes):
        target: Target | None = targets().get(name)
        if column in found or (name in taken and (target is None or not target.many)):
            continue
        if target is not None:
            found[column] = (name,)
            taken.add(name)
        else:
            found[column] = ()
    return {column: names for column, names in sorted(found.items()) if names}
