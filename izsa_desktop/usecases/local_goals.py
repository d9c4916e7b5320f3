"""The network's own goals beside the 17: a list that the office may extend, kept in the workplace.

A code that has been in use stands for its goal for ever, so a new list holds every code of the one before; names and
colours may change.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import msgspec

from izsa_desktop import reference
from izsa_desktop.domain.errors import BadLocalGoals, LocalGoalGone, Malformed
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import has_invisible

if TYPE_CHECKING:
    from izsa_desktop.usecases.workplace import Workplace

_KEPT = "local_goals"
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
_Statement = Annotated[str, msgspec.Meta(max_length=300)]


class LocalGoal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A goal as the list has it, in the form of the 17."""

    code: Annotated[str, msgspec.Meta(pattern=r"^[A-ZÇĞİÖŞÜ]{1,3}[0-9]{1,3}\Z")]
    color: Annotated[str, msgspec.Meta(pattern=r"^#[0-9a-f]{6}\Z")]
    name_tr: _Name
    name_en: _Name
    statement_tr: _Statement = ""
    statement_en: _Statement = ""


_List = Annotated[list[LocalGoal], msgspec.Meta(max_length=60)]


def known(meta: Mapping[str, str]) -> Reference:
    """The reference data of a workplace with these settings."""
    kept = meta.get(_KEPT)
    goals = msgspec.json.decode(kept, type=_List) if kept else []
    return reference.with_local_goals(reference.load(), msgspec.to_builtins(goals))


def local_goals(workplace: "Workplace") -> list[LocalGoal]:
    """The goals that the workplace knows beside the 17."""
    with workplace.store.reading() as reader:
        kept = reader.meta().get(_KEPT)
    return msgspec.json.decode(kept, type=_List) if kept else []


def kept_goals(meta: Mapping[str, str]) -> bytes:
    """The list as it travels in the office's bundles; empty where there is none."""
    return meta.get(_KEPT, "").encode()


def goals_that_came(data: bytes) -> dict[str, str]:
    """The settings that keep a list which the office sent. Raises Malformed."""
    try:
        goals = msgspec.json.decode(data, type=_List)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
        raise Malformed("goals", str(e)) from None
    if any(has_invisible(text) for goal in goals for text in msgspec.structs.astuple(goal)):
        raise Malformed("goals", "hidden characters")
    if len({goal.code for goal in goals}) != len(goals):
        raise Malformed("goals", "code twice")
    return {_KEPT: data.decode()}


def set_local_goals(workplace: "Workplace", data: bytes) -> list[LocalGoal]:
    """Takes a list in JSON; in force when the workplace is opened next. Raises BadLocalGoals, LocalGoalGone."""
    try:
        goals = msgspec.json.decode(data, type=_List)
    except (msgspec.MsgspecError, UnicodeError) as e:
        raise BadLocalGoals(str(e)) from None
    codes = [goal.code for goal in goals]
    if len(set(codes)) != len(codes):
        raise BadLocalGoals("code twice")
    if any(has_invisible(text) for goal in goals for text in msgspec.structs.astuple(goal)):
        raise BadLocalGoals("hidden characters")
    gone = {goal.code for goal in local_goals(workplace)} - set(codes)
    if gone:
        raise LocalGoalGone(", ".join(sorted(gone)))
    with workplace.store.writing() as writer:
        writer.set_meta({_KEPT: msgspec.json.encode(goals).decode()})
    return goals
