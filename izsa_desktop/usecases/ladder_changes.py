"""What another coaching ladder would change, in sentences that a person reads before it is taken; and it as a file."""

import json
from collections.abc import Iterator
from pathlib import Path

from izsa_desktop.domain.ladder import Criterion, Ladder
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.files import require_ending, write_atomic
from izsa_desktop.usecases.ladders import built_in_after, current_ladder, follows, to_plain
from izsa_desktop.usecases.workplace import Workplace, require_outside

MOST_TOLD = 12
"""Changes that are told one by one."""


def write_ladder(workplace: Workplace, target: Path) -> None:
    """Writes the ladder that is in force, in the form in which a file is taken.

    Raises WrongEnding, InsideWorkplace, FileProblem, DiskProblem.
    """
    require_ending(target, ".json")
    require_outside(workplace, target)
    text = json.dumps(to_plain(current_ladder(workplace)), ensure_ascii=False, indent=1)
    write_atomic(target, f"{text}\n".encode(), verify=True)


def told(workplace: Workplace, data: bytes, t: Translator) -> list[str]:
    """What would change if this ladder were set; nothing does. Raises what ``set_ladder`` raises."""
    return _told(current_ladder(workplace), follows(workplace, data), t)


def told_of_built_in(workplace: Workplace, t: Translator) -> list[str]:
    """The same for the program's own."""
    before = current_ladder(workplace)
    return _told(before, built_in_after(before), t)


def _told(before: Ladder, after: Ladder, t: Translator) -> list[str]:
    said = list(_changes(before, after, t))
    rest = len(said) - MOST_TOLD
    more = [t("ladder_change.more", count=rest)] if rest > 0 else []
    versions = t("ladder_change.version", before=before.version, after=after.version)
    return [versions, *(said[:MOST_TOLD] or [t("ladder_change.nothing")]), *more]


def _changes(before: Ladder, after: Ladder, t: Translator) -> Iterator[str]:
    old, new = _criteria(before), _criteria(after)
    for code in (code for code in old if code not in new):
        yield t("ladder_change.gone", code=code, name=old[code].name[t.language])
    for code, one in new.items():
        if code not in old:
            yield t("ladder_change.added", code=code, name=one.name[t.language])
        elif one != old[code]:
            yield from _changed(old[code], one, t)
    for stage in after.stages:
        was = before.stage(stage.number)
        if was is None:
            yield t("ladder_change.stage_added", stage=stage.number, name=stage.name[t.language])
        elif dict(was.name) != dict(stage.name):
            facts = {"before": was.name[t.language], "after": stage.name[t.language]}
            yield t("ladder_change.stage_named", stage=stage.number, **facts)
    for stage in before.stages[len(after.stages) :]:
        yield t("ladder_change.stage_gone", stage=stage.number, name=stage.name[t.language])


def _changed(old: Criterion, new: Criterion, t: Translator) -> Iterator[str]:
    if old.name[t.language] != new.name[t.language]:
        facts = {"before": old.name[t.language], "after": new.name[t.language]}
        yield t("ladder_change.named", code=new.code, **facts)
    if old.months != new.months:
        yield t("ladder_change.months", code=new.code, before=old.months, after=new.months)
    if (old.computed, dict(old.evidence)) != (new.computed, dict(new.evidence)) or _other_language(old, new, t):
        yield t("ladder_change.other", code=new.code, name=new.name[t.language])


def _other_language(old: Criterion, new: Criterion, t: Translator) -> bool:
    """True where the name differs in the language alone that is not read here."""
    return dict(old.name) != dict(new.name) and old.name[t.language] == new.name[t.language]


def _criteria(ladder: Ladder) -> dict[str, Criterion]:
    return {one.code: one for stage in ladder.stages for one in stage.criteria}
