"""A stage change is signed by both: the office proposes it, the district confirms it.

Each side counts for itself, on its own records, on the day of its signature, and writes down which criteria held: so
both signatures show later what they were given for. A stage that does not hold cannot be proposed, nor confirmed. The
lowest one is where everybody begins: nobody signs it. What both have signed already is not proposed again while it
holds, nor a stage below it; when it holds no more, a lower one can be. Only the newest proposal can be confirmed, and
the confirmation names it (``domain.coaching``).
"""

from collections.abc import Sequence
from datetime import date

from izsa_desktop.analysis.ladder import Standing
from izsa_desktop.domain import coaching as records
from izsa_desktop.domain.authority import OF_DISTRICT
from izsa_desktop.domain.coaching import StageChange
from izsa_desktop.domain.errors import (
    BadField,
    DistrictOnly,
    NoNewestProposal,
    NothingToConfirm,
    StageNotHeld,
    StageSignedAlready,
)
from izsa_desktop.domain.ladder import ENOUGH, Ladder, Stage, holds
from izsa_desktop.domain.revision import Json
from izsa_desktop.usecases.coaching import coached, found, keep_new, short_text, write_on
from izsa_desktop.usecases.ladder import district_standing
from izsa_desktop.usecases.workplace import Workplace


def propose(workplace: Workplace, district: str, stage: int, text: str = "", today: date | None = None) -> str:
    """Signs for the office that a district (code or name) is on a stage. The record's id.

    Raises OfficeOnly, UnknownDistrict, BadField, StageSignedAlready, StageNotHeld.
    """
    code, today = coached(workplace, district), today or date.today()
    standing = district_standing(workplace, code, today)
    if stage not in {one.stage.number for one in standing.criteria}:
        raise BadField("stage", "no_such_stage", str(stage))
    if stage == 0:
        raise BadField("stage", "needs_no_signature", str(stage))
    with workplace.store.reading() as reader:
        before = signed([one for one in reader.coaching(code) if isinstance(one, StageChange)])
    if stage <= (reached := _signed_and_held(standing, before)):
        raise StageSignedAlready(reached)
    said: dict[str, Json] = {
        records.KIND: "stage",
        records.STAGE: stage,
        records.DATE: today.isoformat(),
        records.MET: list(_held(standing, stage)),
    }
    if remark := short_text("stage_text", text):
        said[records.TEXT] = remark
    return keep_new(workplace, code, said)


def proposable(ladder: Ladder, standing: Standing, before: StageChange | None) -> list[Stage]:
    """The stages that are not signed already. ``before``: what both have signed last."""
    return [one for one in ladder.stages if one.number > _signed_and_held(standing, before)]


def _signed_and_held(standing: Standing, before: StageChange | None) -> int:
    """The stage that both have signed and that holds today; 0, which nobody signs, where there is none."""
    return before.stage if before is not None and before.stage <= standing.stage.number else 0


def confirm(workplace: Workplace, id_: str = "", today: date | None = None) -> StageChange:
    """Signs for the district what the office proposed last; ``id_`` says which one is meant.

    Raises DistrictOnly, NoSuchEntry, NothingToConfirm, NoNewestProposal, StageNotHeld.
    """
    if workplace.identity.office:
        raise DistrictOnly
    today = today or date.today()
    standing = district_standing(workplace, workplace.identity.body, today)
    with workplace.store.writing() as writer:
        changes = [one for one in writer.coaching(workplace.identity.body) if isinstance(one, StageChange)]
        change = _to_confirm(changes, found(writer, id_, StageChange) if id_ else None)
        registers: dict[str, Json] = {
            OF_DISTRICT + records.CONFIRMED: today.isoformat(),
            OF_DISTRICT + records.MET: list(_held(standing, change.stage)),
            OF_DISTRICT + records.OFFER: change.offer,
            OF_DISTRICT + records.STAGE: change.stage,
        }
        shown = write_on(workplace, writer, change.id, registers)
    assert isinstance(shown, StageChange)
    return shown


def _to_confirm(changes: Sequence[StageChange], named: StageChange | None) -> StageChange:
    last = _last(changes)
    if last is None or last.confirmed or (named is not None and named.confirmed):
        raise NothingToConfirm
    if named is not None and named.id != last.id:
        raise NoNewestProposal(last.stage)
    return last


def proposed(changes: Sequence[StageChange]) -> StageChange | None:
    """The newest one, while the district has not confirmed it."""
    last = _last(changes)
    return None if last is None or last.confirmed else last


def signed(changes: Sequence[StageChange]) -> StageChange | None:
    """The newest one that both have signed, while its criteria held."""
    return max((one for one in changes if one.signed), key=_order, default=None)


def _last(changes: Sequence[StageChange]) -> StageChange | None:
    """The newest one that can be confirmed at all, or was."""
    return max((one for one in changes if one.stage and one.held), key=_order, default=None)


def _order(change: StageChange) -> tuple[str, int, str]:
    return change.offered, change.offer_seq, change.id


def _held(standing: Standing, stage: int) -> tuple[str, ...]:
    """The codes that are met. Raises StageNotHeld where they do not reach the stage."""
    met = tuple(one.criterion.code for one in standing.criteria if one.met)
    if not holds(stage, met):
        lowest = next(n for n in range(stage + 1) if not _reached(n, met))
        lacking = [one.criterion.code for one in standing.criteria if one.stage.number == lowest and not one.met]
        raise StageNotHeld(stage, ", ".join(lacking), lowest)
    return met


def _reached(stage: int, met: tuple[str, ...]) -> bool:
    return sum(code.partition(".")[0] == str(stage) for code in met) >= ENOUGH
