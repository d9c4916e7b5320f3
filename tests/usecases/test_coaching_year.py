"""A year of coaching played through: every word of it goes by signed bundles between real workplaces.

Enrolled, evidence in, returned, in again and accepted, a talk, an action, a stage signed by both; a year later the
evidence has expired on both sides. Days are given to what is written and to what is counted, as everywhere.
"""

from datetime import date
from pathlib import Path

import pytest

from izsa_desktop.domain.errors import BadField, NothingToConfirm, StageNotHeld
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import coaching, coaching_view, enrolment, handing_in, ladder, projects, rebuilding, stages
from izsa_desktop.usecases.coaching_view import ACCEPTED, RETURNED, DistrictPath
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.usecases.line import Line, export, state_hash
from tests.usecases.mail import answer, hash_of, pin, take

ALIAGA, NAME = "TUR035001", "Aliağa"
JANUARY, FEBRUARY, MARCH, MAY = "2025-01-20", "2025-02-10", "2025-03-03", "2025-05-05"
SPRING = date(2025, 5, 5)
NEXT_WINTER = date(2026, 2, 20)


class Town:
    """Aliağa and the office, with the mail between them."""

    def __init__(self, line: Line, mail: Path) -> None:
        self.line, self.mail, self.sent = line, mail, 0
        self.folder = line.folder / ALIAGA
        with create_workplace(self.folder, ALIAGA, "Ece Aliağalı", "tr") as town:
            enrolment.request_enrolment(town, mail / "aliaga.enrol")
        with open_workplace(line.office) as office:
            enrolment.accept_enrolment(office, enrolment.read_request(office, mail / "aliaga.enrol"))
        pin(line, self.folder)

    def to_office(self) -> None:
        self.sent += 1
        [got] = take(self.line.office, export(self.folder, self.mail / f"up-{self.sent}.izsa"))
        assert got.code == 0

    def to_town(self) -> None:
        self.sent += 1
        [got] = take(self.folder, answer(self.line, self.folder, self.mail / f"down-{self.sent}.izsa"))
        assert got.code == 0

    def both(self, today: date) -> DistrictPath:
        """The path, which is the same on both sides, after the mail in both directions."""
        self.to_office()
        self.to_town()
        found = []
        for folder in (self.line.office, self.folder):
            with open_workplace(folder) as workplace:
                found.append(coaching_view.path(workplace, NAME, today))
        office, town = found
        assert office == town
        assert hash_of(self.line.office, ALIAGA) == state_hash(self.folder)
        return town


@pytest.fixture
def town(line: Line, tmp_path: Path) -> Town:
    return Town(line, tmp_path)


def test_a_year(town: Town) -> None:
    # January: the district begins, on the lowest stage as everybody, with what lacks
    begun = town.both(date(2025, 1, 20))
    assert (begun.standing.stage.number, begun.signed, begun.sessions) == (0, None, [])
    assert [step.criterion.code for step in begun.standing.next_steps] == ["0.1", "0.2"]

    # it lists five projects that run, and hands in its first evidence
    with open_workplace(town.folder) as aliaga:
        projects.add_projects(
            aliaga, [ProjectFields(title=f"İş {n}", purpose="Amaç", status="sürüyor") for n in range(5)]
        )
        letter = handing_in.hand_in(aliaga, "0.1", "Başkanlık yazısı 2025/14", day=JANUARY)
        blurred = handing_in.hand_in(aliaga, "0.4", "Öz değerlendirme formu, ilk sayfa", day=JANUARY)
    waiting = town.both(date(2025, 1, 25))
    assert sorted(one.evidence.id for one in waiting.waiting) == sorted([letter, blurred])
    assert not any(one.met for one in waiting.standing.criteria if one.criterion.code in ("0.1", "0.4"))
    assert next(one for one in waiting.standing.criteria if one.criterion.code == "0.2").met, "the program counts it"

    # February: the coach comes; one piece of evidence is accepted, the other returned, a task agreed on
    with open_workplace(town.line.office) as office:
        coaching.write_session(
            office, NAME, "İlk görüşme", FEBRUARY, participants="Koç; özel kalem müdürü", following=MARCH
        )
        task = coaching.write_action(office, NAME, "Formun tamamını gönder", due=MARCH, day=FEBRUARY)
        handing_in.accept(office, letter)
        handing_in.give_back(office, blurred, "Yalnız ilk sayfa var; tamamı gerekir.", FEBRUARY)
        for code, text in (("0.3", "Tutanak 7"), ("0.5", "Görüşme notu")):
            coaching.write_tick(office, NAME, code, text, FEBRUARY)
        with pytest.raises(StageNotHeld):
            stages.propose(office, NAME, 1, today=SPRING)
    told = town.both(date(2025, 2, 11))
    assert {one.evidence.criterion: one.state for one in told.evidence} == {"0.1": ACCEPTED, "0.4": RETURNED}
    assert [one.text for one in told.sessions] == ["İlk görüşme"]
    assert (told.next_session, [one.id for one in told.open_actions]) == (MARCH, [task])

    # March: the district does what it said, and hands the form in again, with what makes the mandate
    with open_workplace(town.folder) as aliaga:
        coaching.mark_done(aliaga, task, day=MARCH)
        handing_in.hand_in(aliaga, "0.4", "Form, tamamı", day=MARCH)
        for code, text in (("1.1", "Olur 2025/31"), ("1.2", "Görev tanımı"), ("1.3", "Taahhüt"), ("1.4", "Liste")):
            handing_in.hand_in(aliaga, code, text, day=MARCH, link="https://aliaga.bel.tr/belge")
        with pytest.raises(NothingToConfirm):
            stages.confirm(aliaga, today=SPRING)
    done = town.both(date(2025, 3, 4))
    assert done.open_actions == [] and [one.done for one in done.actions] == [MARCH]
    assert len(done.waiting) == 5

    # May: all of it is accepted, the office signs the stage, the district signs it too
    with open_workplace(town.line.office) as office:
        for handed in done.waiting:
            handing_in.accept(office, handed.evidence.id)
        proposal = stages.propose(office, NAME, 1, "Kuruluş tamam", today=SPRING)
    offered = town.both(SPRING)
    assert offered.standing.stage.number == 1
    assert offered.signed is None, "one signature is none"
    assert offered.proposed is not None and offered.proposed.id == proposal
    with open_workplace(town.folder) as aliaga:
        stages.confirm(aliaga, today=SPRING)
    signed = town.both(SPRING)
    assert signed.signed is not None and signed.proposed is None
    assert (signed.signed.stage, signed.signed.author, signed.signed.confirmed_by) == (1, "Koordinatör", "Ece Aliağalı")
    assert (
        set(signed.signed.met)
        == set(signed.signed.confirmed_met)
        == {
            *("0.1", "0.2", "0.3", "0.4", "0.5"),
            *("1.1", "1.2", "1.3", "1.4"),
            "4.1",  # all records were saved just now
        }
    )

    # the winter after: what holds for twelve months has expired; what both signed stands beside what holds today
    later = town.both(NEXT_WINTER)
    assert {one.criterion.code for one in later.standing.criteria if one.expired} == {"0.3", "0.5"}
    assert (later.standing.stage.number, later.signed.stage if later.signed else None) == (0, 1)
    steps = later.standing.next_steps
    assert [step.criterion.code for step in steps] == ["0.3", "0.5"]
    assert ladder.detail(steps[0], Translator("tr")) == (
        "10 Şubat 2025 tarihli kanıt 10 Şubat 2026 gününe kadar geçerliydi. Yenisi gerekiyor: tutanak."
    )
    with open_workplace(town.line.office) as office:
        kinds = {one.kind for one in coaching_view.agenda(office, NEXT_WINTER) if one.district == ALIAGA}
        assert kinds == {"evidence_expired", "session_due"}
        with pytest.raises(StageNotHeld):
            stages.propose(office, NAME, 1, today=NEXT_WINTER)
        coaching.write_tick(office, NAME, "0.3", "Tutanak 9", "2026-02-19")
        coaching.write_tick(office, NAME, "0.5", "Görüşme notu", "2026-02-19")
    assert town.both(NEXT_WINTER).standing.stage.number == 1

    # nothing of it is kept anywhere but in signed saves: both sides can make it all again
    for folder in (town.line.office, town.folder):
        with open_workplace(folder) as workplace:
            before = coaching_view.path(workplace, NAME, NEXT_WINTER)
            rebuilding.rebuild(workplace)
            with workplace.store.writing() as writer:
                writer.rebuild()
            assert coaching_view.path(workplace, NAME, NEXT_WINTER) == before
    # and nobody else has any of it
    pin(town.line, town.line.konak)
    take(town.line.konak, answer(town.line, town.line.konak, town.mail / "konak.izsa"))
    with open_workplace(town.line.konak) as konak, konak.store.reading() as reader:
        assert reader.coaching() == []


def test_a_stage_that_the_districts_own_records_do_not_reach_is_not_confirmed(town: Town) -> None:
    """The district deletes its projects after it sent them: it counts for itself."""
    with open_workplace(town.folder) as aliaga:
        ids = projects.add_projects(
            aliaga, [ProjectFields(title=f"İş {n}", purpose="Amaç", status="sürüyor") for n in range(5)]
        )
    town.to_office()
    with open_workplace(town.line.office) as office:
        for code in ("0.1", "0.3", "0.4", "1.1", "1.2", "1.3", "1.4"):
            coaching.write_tick(office, NAME, code, "Belge", MAY)
        stages.propose(office, NAME, 1, today=SPRING)
    with open_workplace(town.folder) as aliaga:
        projects.delete_project(aliaga, ids[0])
    town.to_town()
    with open_workplace(town.folder) as aliaga:
        with pytest.raises(StageNotHeld) as refused:
            stages.confirm(aliaga, today=SPRING)
        assert (refused.value.lowest, refused.value.problem) == (0, "0.2, 0.5")
        projects.add_projects(aliaga, [ProjectFields(title="İş 6", purpose="Amaç", status="sürüyor")])
        assert stages.confirm(aliaga, today=SPRING).signed


def test_what_is_the_others_to_say_is_refused(town: Town) -> None:
    with open_workplace(town.line.office) as office:
        ours = coaching.write_action(office, NAME, "Eğitim ver", owner=OFFICE, day=FEBRUARY)
        theirs = coaching.write_action(office, NAME, "Liste yap", day=FEBRUARY)
    town.to_town()
    with open_workplace(town.folder) as aliaga:
        coaching.mark_done(aliaga, theirs, day=MARCH)
    town.to_office()
    with open_workplace(town.line.office) as office:
        coaching.mark_done(office, ours, day=MARCH)
        with pytest.raises(BadField):
            coaching.mark_done(office, theirs, done=False)
    done = town.both(SPRING)
    assert {one.id: one.done for one in done.actions} == {ours: MARCH, theirs: MARCH}
    with open_workplace(town.folder) as aliaga:
        assert coaching.mark_done(aliaga, theirs, done=False).done == ""
