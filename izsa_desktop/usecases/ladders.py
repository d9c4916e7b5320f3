"""The coaching ladder of a workplace: the program's own, or the one that the office set for everybody.

A code that has been in use stands for its criterion for ever. A new ladder has a greater version, and it holds every
code of the one before, or names it under ``retired``: then it never comes back with another meaning. The program's own
may be taken again at any time: its codes mean what they meant before anything else was set.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec

from izsa_desktop.analysis.ladder import RULES
from izsa_desktop.domain.errors import BadField, BadLadder, Malformed, NotJson, OfficeOnly, OverLimit
from izsa_desktop.domain.ladder import ENOUGH, Criterion, Ladder, Stage
from izsa_desktop.domain.text import has_invisible, normal
from izsa_desktop.reference.ladder import load_ladder
from izsa_desktop.usecases.files import read_file

if TYPE_CHECKING:
    from izsa_desktop.usecases.workplace import Workplace

_KEPT = "ladder"
MAX_LADDER = 256 * 1024
MOST_STAGES, MOST_CRITERIA = 10, 12
_CODE = re.compile(r"[0-9]\.[1-9][0-9]?")
_Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tr: _Line
    en: _Line


class _Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    code: Annotated[str, msgspec.Meta(max_length=4)]
    name: _Words
    evidence: _Words
    computed: Annotated[str, msgspec.Meta(max_length=60)] = ""
    months: Annotated[int, msgspec.Meta(ge=0, le=240)] = 0


class _Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: Annotated[int, msgspec.Meta(ge=0, lt=MOST_STAGES)]
    name: _Words
    criteria: Annotated[list[_Criterion], msgspec.Meta(max_length=MOST_CRITERIA)]


class _Ladder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """In the form of ``resources/reference/coaching_ladder.json``."""

    version: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
    stages: Annotated[list[_Stage], msgspec.Meta(min_length=1, max_length=MOST_STAGES)]
    retired: Annotated[list[Annotated[str, msgspec.Meta(max_length=4)]], msgspec.Meta(max_length=400)] = []


def ladder_of(meta: Mapping[str, str]) -> Ladder:
    """The ladder that is in force where these settings are."""
    kept = meta.get(_KEPT)
    return _made(_decoded(kept.encode())) if kept else load_ladder()


def current_ladder(workplace: "Workplace") -> Ladder:
    """The ladder that is in force in a workplace."""
    with workplace.store.reading() as reader:
        return ladder_of(reader.meta())


def kept_ladder(meta: Mapping[str, str]) -> bytes:
    """The office's ladder as it travels in its bundles; empty where it is the program's own."""
    return meta.get(_KEPT, "").encode()


def ladder_that_came(data: bytes, meta: Mapping[str, str]) -> dict[str, str]:
    """The settings that keep a ladder which the office sent; none where a newer one is here.

    Two PCs of the office may give out ladders of one version: everybody keeps the same one of them. Raises Malformed.
    """
    try:
        read = _read(data)
        if wrong := next(_wrong(read), None):
            raise wrong
    except (BadLadder, NotJson, BadField) as e:
        raise Malformed("ladder", _place(e)) from None
    here = kept_ladder(meta)
    newer = not here or (read.version, data) > (_decoded(here).version, here)
    return {_KEPT: data.decode()} if newer else {}


def set_ladder(workplace: "Workplace", data: bytes) -> Ladder:
    """Takes a ladder in JSON; in force at once, and at the districts with the next answer to each.

    Raises OfficeOnly, MayNotSpeak, NotJson, BadLadder (it is none), BadField (it contradicts itself or the one before).
    """
    _require_office(workplace)
    read = _read(data)
    with workplace.store.writing() as writer:
        workplace.require_voice(writer)
        _require_follows(read, ladder_of(writer.meta()))
        writer.set_meta(_kept(read))
    return _made(read)


def follows(workplace: "Workplace", data: bytes) -> Ladder:
    """What ``set_ladder`` would take, which changes nothing. Raises what that raises."""
    _require_office(workplace)
    read = _read(data)
    with workplace.store.reading() as reader:
        workplace.require_voice(reader)
        _require_follows(read, ladder_of(reader.meta()))
    return _made(read)


def built_in_after(before: Ladder) -> Ladder:
    """The program's own as it follows this one: what only that had is retired."""
    own = load_ladder()
    here = {one.code for stage in own.stages for one in stage.criteria}
    known = [*(one.code for stage in before.stages for one in stage.criteria), *before.retired, *own.retired]
    return replace(own, version=before.version + 1, retired=tuple(dict.fromkeys(c for c in known if c not in here)))


def is_built_in(ladder: Ladder) -> bool:
    """Whether it says what the program's own says."""
    return ladder.stages == load_ladder().stages


def restore_ladder(workplace: "Workplace") -> Ladder:
    """Takes the program's own again, as a newer version than the one in force. Raises OfficeOnly, MayNotSpeak."""
    _require_office(workplace)
    with workplace.store.writing() as writer:
        workplace.require_voice(writer)
        made = built_in_after(ladder_of(writer.meta()))
        writer.set_meta(_kept(_decoded(msgspec.json.encode(to_plain(made)))))
    return made


def read_ladder(file: Path) -> bytes:
    """A file that may hold a ladder. Raises BadField (too large), FileProblem."""
    try:
        return read_file(file, MAX_LADDER)
    except OverLimit:
        raise BadField("ladder", "file_too_large", limit=MAX_LADDER // 1024) from None


def _require_office(workplace: "Workplace") -> None:
    if not workplace.identity.office:
        raise OfficeOnly


def _require_follows(read: _Ladder, before: Ladder) -> None:
    for problem in (*_wrong(read), *_wrong_after(read, before)):
        raise problem


def _kept(read: _Ladder) -> dict[str, str]:
    return {_KEPT: msgspec.json.encode(read).decode()}


def to_plain(ladder: Ladder) -> object:
    """As JSON, in the form that ``set_ladder`` takes."""
    stages = [
        {
            "number": stage.number,
            "name": dict(stage.name),
            "criteria": [
                {"code": one.code, "name": dict(one.name), "evidence": dict(one.evidence)}
                | ({"computed": one.computed} if one.computed else {})
                | ({"months": one.months} if one.months else {})
                for one in stage.criteria
            ],
        }
        for stage in ladder.stages
    ]
    return {"version": ladder.version, "stages": stages} | ({"retired": list(ladder.retired)} if ladder.retired else {})


def _read(data: bytes) -> _Ladder:
    """Raises NotJson, BadLadder, BadField: their sentences are ours, whatever the reader of JSON says."""
    if len(data) > MAX_LADDER:
        raise BadField("ladder", "file_too_large", limit=MAX_LADDER // 1024)
    try:
        return _decoded(data)
    except msgspec.ValidationError as e:
        place, name = _AT.search(str(e)), _FIELD.search(str(e))
        raise BadLadder((place[1] if place else "$") + (f".{name[1]}" if name else "")) from None
    except msgspec.DecodeError as e:
        at = _BYTE.search(str(e))
        raise NotJson(len(data[: int(at[1])].decode(errors="replace")) + 1 if at else len(data) + 1) from None
    except (ValueError, RecursionError):  # what is no UTF-8, and lists in lists in lists
        raise NotJson(1) from None


_AT, _FIELD, _BYTE = re.compile(r"at `(\$[^`]*)`"), re.compile(r"field `(\w{1,40})`"), re.compile(r"\(byte (\d+)\)")


def _place(problem: BadLadder | NotJson | BadField) -> str:
    """Where it is, for a sentence about a file that somebody else made."""
    if isinstance(problem, BadField):
        return problem.value or "ladder.json"
    return problem.problem if isinstance(problem, BadLadder) else f"ladder.json: {problem.at}"


def _decoded(data: bytes) -> _Ladder:
    return msgspec.json.decode(data, type=_Ladder)


def _made(read: _Ladder) -> Ladder:
    stages = (
        Stage(
            stage.number,
            msgspec.structs.asdict(stage.name),
            tuple(
                Criterion(
                    one.code,
                    msgspec.structs.asdict(one.name),
                    msgspec.structs.asdict(one.evidence),
                    one.computed,
                    one.months,
                )
                for one in stage.criteria
            ),
        )
        for stage in read.stages
    )
    return Ladder(read.version, tuple(stages), tuple(read.retired))


def _wrong(read: _Ladder) -> Iterator[BadField]:
    """Why no version of the program could use it."""
    codes = [one.code for stage in read.stages for one in stage.criteria]
    for n, stage in enumerate(read.stages):
        if stage.number != n:
            yield BadField("ladder", "stage_out_of_order", str(stage.number))
        if len(stage.criteria) < ENOUGH:
            yield BadField("ladder", "too_few_criteria", str(stage.number), ENOUGH)
        for one in stage.criteria:
            if not (_CODE.fullmatch(one.code) and one.code.startswith(f"{stage.number}.")):
                yield BadField("ladder", "code_of_another_stage", one.code, stage.number)
            if not one.computed and not one.months:
                yield BadField("ladder", "never_met", one.code)
    for code in codes:
        if codes.count(code) > 1 or code in read.retired:
            yield BadField("ladder", "code_twice", code)
    texts = [text for stage in read.stages for words in _texts(stage) for text in (words.tr, words.en)]
    for text in texts:
        if has_invisible(text) or text != normal(text):
            yield BadField("ladder", "hidden_characters")


def _texts(stage: _Stage) -> Iterator[_Words]:
    yield stage.name
    for one in stage.criteria:
        yield one.name
        yield one.evidence


def _wrong_after(read: _Ladder, before: Ladder) -> Iterator[BadField]:
    """Why it cannot follow the one that is in force, and what this version cannot count."""
    if read.version <= before.version:
        yield BadField("ladder", "not_newer", str(read.version), before.version)
    here = {one.code for stage in read.stages for one in stage.criteria}
    for code in (one.code for stage in before.stages for one in stage.criteria):
        if code not in here and code not in read.retired:
            yield BadField("ladder", "code_gone", code)
    for code in before.retired:
        if code in here:
            yield BadField("ladder", "code_back", code)
        elif code not in read.retired:
            yield BadField("ladder", "code_gone", code)
    for stage in read.stages:
        for one in stage.criteria:
            if one.computed and one.computed not in RULES:
                yield BadField("ladder", "no_such_rule", one.computed)
