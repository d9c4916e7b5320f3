"""Evidence that a district hands in for a criterion of the ladder, and what the office says to it.

Accepting it is a tick of the criterion that names it, so its day decides when it expires; returning it says why. What
was returned is handed in again as something new. What the district took back shows nothing, accepted or not: both may
have been written without knowledge of the other.
"""

from izsa_desktop.db.reader import Reader
from izsa_desktop.domain import coaching as records
from izsa_desktop.domain.authority import OF_DISTRICT
from izsa_desktop.domain.coaching import Evidence
from izsa_desktop.domain.errors import BadField, DistrictOnly, NoSuchProject, NotYourDistrict, OfficeOnly
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.revision import Json
from izsa_desktop.usecases.coaching import (
    accepting,
    add_new,
    found,
    keep_new,
    long_text,
    past_day,
    short_text,
    shown_by_evidence,
    tick_registers,
    write_on,
)
from izsa_desktop.usecases.projects import get_project, list_projects, may_edit
from izsa_desktop.usecases.workplace import Workplace


def hand_in(
    workplace: Workplace, criterion: str, text: str, *, link: str = "", project: str = "", day: str = ""
) -> str:
    """Keeps evidence for a criterion (code); it goes with the next bundle to the office. The record's id.

    ``project``: id or number of an own project that shows it. ``day``: the day that it is of, today where it is empty.
    Raises DistrictOnly, BadField, NoSuchProject (or it was deleted), NotYourDistrict.
    """
    if workplace.identity.office:
        raise DistrictOnly
    with workplace.store.reading() as reader:
        wanted = shown_by_evidence(reader, criterion)
    said: dict[str, Json] = {
        records.KIND: records.EVIDENCE,
        records.CRITERION: wanted.code,
        records.TEXT: long_text("ladder_evidence", text),
        records.DATE: past_day(day),
    }
    if address := _web_address(link):
        said[records.LINK] = address
    if project:
        said[records.PROJECT] = _own(workplace, project.strip())
    return keep_new(workplace, workplace.identity.body, {OF_DISTRICT + name: value for name, value in said.items()})


def accept(workplace: Workplace, id_: str, *, day: str = "") -> str:
    """Ticks the criterion by evidence that a district handed in. The tick's id.

    ``day``: the day that it is of, where the district's is wrong. Raises OfficeOnly, NoSuchEntry, BadField.
    """
    _require_office(workplace)
    with workplace.store.writing() as writer:
        evidence = _to_judge(writer, id_)
        if evidence.returned:
            raise BadField("ladder_evidence", "returned_already", evidence.returned_on)
        wanted = shown_by_evidence(writer, evidence.criterion)
        # a bundle may say anything; what the office accepts is as if it had been typed
        text = "\n".join(filter(None, (long_text("ladder_evidence", evidence.text), _web_address(evidence.link))))
        said = tick_registers(wanted.code, text, past_day(day or evidence.day), evidence.id)
        return add_new(workplace, writer, evidence.district, said)


def _web_address(typed: str) -> str:
    """One of the web, or nothing. Raises BadField."""
    link = short_text("evidence_link", typed)
    if link and not link.startswith(("https://", "http://")):
        raise BadField("evidence_link", "no_web_address", link[:60])
    return link


def give_back(workplace: Workplace, id_: str, reason: str, day: str = "") -> Evidence:
    """Returns evidence to the district, and says why. Raises OfficeOnly, NoSuchEntry, BadField."""
    _require_office(workplace)
    why, on = long_text("return_reason", reason), past_day(day)
    with workplace.store.writing() as writer:
        evidence = _to_judge(writer, id_)
        shown = write_on(workplace, writer, evidence.id, {records.RETURNED: why, records.RETURNED_ON: on})
    assert isinstance(shown, Evidence)
    return shown


def _to_judge(reader: Reader, id_: str) -> Evidence:
    """Evidence that the office has not accepted, nor the district taken back. Raises NoSuchEntry, BadField."""
    evidence = found(reader, id_, Evidence)
    if evidence.withdrawn:
        raise BadField("ladder_evidence", "taken_back_already", evidence.withdrawn)
    if accepting(reader, evidence) is not None:
        raise BadField("ladder_evidence", "accepted_already")
    return evidence


def own_projects(workplace: Workplace) -> list[Project]:
    """Those that evidence can name, in Turkish order of their titles."""
    return [one for one in list_projects(workplace) if may_edit(workplace, one)]


def _own(workplace: Workplace, named: str) -> str:
    """The id of a project of the workplace's own. Raises NoSuchProject, NotYourDistrict."""
    numbered = [one for one in list_projects(workplace) if named and one.number == named]
    shown = numbered[0] if len(numbered) == 1 else get_project(workplace, named)
    if shown.deleted:
        raise NoSuchProject(named[:60])
    if not may_edit(workplace, shown):
        raise NotYourDistrict(workplace.reference.district_name(shown.body), workplace.body_name)
    return shown.id


def _require_office(workplace: Workplace) -> None:
    if not workplace.identity.office:
        raise OfficeOnly
