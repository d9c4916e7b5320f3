"""Where a district stands on the coaching ladder and what comes next, with the names and sentences that people read.

The office looks at every district, a district at itself alone. Nothing here compares districts.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from izsa_desktop.analysis.ladder import Count, Records, Standing, Status, standing
from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.authority import RELATIONS
from izsa_desktop.domain.coaching import Evidence, StageChange, Tick
from izsa_desktop.domain.errors import NotYourPath, UnknownDistrict
from izsa_desktop.domain.project import Project, body_of
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.joint import standing_offers
from izsa_desktop.usecases.ladders import ladder_of
from izsa_desktop.usecases.sent import confirmed, sent_by
from izsa_desktop.usecases.workplace import Workplace


def district_standing(workplace: Workplace, district: str, today: date | None = None) -> Standing:
    """Where a district (code or name) stands. Raises UnknownDistrict, NotYourPath."""
    with workplace.store.reading() as reader:
        return standing_in(workplace, reader, district, today or date.today())[1]


def standing_in(workplace: Workplace, reader: Reader, district: str, today: date) -> tuple[str, Standing]:
    """``district_standing`` for who reads more; the district's code, too."""
    code = workplace.reference.district(district).code
    if code == OFFICE:
        raise UnknownDistrict(district)
    if not workplace.identity.office and code != workplace.identity.body:
        raise NotYourPath(workplace.reference.district_name(code))
    own = [one for one in reader.projects_by_id(reader.records(code)) if not one.deleted]
    records = Records(code, own, _answered(workplace, reader, code, own), today, *standing_offers(reader, code))
    entries = reader.coaching(code)
    ticks = [one for one in entries if isinstance(one, Tick)]
    evidence = [one for one in entries if isinstance(one, Evidence)]
    return code, standing(ladder_of(reader.meta()), records, ticks, evidence, unsent(workplace, reader, evidence))


def unsent(workplace: Workplace, reader: Reader, evidence: Iterable[Evidence]) -> frozenset[str]:
    """Ids of what waits and was handed in on this PC since its last bundle; what other PCs wrote came in theirs."""
    own = workplace.identity.replica
    gone = sent_by(reader, own) | confirmed(reader, own)[0]
    return frozenset(
        one.id
        for one in evidence
        if one.waiting and all(save.replica == own and save.seq not in gone for save in reader.saves(one.id))
    )


def _answered(workplace: Workplace, reader: Reader, district: str, projects: Iterable[Project]) -> frozenset[str]:
    """Those in which a PC of the district itself, not the office, has said what they are to another body's project."""
    members = workplace.trust(reader).members
    pcs = {replica for replica, member in members.items() if member.district == district}
    if workplace.identity.body == district:
        pcs.add(workplace.identity.replica)
    return frozenset(
        project.id
        for project in projects
        if any(body_of(row.other) != district for row in project.fields.relations)
        and any(
            save.replica in pcs and any(_answers(register, district) for register in save.registers)
            for save in reader.history(project.id)
        )
    )


def _answers(register: str, district: str) -> bool:
    return register.startswith(RELATIONS) and body_of(register.removeprefix(RELATIONS)) != district


def detail(status: Status, t: Translator) -> str:
    """Why a criterion is met or not: the figures, and how its evidence stands."""
    said = []
    if status.count is not None:
        said.append(_figures(status.criterion.computed, status.count, t))
    kind = status.criterion.evidence[t.language]
    if status.tick is not None and status.expires is not None:
        facts = {"day": t.date(status.tick.day), "until": t.date(status.expires.isoformat()), "kind": kind}
        said.append(t("ladder.expired", **facts) if status.expired else t("ladder.evidenced", **facts))
    if status.withdrawn:
        said.append(t("coach.taken_back", day=t.date(status.withdrawn)))
    if status.waiting:
        said.append(t("coach.handed_in_kept") if status.unsent else t("coach.handed_in_waits"))
    elif status.tick is None and status.criterion.months and not status.met:
        said.append(t("ladder.wanted", kind=kind))
    return " ".join(said)


def _figures(rule: str, count: Count, t: Translator) -> str:
    if not count.of:
        return t("ladder.nothing_to_count")
    return t(f"ladder_count.{rule}", have=count.have, of=count.of, need=count.need)


def to_plain(found: Standing, signed: StageChange | None, district: str, t: Translator) -> dict[str, Any]:
    """As JSON: see docs/cli.md. ``signed``: the stage change that both sides signed last."""
    return {
        "district": district,
        "stage": found.stage.number,
        "stage_name": found.stage.name[t.language],
        "signed_stage": signed.stage if signed else None,
        "criteria": [
            {
                "code": one.criterion.code,
                "name": one.criterion.name[t.language],
                "met": one.met,
                "computed": one.count is not None,
                "detail": detail(one, t),
                "evidence": one.tick.text if one.tick else "",
                "date": one.tick.day if one.tick else None,
                "expires": one.expires.isoformat() if one.expires else None,
                "expired": one.expired,
                "waiting": one.waiting,
            }
            for one in found.criteria
        ],
    }


def steps_to_plain(found: Standing, t: Translator) -> list[dict[str, Any]]:
    """The next steps as JSON: see docs/cli.md."""
    return [
        {
            "code": one.criterion.code,
            "name": one.criterion.name[t.language],
            "stage": one.stage.number,
            "detail": detail(one, t),
        }
        for one in found.next_steps
    ]
