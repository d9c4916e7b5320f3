"""The story of the demo: what office and districts have to do with each other, told by the very use cases.

What it says is invented and says so: example projects have a title of their own ("Örnek: …"), what real projects are
given here is called an example beside the link to their source, and all notes, talks and evidence begin with that
word. It is the same story every time; days count back from today, so that all lights are lit whenever the demo is made.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from izsa_desktop import resource_files
from izsa_desktop.domain import coaching as records
from izsa_desktop.domain.dates import UNKNOWN, parts
from izsa_desktop.domain.joint import ACCEPT, DECLINE, Member, ProgrammeFields
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Evidence, Indicator
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import (
    coaching,
    exchange,
    handing_in,
    joining,
    joint,
    relating,
    reviewing,
    sending,
    stages,
    trusting,
)
from izsa_desktop.usecases.answering import answer_name
from izsa_desktop.usecases.projects import add_projects, get_project, list_projects, save_project
from izsa_desktop.usecases.workplace import Workplace, bundle_name, open_workplace

BORNOVA, KARSIYAKA, KONAK = "TUR035007", "TUR035017", "TUR035021"
MENDERES, NARLIDERE, SELCUK, SEFERIHISAR = "TUR035022", "TUR035024", "TUR035027", "TUR035026"
ANSWERED = (BORNOVA, KONAK, SELCUK, KARSIYAKA, NARLIDERE, MENDERES)
"""Districts that have taken in an answer of the office."""
_STORY_HOUSES = {
    BORNOVA: "Bornova İnönü Masal Evi ve Kurs Merkezi",
    KONAK: "Konak Toros Masal Evi",
    SELCUK: "Deppo Efes Masal Evi",
}
_DRY_GARDENS = ("Narlıdere kurakçıl peyzaj", "Kemalpaşa kuru peyzaj uygulaması")
_NOT_ALIKE = ("Balçova Kadın Kooperatifi gıda atölyesi", "Narlıdere Üretici Kadın Kooperatifi")
_CORRECTED = frozenset({KARSIYAKA, "TUR035011", "TUR035013"})
"""Districts of which a project without a known start is to be corrected."""
_EXAMPLE = "Örnek"
_MANDATE = {"1.1": "mandate", "1.2": "duty", "1.3": "pledge", "1.4": "people"}
_DUE_DAYS, _STALE_DAYS = 500, 800
"""Since the last confirmation: for a yellow light and for a red one."""


# --- projects --------------------------------------------------------------------------------------------------------


def examples(*, later: bool) -> Iterator[dict[str, Any]]:
    """The invented projects as records; ``later``: those that are entered after the first answer."""
    text = resource_files.path("demo/examples.jsonl").read_text(encoding="utf-8")
    for line in map(json.loads, text.splitlines()):
        if line.pop("later", False) is later:
            yield line


def assumed(fields: ProjectFields, number: int, t: Translator, today: date) -> ProjectFields:
    """A real project, which no source says the state of, with an example of one. ``number``: its place among all."""
    start = parts(fields.start or "")
    if start is None:
        status = ("sürüyor", "", "sürüyor", "durduruldu")[number % 4]
    elif start[0] < today.year - 6:
        status = ("tamamlandı", "sürüyor")[number % 2]
    else:
        status = ("sürüyor", "sürüyor", "sürüyor", "tamamlandı", "")[number % 5]
    ago = {0: _STALE_DAYS, 1: _DUE_DAYS}.get(number % 7, number * 13 % 330)
    if start is not None and date(start[0], start[1] or 12, start[2] or 28) > today - timedelta(ago):
        ago = number * 7 % 60  # nobody confirms a project before it begins
    confirmed = (today - timedelta(ago)).isoformat()
    source = Evidence(link=fields.source, caption=t("demostory.assumed"))
    return replace(fields, status=status, confirmed=confirmed, evidence=(source,))


# --- who does what ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Story:
    """``homes``: workplaces of the districts by code; ``mail``: the folder of what is sent."""

    office: Workplace
    homes: dict[str, Path]
    mail: Path
    t: Translator
    today: date
    later: dict[str, list[ProjectFields]]
    """Projects that districts enter after the first answer, by code."""

    def tell(self) -> list[Path]:
        """All of it, once the first bundles are in; the bundles that the office has yet to take in."""
        self._review()
        self._join()
        self._coach()
        for code in ANSWERED:
            self._answer(code)
        return list(self._answers_of_the_districts())

    def _day(self, ahead: int) -> str:
        return (self.today + timedelta(ahead)).isoformat()

    def _answer(self, code: str) -> None:
        """The office's next answer reaches a district."""
        path = self.mail / answer_name(self.office, code)
        sending.answer(self.office, code, path)
        fingerprint = trusting.trust_view(self.office).trust.fingerprint
        with open_workplace(self.homes[code]) as district:
            trusting.pin(district, fingerprint)
            exchange.merge_bundles(district, [path])

    # --- the office ---------------------------------------------------------------------------------------------------

    def _review(self) -> None:
        """Most is approved, some is to be corrected with words at the fields, the rest waits."""
        t = self.t
        corrected: set[str] = set()
        for number, project in enumerate(self._theirs()):
            fields = project.fields
            if fields.title.startswith(_EXAMPLE):
                reviewing.review(self.office, project.id, "onaylandı", t("demostory.approved"))
            elif fields.start == UNKNOWN and project.body in _CORRECTED - corrected:
                comments = {
                    "start": t("demostory.comment_start"),
                    "neighbourhood": t("demostory.comment_place"),
                }
                note = t("demostory.correction")
                reviewing.review(self.office, project.id, reviewing.CORRECTION, note, comments=comments)
                corrected.add(project.body)
            elif number % 5 == 3:
                reviewing.review(self.office, project.id, "incelemede", checks={"title": True, "goals": True})
            elif number % 5 != 4:
                reviewing.review(self.office, project.id, "onaylandı", t("demostory.approved"))

    def _theirs(self) -> Sequence[Any]:
        found = [one for one in list_projects(self.office) if one.body != OFFICE]
        return sorted(found, key=lambda one: (one.body, one.fields.title))

    def _join(self) -> None:
        """A programme that its districts will answer, one that waits for them, and two projects that are not alike."""
        ids, t = {one.fields.title: one.id for one in self._theirs()}, self.t
        indicator = Indicator(
            name=t("demostory.joint_indicator"),
            unit=t("demostory.joint_unit"),
            baseline=Decimal(0),
            baseline_year=self.today.year,
            target=Decimal(60),
            target_year=self.today.year + 2,
        )
        houses = ProgrammeFields(
            name=t("demostory.joint_name"),
            purpose=t("demostory.joint_purpose"),
            lead=BORNOVA,
            members=tuple(Member(ids[title], title) for title in _STORY_HOUSES.values()),
            status="sürüyor",
            start=f"{self.today.year}",
            indicators=(indicator,),
        )
        gardens = ProgrammeFields(
            name=t("demostory.water_name"),
            purpose=t("demostory.water_purpose"),
            lead=NARLIDERE,
            members=tuple(Member(ids[title], title) for title in _DRY_GARDENS),
            status="planlandı",
        )
        joining.create(self.office, houses)
        joining.create(self.office, gardens)
        relating.relate(self.office, ids[_NOT_ALIKE[0]], ids[_NOT_ALIKE[1]], "benzer değil")

    def _coach(self) -> None:
        """Bornova reaches a stage; Karşıyaka is late; what Seferihisar showed has expired; Konak gets a note."""
        t, office = self.t, self.office
        who = t("demostory.participants")
        coaching.write_session(
            office, BORNOVA, t("demostory.session_first"), self._day(-120), participants=who, following=self._day(-40)
        )
        coaching.write_session(
            office, BORNOVA, t("demostory.session"), self._day(-40), participants=who, following=self._day(20)
        )
        coaching.write_action(office, BORNOVA, t("demostory.action_done"), day=self._day(-120), due=self._day(-50))
        coaching.write_action(office, BORNOVA, t("demostory.action_open"), day=self._day(-40), due=self._day(12))
        for code, text in (("0.3", "meeting"), ("0.5", "talk")):
            coaching.write_tick(office, BORNOVA, code, t(f"demostory.evidence_{text}"), self._day(-100))
        for handed in self._handed_in(BORNOVA):
            handing_in.accept(office, handed)
        stages.propose(office, BORNOVA, 1, t("demostory.stage"), self.today)
        coaching.write_session(
            office, KARSIYAKA, t("demostory.session_first"), self._day(-75), participants=who, following=self._day(-5)
        )
        coaching.write_action(office, KARSIYAKA, t("demostory.action_late"), day=self._day(-75), due=self._day(-15))
        coaching.write_action(
            office, KARSIYAKA, t("demostory.action_office"), owner=OFFICE, day=self._day(-75), due=self._day(5)
        )
        _first, form = self._handed_in(KARSIYAKA)
        handing_in.give_back(office, form, t("demostory.returned"), self._day(-10))
        coaching.write_tick(office, SEFERIHISAR, "0.5", t("demostory.evidence_talk"), self._day(-420))
        coaching.write_note(office, KONAK, t("demostory.note"), self._day(-3))

    def _handed_in(self, code: str) -> list[str]:
        """What a district has handed in, by its criteria."""
        with self.office.store.reading() as reader:
            found = [one for one in reader.coaching(code) if isinstance(one, records.Evidence)]
        return [one.id for one in sorted(found, key=lambda one: one.criterion)]

    # --- the districts ------------------------------------------------------------------------------------------------

    def _answers_of_the_districts(self) -> Iterator[Path]:
        """They read the answer and do their part; one bundle stays in the mail, one district has not sent yet."""
        for code, said, note in ((BORNOVA, ACCEPT, "yes"), (KONAK, ACCEPT, "yes"), (SELCUK, DECLINE, "no")):
            with open_workplace(self.homes[code]) as district:
                [programme] = joint.programmes(district)
                joint.answer(district, programme.id, said, self.t(f"demostory.joint_{note}"))
                if code == BORNOVA:
                    stages.confirm(district, today=self.today)
                    self._do_what_was_agreed(district)
                if code == KONAK:
                    self._change_what_is_approved(district)
                path = self._send(district)
            exchange.merge_bundles(self.office, [path])
        self._answer(BORNOVA)
        with open_workplace(self.homes[MENDERES]) as district:
            add_projects(district, self.later[MENDERES])
            yield self._send(district)
        with open_workplace(self.homes[KARSIYAKA]) as district:
            add_projects(district, self.later[KARSIYAKA])
            handing_in.hand_in(district, "0.4", self.t("demostory.evidence_form"), day=self._day(0))

    def _send(self, district: Workplace) -> Path:
        [exported] = sending.export_bundle(district, self.mail / bundle_name(district, 2))
        return exported.path

    def _do_what_was_agreed(self, district: Workplace) -> None:
        with district.store.reading() as reader:
            actions = [one for one in reader.coaching() if isinstance(one, records.Action)]
        first = min(actions, key=lambda one: one.day)
        coaching.mark_done(district, first.id, day=self._day(-60))

    def _change_what_is_approved(self, district: Workplace) -> None:
        """So it waits for the office again."""
        own = next(one for one in list_projects(district) if one.fields.title.startswith(_EXAMPLE))
        project = get_project(district, own.id)
        save_project(district, own.id, replace(project.fields, audience_number=1600), project.heads)


def hand_in_first(district: Workplace, t: Translator, today: date) -> None:
    """What a district shows before the coach has been there; goes with its first bundle."""
    code, day = district.identity.body, (today - timedelta(30)).isoformat()
    if code in (BORNOVA, KARSIYAKA):
        handing_in.hand_in(district, "0.1", t("demostory.evidence_contact"), day=day)
        handing_in.hand_in(district, "0.4", t("demostory.evidence_form"), day=day)
    if code == BORNOVA:
        for criterion, text in _MANDATE.items():
            handing_in.hand_in(district, criterion, t(f"demostory.evidence_{text}"), day=day)
