"""The values among which a person chooses, in words: what each says, and where they differ.

A list is told as it would stand after the choice, a row as one line. What two texts have in common is told apart from
what only one of them has, so that a word in a long text is found at once.
"""

import hashlib
from collections.abc import Mapping, Sequence
from itertools import pairwise

from izsa_desktop.domain.authority import COMMENTS
from izsa_desktop.domain.conflicts import Option, Question
from izsa_desktop.domain.fields import BY_NAME, FieldSpec
from izsa_desktop.domain.history import Segment, compared
from izsa_desktop.domain.merge import RecordState
from izsa_desktop.domain.registers import fields_of
from izsa_desktop.domain.revision import DELETED, Json, canonical
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.telling import Teller

_LONGEST = 300
"""Bytes of a value that is told as it is written."""
_ENOUGH = 0.2
"""How much of the shorter text both must share for a comparison to help more than it disturbs."""


class ChoiceTeller:
    """Tells the questions of one record. What it gives is text of people: show it as data."""

    def __init__(self, state: RecordState, teller: Teller, t: Translator) -> None:
        self._values, self._teller, self._t = state.values, teller, t

    def name(self, question: Question) -> str:
        """What is asked: the field, and of several rows which one."""
        register = question.registers[0]
        field = self._teller.field(question.field)
        spec = BY_NAME.get(question.field)
        if register.startswith(COMMENTS):
            return self._t("reviewing.comment_on", field=self._teller.field(register.removeprefix(COMMENTS)))
        if spec is None or spec.row is None or register == spec.name:
            return visible(register) if spec is None and "/" in register else field
        if question.listed:
            return self._t("conflict.order", field=field)
        row = next((row for row in (self._row(o, question, spec) for o in question.options) if row), "")
        return self._t("conflict.row", field=field, row=row) if row else field

    def texts(self, question: Question) -> list[str]:
        """What each option says; no two are alike."""
        texts = [self._text(option, question) for option in question.options]
        if len({*texts}) == len(texts):
            return texts
        values = [next(iter(option.values.values())) for option in question.options]
        if question.listed and len({_rank(value) for value in values}) == len(values):  # what else stands decides
            return [self._t("conflict.rank", text=text, rank=_rank(v)) for text, v in zip(texts, values, strict=True)]
        return [f"{text} {_exact(v)}".strip() for text, v in zip(texts, values, strict=True)]

    def _text(self, option: Option, question: Question) -> str:
        t, register = self._t, question.registers[0]
        spec = BY_NAME.get(question.field)
        if register == DELETED:
            return t("conflict.put_away") if option.values[DELETED] is True else t("conflict.keep")
        if spec is None:
            return _unknown(option.values[register])
        if spec.row is not None:
            return self._list(option, spec) if question.listed else self._line(option, register, spec)
        shown = fields_of({**(self._values if question.listed else {}), **option.values})
        return self._teller.value(spec, getattr(shown, spec.name))

    def _list(self, option: Option, spec: FieldSpec) -> str:
        rows = getattr(fields_of({**self._values, **option.values}), spec.name)
        return "; ".join(self._teller.name_of(spec, row) for row in rows)

    def _line(self, option: Option, register: str, spec: FieldSpec) -> str:
        """One row; a row inside another is told by itself."""
        if option.values[register] is None:
            return self._t("conflict.no_row")
        inner, row = _row_of(option.values, register, spec, self._values)
        return self._teller.row(inner, row) if row is not None else _unknown(option.values[register])

    def _row(self, option: Option, question: Question, spec: FieldSpec) -> str:
        """What the row is called about which the question is; empty for an option without it."""
        register = question.registers[0]
        inner, row = _row_of(option.values, register, spec, self._values)
        if row is None:
            return ""
        name = self._teller.name_of(inner, row)
        if inner is spec:
            return name
        outer = _row_of(self._values, f"{spec.name}/{register.split('/')[1]}", spec, self._values)[1]
        return " · ".join(filter(None, (self._teller.name_of(spec, outer) if outer else "", name)))


def marked(texts: Sequence[str]) -> list[tuple[Segment, ...]]:
    """Each text with what stands in no neighbour marked as ``added``; unmarked where they have little in common."""
    found: list[tuple[Segment, ...]] = [(Segment("same", text),) for text in texts]
    for n, (one, other) in enumerate(pairwise(texts)):
        both = compared(one, other)
        common = sum(len(segment.text) for segment in both if segment.sort == "same")
        if common <= _ENOUGH * min(len(one), len(other)):
            continue
        if n == 0:
            found[0] = _side(both, "removed")
        found[n + 1] = _side(both, "added")
    return found


def _side(both: Sequence[Segment], sort: str) -> tuple[Segment, ...]:
    return tuple(Segment("same" if s.sort == "same" else "added", s.text) for s in both if s.sort in ("same", sort))


def _row_of(
    values: Mapping[str, Json], register: str, spec: FieldSpec, around: Mapping[str, Json]
) -> tuple[FieldSpec, object | None]:
    """The row that a register holds, and what it is a row of; None where it holds none that can be read."""
    stem, _, key = register.partition("/")
    if stem == spec.name:
        rows = getattr(fields_of({register: values.get(register)}), spec.name)
        return spec, next(iter(rows), None)
    assert spec.row is not None
    inner = next(part for part in spec.row.attributes if part.name == stem)
    holder = f"{spec.name}/{key.partition('/')[0]}"
    whole = fields_of({holder: around.get(holder) or {"rank": 1}, register: values.get(register)})
    rows = [row for outer in getattr(whole, spec.name) for row in getattr(outer, stem)]
    return inner, next(iter(rows), None)


def _rank(value: Json) -> int:
    """Where an element stands in its list; 0 for nowhere."""
    rank = value.get("rank") if isinstance(value, dict) else None
    return rank if isinstance(rank, int) else 0


def _exact(value: Json) -> str:
    """A value as it is written, so that no two are alike; of a long one the beginning and what its bytes come to."""
    written = canonical(value)
    if len(written) <= _LONGEST:
        return written.decode()
    return f"{written[:_LONGEST].decode(errors='ignore')}… {hashlib.sha256(written).hexdigest()[:8]}"


def _unknown(value: Json) -> str:
    """A value that only a newer version can read."""
    return "" if value is None else value if isinstance(value, str) else canonical(value).decode()
