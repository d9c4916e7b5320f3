"""Joint programmes: made at the office, on their way to every body that is asked, answered by each for itself."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.analysis.works import Works
from izsa_desktop.domain.errors import (
    BadField,
    DistrictOnly,
    NoSuchProgramme,
    NoSuchProject,
    NotYourDistrict,
    OfficeOnly,
    OneBodyAlone,
    UnknownDistrict,
)
from izsa_desktop.domain.joint import ACCEPT, DECLINE, Programme, ProgrammeFields, Share
from izsa_desktop.domain.joint_registers import ANSWER, answer_registers
from izsa_desktop.domain.record_types import JOINT
from izsa_desktop.domain.revision import Revision, new_revision
from izsa_desktop.domain.rows import Actual, Indicator
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import joining, joint, projects, rebuilding, similar, taking
from izsa_desktop.usecases.gaps import gap_table
from izsa_desktop.usecases.joint import entries_of
from izsa_desktop.usecases.ladder import district_standing
from izsa_desktop.usecases.outputs.vlr import annex
from izsa_desktop.usecases.projects import list_projects, revisions_in
from izsa_desktop.usecases.relating import relate
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.usecases.line import Line, crafted, enter, export, revisions_of, state_hash
from tests.usecases.mail import answer, hash_of, pin, replica, second_pc, take
from tests.usecases.outputs.test_reports import sheet
from tests.usecases.test_office_pcs import colleague, to_office
from tests.usecases.test_trusting import revoke

BORNOVA, KONAK, BAYRAKLI, OFFICE = "TUR035007", "TUR035021", "TUR035004", "TUR035"
OIL = Indicator(key="i1", name="Toplanan yağ", unit="ton", baseline=None, actuals=(Actual(key="a1", date="2026"),))


@dataclass(frozen=True)
class Joint:
    """A programme of Bornova and Konak, which are not told of it yet."""

    line: Line
    id: str
    a: str
    b: str
    folder: Path

    def at(self, folder: Path) -> Programme:
        with open_workplace(folder) as workplace:
            return joint.programme(workplace, self.id)

    def to(self, *folders: Path) -> None:
        """The office answers these districts."""
        for folder in folders:
            bundle = answer(self.line, folder, self.folder / "answer.izsa")
            assert [one.code for one in take(folder, bundle)] == [0]
            bundle.unlink()

    def back(self, *folders: Path) -> None:
        """These districts send what they have."""
        for folder in folders:
            bundle = export(folder, self.folder / "back.izsa")
            assert [one.code for one in take(self.line.office, bundle)] == [0]
            bundle.unlink()

    def says(self, folder: Path, said: str, note: str = "") -> None:
        with open_workplace(folder) as workplace:
            joint.answer(workplace, self.id, said, note)

    def edit(self, **changes: object) -> None:
        with open_workplace(self.line.office) as office:
            fields = joint.programme(office, self.id).fields
            joining.edit(office, self.id, replace(fields, **changes))

    def said(self, folder: Path) -> dict[str, str]:
        return {one.body: one.said for one in self.at(folder).answers}


@pytest.fixture
def made(line: Line, tmp_path: Path) -> Joint:
    pin(line, line.bornova, line.konak, line.bayrakli)
    [a], [b] = enter(line.bornova, "Atık yağ toplama"), enter(line.konak, "Evlerden atık yağ")
    for folder in (line.bornova, line.konak):
        take(line.office, export(folder, tmp_path / f"{folder.name}.izsa"))
    with open_workplace(line.office) as office:
        fields = replace(joining.proposed(office, [a, b]), name="Körfez için atık yağ", indicators=(OIL,))
        return Joint(line, joining.create(office, fields), a, b, tmp_path)


# --- there and back --------------------------------------------------------------------------------------------------


def test_a_programme_reaches_its_members_and_nobody_else(made: Joint) -> None:
    line = made.line
    made.to(line.bornova, line.konak, line.bayrakli)
    for folder in (line.office, line.bornova, line.konak):
        fields = made.at(folder).fields
        assert (fields.name, fields.lead, fields.asked) == ("Körfez için atık yağ", BORNOVA, (BORNOVA, KONAK))
        assert [(one.project, one.title) for one in fields.members] == [
            (made.a, "Atık yağ toplama"),
            (made.b, "Evlerden atık yağ"),
        ]
        assert fields.indicators == (OIL,)
        assert made.said(folder) == {BORNOVA: "", KONAK: ""}
        state_hash(folder)
    with open_workplace(line.bayrakli) as bayrakli:
        assert joint.programmes(bayrakli) == []
    with open_workplace(line.konak) as konak:
        assert [one.id for one in joint.unanswered(konak)] == [made.id]
        assert len(list_projects(konak)) == 1
    assert hash_of(line.office, KONAK) == state_hash(line.konak)


def test_each_body_answers_for_itself_and_the_others_are_told(made: Joint) -> None:
    line = made.line
    made.to(line.bornova, line.konak)
    made.says(line.bornova, ACCEPT, "Meclis kararı 12")
    made.says(line.konak, DECLINE, "Bütçe yok")
    made.back(line.bornova, line.konak)
    assert made.said(line.office) == {BORNOVA: ACCEPT, KONAK: DECLINE}
    said = made.at(line.office).answer(KONAK)
    assert said is not None and (said.note, said.author) == ("Bütçe yok", "İlker Işık")
    made.to(line.bornova, line.konak)
    for folder, other in ((line.bornova, KONAK), (line.konak, BORNOVA)):
        assert made.said(folder) == {BORNOVA: ACCEPT, KONAK: DECLINE}
        told = made.at(folder).answer(other)
        assert told is not None and told.note == ""  # for the office alone
        assert hash_of(line.office, other) and state_hash(folder)
    before = len(_all(line.office))
    made.to(line.bornova, line.konak)
    assert len(_all(line.office)) == before  # nothing new to tell
    made.says(line.konak, ACCEPT)
    made.back(line.konak)
    made.to(line.bornova)
    assert made.said(line.bornova) == {BORNOVA: ACCEPT, KONAK: ACCEPT}
    assert hash_of(line.office, BORNOVA) == state_hash(line.bornova)


def _all(folder: Path) -> list[Revision]:
    with open_workplace(folder) as workplace:
        return revisions_of(workplace)


def test_saying_the_same_again_writes_nothing(made: Joint) -> None:
    made.to(made.line.konak)
    made.says(made.line.konak, ACCEPT, "Evet")
    before = len(_all(made.line.konak))
    made.says(made.line.konak, ACCEPT, " Evet ")
    assert len(_all(made.line.konak)) == before
    before = len(_all(made.line.office))
    made.edit()
    assert len(_all(made.line.office)) == before


def test_changes_reach_the_members_and_leave_their_answers(made: Joint) -> None:
    line = made.line
    made.to(line.konak)
    made.says(line.konak, ACCEPT)
    made.edit(purpose="Körfeze yağ akmasın", status="sürüyor", start="2026-03", lead=OFFICE)
    made.back(line.konak)
    made.to(line.konak)
    for folder in (line.office, line.konak):
        found = made.at(folder)
        assert (found.fields.purpose, found.fields.start, found.fields.lead) == (
            "Körfeze yağ akmasın",
            "2026-03",
            OFFICE,
        )
        assert made.said(folder) == {OFFICE: ACCEPT, BORNOVA: "", KONAK: ACCEPT}
        assert (found.conflicts, found.updated_by) == ((), "Koordinatör")


def test_a_body_that_comes_later_has_all_of_it_and_one_that_goes_has_nothing(made: Joint) -> None:
    line = made.line
    made.to(line.bornova, line.konak, line.bayrakli)
    made.says(line.konak, ACCEPT)
    made.back(line.konak)
    [a, _b] = made.at(line.office).fields.members
    made.edit(members=(a,), bodies=(BAYRAKLI,))
    made.to(line.bornova, line.konak, line.bayrakli)
    assert made.at(line.bayrakli).fields.asked == (BORNOVA, BAYRAKLI)
    with open_workplace(line.konak) as konak:
        assert joint.programmes(konak) == []
        with pytest.raises(NoSuchProgramme):
            joint.answer(konak, made.id, ACCEPT)
    made.edit(bodies=(BAYRAKLI, KONAK))
    made.to(line.konak)
    assert made.said(line.konak)[KONAK] == ACCEPT  # what it said is still its word


def test_it_survives_a_rebuild_and_a_full_answer(made: Joint) -> None:
    line = made.line
    made.to(line.bornova, line.konak)
    made.says(line.konak, ACCEPT)
    made.back(line.konak)
    made.to(line.konak)
    for folder in (line.office, line.konak):
        before = made.at(folder)
        with open_workplace(folder) as workplace:
            rebuilding.rebuild(workplace)
            with workplace.store.writing() as writer:
                writer.rebuild()
        assert made.at(folder) == before
        state_hash(folder)
    take(line.bornova, answer(line, line.bornova, made.folder / "full.izsa", full=True))
    assert made.said(line.bornova) == {BORNOVA: "", KONAK: ACCEPT}


def test_put_away_it_is_gone_everywhere(made: Joint) -> None:
    line = made.line
    made.to(line.konak)
    with open_workplace(line.office) as office:
        joining.put_away(office, made.id[:6])
        assert joint.programmes(office) == []
    made.to(line.konak)
    with open_workplace(line.konak) as konak:
        assert joint.programmes(konak) == []
    state_hash(line.konak)


@pytest.mark.parametrize("gone", ["put away", "no member"])
def test_a_late_answer_brings_nothing_back(made: Joint, gone: str) -> None:
    line = made.line
    made.to(line.bornova, line.konak)
    made.says(line.konak, ACCEPT, "Geç kaldı")
    if gone == "put away":
        with open_workplace(line.office) as office:
            joining.put_away(office, made.id)
    else:
        made.edit(members=made.at(line.office).fields.members[:1], bodies=(BAYRAKLI,))
    made.to(line.konak)  # there the end comes after the answer, at the office the answer after the end
    made.back(line.konak)
    for folder in (line.office, line.konak):
        with open_workplace(folder) as workplace:
            assert f"{KONAK}/{made.id}" not in {share.id for share in _shares(workplace)}
            assert not any(one.conflicts for one in joint.programmes(workplace))
            with workplace.store.reading() as reader:
                assert any(ANSWER in one.registers for one in reader.saves(f"{KONAK}/{made.id}"))
    with open_workplace(line.konak) as konak:
        assert joint.programmes(konak) == []
    assert hash_of(line.office, KONAK) == state_hash(line.konak)
    if gone == "no member":
        made.edit(bodies=(BAYRAKLI, KONAK))
        made.to(line.konak)
        assert made.said(line.office)[KONAK] == made.said(line.konak)[KONAK] == ACCEPT  # it was kept


def test_telling_of_an_answer_brings_nothing_back(made: Joint) -> None:
    """Another PC of the office tells a member what was answered, and does not know that all of it was put away."""
    line = made.line
    other = colleague(line)
    made.to(line.konak)
    made.says(line.konak, ACCEPT)
    take(other, export(line.konak, made.folder / "k.izsa"))
    with open_workplace(other) as office:
        joining.tell(office, BORNOVA)
    with open_workplace(line.office) as office:
        joining.put_away(office, made.id)
    take(line.office, to_office(other, made.folder / "to.izsa"))
    with open_workplace(line.office) as office:
        assert _shares(office) == []


# --- two PCs of a body -----------------------------------------------------------------------------------------------


def test_two_pcs_that_answer_differently_are_shown_and_one_of_them_decides(made: Joint) -> None:
    line = made.line
    other = second_pc(line, KONAK)
    pin(line, other)
    made.to(line.konak, other)
    made.says(line.konak, ACCEPT)
    made.says(other, DECLINE)
    made.back(line.konak, other)
    found = made.at(line.office).answer(KONAK)
    assert found is not None and found.disputed
    assert KONAK in joint.waiting(made.at(line.office))
    made.to(line.konak)
    with open_workplace(line.konak) as konak:
        assert [one.id for one in joint.unanswered(konak)] == [made.id]
    made.says(line.konak, ACCEPT)
    with open_workplace(line.konak) as konak:
        assert joint.unanswered(konak) == []
    made.back(line.konak)
    found = made.at(line.office).answer(KONAK)
    assert found is not None and (found.said, found.disputed) == (ACCEPT, False)


def test_two_pcs_of_the_office_that_differ_are_settled_by_the_next_save(made: Joint) -> None:
    line = made.line
    with open_workplace(line.office) as office:
        record = f"{OFFICE}/{made.id}"
        with office.store.writing() as writer:
            [first] = [one for one in writer.saves(record) if "title" in one.registers]
            for title, said in (("Bir", "x"), ("İki", "y")):
                changed = {"title": title, "members/" + made.b: {"rank": 1, "title": said}}
                writer.add(list(revisions_in(office, writer, [(record, (first.id,), changed)], type_=JOINT)))
        assert joint.programme(office, made.id).conflicts == (f"members/{made.b}", "title")
        joining.edit(office, made.id, replace(joint.programme(office, made.id).fields, name="Üç"))
        found = joint.programme(office, made.id)
        assert (found.conflicts, found.fields.name, len(found.fields.members)) == ((), "Üç", 2)


# --- who may say what ------------------------------------------------------------------------------------------------


def _save(folder: Path, record: str, registers: dict[str, object]) -> Revision:
    return new_revision(
        record=record,
        replica=replica(folder),
        seq=90,
        parents=(),
        registers=registers,
        author="Kim",
        wall="2026-01-31T12:00:00Z",
        type_=JOINT,
    )


@pytest.mark.parametrize("registers", [{"title": "x"}, {"_deleted": True}, {"told/TUR035021": {"said": ACCEPT}}, {}])
def test_a_district_writes_nothing_but_its_answer(made: Joint, tmp_path: Path, registers: dict[str, object]) -> None:
    forged = _save(made.line.bornova, f"{BORNOVA}/{made.id}", registers)
    [refused] = take(made.line.office, crafted(made.line.bornova, tmp_path / "f.izsa", [forged], seq=2))
    assert refused.code == 12


def test_a_district_does_not_answer_for_another(made: Joint, tmp_path: Path) -> None:
    forged = _save(made.line.bornova, f"{KONAK}/{made.id}", answer_registers(ACCEPT, "", "2026-01-31"))
    [refused] = take(made.line.office, crafted(made.line.bornova, tmp_path / "f.izsa", [forged], seq=2))
    assert refused.code == 12
    assert made.said(made.line.office) == {BORNOVA: "", KONAK: ""}


def test_the_office_answers_for_nobody(made: Joint) -> None:
    with open_workplace(made.line.office) as office:
        with pytest.raises(DistrictOnly):
            joint.answer(office, made.id, ACCEPT)
        save = f"{KONAK}/{made.id}", (), answer_registers(ACCEPT, "", "2026-01-31")
        with office.store.writing() as writer, pytest.raises(NotYourDistrict):
            list(revisions_in(office, writer, [save], type_=JOINT))


def test_a_district_makes_and_changes_none(made: Joint) -> None:
    made.to(made.line.konak)
    with open_workplace(made.line.konak) as konak:
        for act in (
            lambda: joining.create(konak, ProgrammeFields(name="x", lead=KONAK, bodies=(BORNOVA,))),
            lambda: joining.edit(konak, made.id, ProgrammeFields(name="x")),
            lambda: joining.put_away(konak, made.id),
        ):
            with pytest.raises(OfficeOnly):
                act()
        with pytest.raises(BadField):
            joint.answer(konak, made.id, "belki")
        for note in ("a\x07", "x" * 2001):
            with pytest.raises(BadField):
                joint.answer(konak, made.id, ACCEPT, note)
        with pytest.raises(NoSuchProgramme):
            joint.answer(konak, "0" * 32, ACCEPT)


def test_what_is_no_programme_is_not_kept(made: Joint) -> None:
    good = made.at(made.line.office).fields
    gone = replace(good.members[0], project=f"{BORNOVA}/{'0' * 32}")
    [twin] = enter(made.line.bornova, "Bornova'nın ikinci işi")
    made.back(made.line.bornova)
    with open_workplace(made.line.office) as office:
        for fields, error in (
            (replace(good, name=" "), BadField),
            (replace(good, name="\u202e"), BadField),
            (replace(good, lead=""), BadField),
            (replace(good, lead="Ankara"), UnknownDistrict),
            (replace(good, members=good.members[:1]), OneBodyAlone),
            (replace(good, members=(good.members[0], replace(good.members[0], project=twin))), OneBodyAlone),
            (replace(good, members=(gone, *good.members)), NoSuchProject),
            (replace(good, start="dün"), BadField),
            (replace(good, name="a\x07"), BadField),
        ):
            with pytest.raises(error):
                joining.create(office, fields)
        assert len(joint.programmes(office)) == 1
        for field, name in (("name", "Name of the programme"), ("purpose", "Purpose of the programme")):
            with pytest.raises(BadField) as refused:
                joining.create(office, replace(good, **{field: "a\x07"}))
            assert name in Translator("en").error(refused.value)


def test_two_projects_of_one_body_are_joint_work_with_the_office_that_leads(made: Joint) -> None:
    [twin] = enter(made.line.bornova, "Bornova'nın ikinci işi")
    made.back(made.line.bornova)
    with open_workplace(made.line.office) as office:
        id_ = joining.create(office, replace(joining.proposed(office, [made.a, twin], OFFICE), name="İlçede iki iş"))
        assert joint.programme(office, id_).fields.asked == (OFFICE, BORNOVA)


def test_while_the_offices_part_is_not_here_nothing_is_shown(made: Joint) -> None:
    """A district's answer alone, as a PC of the office may have it: it waits, and is there when the rest comes."""
    line, record = made.line, f"{KONAK}/{'d' * 32}"
    with open_workplace(line.konak) as konak:
        saves = [(record, (), answer_registers(ACCEPT, "", "2026-01-31"))]
        with konak.store.writing() as writer:
            writer.add(list(revisions_in(konak, writer, saves, type_=JOINT)))
        assert joint.programmes(konak) == []
    made.back(line.konak)
    with open_workplace(line.office) as office:
        assert [one.id for one in joint.programmes(office)] == [made.id]
        with office.store.writing() as writer:
            saves = [(record, (), {"title": "Şimdi geldi", "lead": KONAK})]
            writer.add(list(revisions_in(office, writer, saves, type_=JOINT)))
        found = joint.programme(office, "d" * 32)
        assert (found.fields.name, found.answers[0].said) == ("Şimdi geldi", ACCEPT)


def test_a_project_that_is_gone_stays_in_its_programme_by_name(made: Joint, tmp_path: Path) -> None:
    line = made.line
    with open_workplace(line.konak) as konak:
        projects.delete_project(konak, made.b)
    take(line.office, export(line.konak, tmp_path / "gone.izsa"))
    made.edit(purpose="Yine")
    assert [one.title for one in made.at(line.office).fields.members] == ["Atık yağ toplama", "Evlerden atık yağ"]
    with open_workplace(line.office) as office:
        assert joint.member_projects(office, joint.programme(office, made.id)).keys() == {made.a}


def test_what_another_version_says_can_be_shown(made: Joint, tmp_path: Path) -> None:
    odd = {
        "title": 7,
        "lead": [],
        "members/x": 1,
        "members/y": {"rank": "a"},
        "members/z": {"rank": 2, "title": 3},
        "bodies/q": {"rank": 1},
        "told/TUR035021": {"said": "perhaps", "day": 4},
        "later": "?",
    }
    with open_workplace(made.line.office) as office:
        saves = [(f"{BORNOVA}/{'e' * 32}", (), odd)]
        with office.store.writing() as writer:
            writer.add(list(revisions_in(office, writer, saves, type_=JOINT)))
        found = joint.programme(office, "e" * 32)
        assert (found.fields.name, found.fields.lead, found.fields.asked) == ("", "", ("z", "q"))
        assert [one.project for one in found.fields.members] == ["z"]
    state_hash(made.line.office)


# --- totals ----------------------------------------------------------------------------------------------------------


def _works(folder: Path) -> int:
    from datetime import date

    with open_workplace(folder) as workplace, workplace.store.reading() as reader:
        works = Works(entries_of(reader, reader.everything(), date(2026, 1, 1)))
    return len({work for work, _ in works.numbered()})


@pytest.mark.parametrize("called_joint", [False, True])
def test_members_count_once_but_not_those_of_a_body_that_declined(made: Joint, *, called_joint: bool) -> None:
    line = made.line
    if called_joint:  # which does not outlive that one of them declines
        with open_workplace(line.office) as office:
            relate(office, made.a, made.b, "ortak iş")
    assert _works(line.office) == 1
    made.to(line.konak)
    made.says(line.konak, DECLINE)
    made.back(line.konak)
    assert _works(line.office) == 2
    made.says(line.konak, ACCEPT)
    made.back(line.konak)
    assert _works(line.office) == 1


def test_a_programme_that_ended_joins_nothing(made: Joint) -> None:
    line = made.line
    made.edit(status="iptal")
    assert _works(line.office) == 2
    made.edit(status="sürüyor")
    with open_workplace(line.office) as office:
        joining.put_away(office, made.id)
    assert _works(line.office) == 2


def test_tables_and_the_gap_table_count_a_programme_once(made: Joint) -> None:
    line = made.line
    for folder, id_, people in ((line.bornova, made.a, 300), (line.konak, made.b, 200)):
        with open_workplace(folder) as workplace:
            fields = projects.get_project(workplace, id_).fields
            changed = replace(fields, audience=("kadınlar",), audience_number=people, goals=("12",))
            projects.save_project(workplace, id_, changed)
    made.back(line.bornova, line.konak)
    with open_workplace(line.office) as office:
        found = gap_table(office, "goal").found
        assert found.by_column["12"].count == 1
        assert (found.by_row[BORNOVA].count, found.by_row[KONAK].count) == (1, 1)
        data = annex(list_projects(office), office, Translator("tr"), lambda: None, as_document=False)
        assert [row[1:3] for row in sheet(data, 4)[1:]] == [[1, 300]]
        joining.put_away(office, made.id)
        assert gap_table(office, "goal").found.by_column["12"].count == 2
        data = annex(list_projects(office), office, Translator("tr"), lambda: None, as_document=False)
        assert [row[1:3] for row in sheet(data, 4)[1:]] == [[2, 500]]


def test_members_of_one_programme_are_not_proposed_as_alike(made: Joint) -> None:
    with open_workplace(made.line.office) as office:
        assert similar.collection(office).pairs() == []
        joining.put_away(office, made.id)
        [pair] = similar.collection(office).pairs()
        assert {pair.a.id, pair.b.id} == {made.a, made.b}


def _offers(folder: Path, district: str) -> tuple[bool, bool]:
    """Whether the criteria of an answered offer and of a joint project that runs are met."""
    with open_workplace(folder) as workplace:
        found = {one.criterion.code: one.met for one in district_standing(workplace, district).criteria}
    return found["2.5"], found["4.4"]


def test_an_answer_counts_on_the_coaching_ladder(made: Joint) -> None:
    line = made.line
    with open_workplace(line.konak) as konak:
        fields = projects.get_project(konak, made.b).fields
        projects.save_project(konak, made.b, replace(fields, status="sürüyor"))
    made.to(line.konak)
    assert _offers(line.konak, KONAK) == _offers(line.office, KONAK) == (False, False)
    made.says(line.konak, DECLINE)
    assert _offers(line.konak, KONAK) == (True, False)
    made.says(line.konak, ACCEPT)
    made.back(line.konak)
    assert _offers(line.konak, KONAK) == _offers(line.office, KONAK) == (True, True)
    assert _offers(line.office, BORNOVA) == (False, False)


def test_what_came_with_an_answer_is_told(made: Joint) -> None:
    bundle = answer(made.line, made.line.konak, made.folder / "told.izsa")
    with open_workplace(made.line.konak) as konak:
        news = taking.take(konak, [bundle]).news
        assert news is not None and (news.asked, news.notes) == (1, 0)
        assert taking.take(konak, [answer(made.line, konak.folder, made.folder / "again.izsa")]).news != news


def test_a_record_that_shows_something_else_is_found(made: Joint) -> None:
    with open_workplace(made.line.office) as office:
        assert ANSWER.startswith("district/")
        from sqlalchemy import text

        with office.store.writing() as writer:
            writer.connection.execute(text("UPDATE joint SET value = x'00' WHERE id LIKE 'TUR035021%'"))
        assert any(line.startswith("joint ") for line in office.store.problems())


def test_an_answer_that_is_withdrawn_goes_and_what_the_office_made_upon_it_stays(made: Joint) -> None:
    line = made.line
    made.to(line.konak)
    made.says(line.konak, ACCEPT)
    made.back(line.konak)
    made.edit(purpose="Yeni")
    revoke(line, line.konak, 1)
    found = made.at(line.office)
    assert (found.fields.purpose, made.said(line.office)) == ("Yeni", {BORNOVA: "", KONAK: ""})
    with open_workplace(line.office) as office:
        share = next(one for one in _shares(office) if one.body == KONAK)
        assert (share.fields.purpose, share.answer.said) == ("Yeni", "")
        assert joint.programme(office, made.id) == found
    state_hash(line.office)


def _shares(workplace: Workplace) -> list[Share]:
    with workplace.store.reading() as reader:
        return reader.joint()
