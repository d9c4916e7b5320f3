"""Forgetting what a save said while everything else about it can still be proven.

Somebody's right to be forgotten meets a history that never changes: the registers become null, and the line says that
they were erased, when, by whom and why. Id, parents, author, time and every other register stay, so merging goes on as
before. What is known of one id, in whatever order it comes, is joined: an erased form takes the original's place for
good, and of two erased forms both erase. A form that contradicts the original is a forgery and never wins.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from izsa_desktop.domain.errors import NotAuthorised
from izsa_desktop.domain.revision import (
    ERASED_VERSION,
    NEVER_ERASED,
    Revision,
    canonical,
    erased_sum,
    parse_revision,
)


def erasable(revision: Revision, registers: Iterable[str]) -> list[str]:
    """Those of the registers in which this save says something that can be erased."""
    said = revision.registers
    return sorted(r for r in set(registers) if said.get(r) is not None and not NEVER_ERASED.fullmatch(r))


def erase(revision: Revision, registers: Iterable[str], *, when: str, who: str, why: str) -> Revision:
    """The save without what it said in these registers, of which at least one must be ``erasable``."""
    gone = set(registers) | set(revision.erased.registers if revision.erased else ())
    line = _without(revision, gone)
    return _line(line, revision.id, gone, (when, who, why))


def joined(here: Revision, came: Revision) -> Revision:
    """What is to be kept of two forms of one id, whichever came first.

    Raises NotAuthorised when an erased form that came contradicts what is here. A form that is here and contradicts an
    original that came gives way: the original is proven by its hash.
    """
    if here.erased is None and came.erased is None:
        return here
    gone = {name for form in (here, came) if form.erased for name in form.erased.registers}
    if not all(gone <= form.registers.keys() for form in (here, came)) or _without(here, gone) != _without(came, gone):
        if came.erased is None:
            return came
        raise NotAuthorised("erased_differs", came.id)
    last = max((f.erased.when, f.erased.who, f.erased.why) for f in (here, came) if f.erased)
    return _line(_without(here, gone), here.id, gone, last)


def _without(revision: Revision, registers: set[str]) -> dict[str, Any]:
    """A line with these registers null, and without what an erasure adds."""
    line: dict[str, Any] = msgspec.json.decode(revision.body)
    line.pop("erased", None)
    line["v"] = ERASED_VERSION
    line["set"] = {name: None if name in registers else value for name, value in line["set"].items()}
    return line


def _line(line: dict[str, Any], id_: str, registers: set[str], said: tuple[str, str, str]) -> Revision:
    when, who, why = said
    line["erased"] = {"id": id_, "registers": sorted(registers), "when": when, "who": who, "why": why}
    line["erased"]["sha256"] = erased_sum(line)
    return parse_revision(canonical(line))
