"""A stage change is signed by both: the office proposes it, the district confirms it.

Each side counts for itself, on its own records, on the day of its signature, and writes down which criteria held: so
both signatures show later what they were given for. A stage that does not hold cannot be proposed, nor confirmed.
"""

from datetime import date

from izsa_desktop.analysis.ladder import Standing
from izsa_desktop.domain import coaching as records
from izsa_desktop.domain.authority import OF_DISTRICT
from izsa_desktop.domain.coaching import StageChange
from izsa_desktop.domain.errors import BadField, DistrictOnly, NothingToConfirm, StageNotHeld
from izsa_desktop.domain.ladder import ENOUGH, holds
from izsa_desktop.domain.revision import Json
from izsa_desktop.usecases.coaching import coached, found, keep_new, newest_first, short_text, write_on
from izsa_desktop.usecases.ladder import district_standing
from izsa_desktop.usecases.workplace import Workplace


def propose(workplace: Workplace, district: str, stage: int, text: str = "", today: date | None = None) -> str:
    """Signs for the office that a district (code or name) is on a stage. The record's id.

    Raises OfficeOnly, UnknownDistrict, BadField, StageNotHeld.
    """
    code, today = coached(workplace, district), today or date.today()
    standing = district_standing(workplace, code, today)
    if stage not in {one.stage.number for one in standing.criteria}:
        raise BadField("stage", "no_such_stage", str(stage))
    said: dict[str, Json] = {
        records.KIND: "stage",
        records.STAGE: stage,
        records.DATE: today.isoformat(),
        records.MET: list(_held(standing, stage)),
    }
    if remark := short_text("stage_text", text):
        said[records.TEXT] = remark
    return keep_new(workplace, code, said)


def confirm(workplace: Workplace, id_: str = "", today: date | None = None) -> StageChange:
    """Signs for the district what the office proposed: the newest proposal, or the one with this id.

    Raises DistrictOnly, NoSuchEntry, NothingToConfirm, StageNotHeld.
    """
    if workplace.identity.office:
        raise DistrictOnly
    today = today or date.today()
    standing = district_standing(workplace, workplace.identity.body, today)
    with workplace.store.writing() as writer:
        changes = [one for one in writer.coaching(workplace.identity.body) if isinstance(one, StageChange)]
        change = found(writer, id_, StageChange) if id_ else proposed(changes)
        if change is None or change.confirmed:
            raise NothingToConfirm
        registers: dict[str, Json] = {
            OF_DISTRICT + records.CONFIRMED: today.isoformat(),
            OF_DISTRICT + records.MET: list(_held(standing, change.stage)),
        }
        shown = write_on(workplace, writer, change.id, registers)
    assert isinstance(shown, StageChange)
    return shown


def proposed(changes: list[StageChange]) -> StageChange | None:
    """The newest one that the district has not confirmed, unless a later one has been signed since."""
    last = signed(changes)
    waiting = (one for one in changes if not one.confirmed and (last is None or one.day >= last.day))
    return next(iter(newest_first(waiting)), None)


def signed(changes: list[StageChange]) -> StageChange | None:
    """The newest one that both have signed, while its criteria held."""
    return next((one for one in newest_first(changes) if one.signed), None)


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
