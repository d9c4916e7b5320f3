"""The way back: what the office answers, and what a district's PC makes of it."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.domain.errors import DistrictOnly, OfficeOnly, SetBack
from izsa_desktop.usecases import (
    catalogue,
    conflicts,
    enrolment,
    erasure,
    exchange,
    projects,
    renewing,
    reviewing,
    sending,
    trusting,
)
from izsa_desktop.usecases.erasure import Forget
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.support import FIELDS
from tests.usecases.line import Line, enter, export, listing, make_line, merge, state_hash
from tests.usecases.mail import answer, hash_of, pin, replica, second_pc, send, take


def retitle(folder: Path, id_: str, title: str) -> None:
    with open_workplace(folder) as workplace:
        project = projects.get_project(workplace, id_)
        projects.save_project(workplace, id_, replace(project.fields, title=title), project.heads)


def titles(folder: Path) -> list[str]:
    with open_workplace(folder) as workplace:
        return [project.fields.title for project in projects.list_projects(workplace)]


def test_what_was_confirmed_is_not_sent_again_and_what_was_not_is(line: Line) -> None:
    pin(line, line.bornova)
    enter(line.bornova, "Bir", "İki")
    first = send(line.bornova, line.folder / "1.izsa")
    enter(line.bornova, "Üç")
    second = send(line.bornova, line.folder / "2.izsa")
    assert (first.revisions, second.revisions) == (2, 3), "nothing was confirmed yet"
    take(line.office, line.folder / "1.izsa")
    assert [one.code for one in take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))] == [0]
    third = send(line.bornova, line.folder / "3.izsa")
    assert (third.revisions, third.mode) == (1, "delta"), "what only the second held"
    assert [one.code for one in take(line.office, line.folder / "3.izsa")] == [0]
    assert titles(line.office) == ["Bir", "İki", "Üç"]
    take(line.bornova, answer(line, line.bornova, line.folder / "b.izsa"))
    assert send(line.bornova, line.folder / "4.izsa").revisions == 0
    assert send(line.bornova, line.folder / "5.izsa", full=True).revisions == 3


def test_a_confirmation_that_comes_late_takes_nothing_back(line: Line) -> None:
    pin(line, line.bornova)
    answers = []
    for n in range(3):
        enter(line.bornova, f"Proje {n}")
        take(line.office, export(line.bornova, line.folder / f"{n}.izsa"))
        answers.append(answer(line, line.bornova, line.folder / f"a{n}.izsa"))
    for order in ((2, 0, 1), (0, 0, 2)):
        assert {one.code for one in take(line.bornova, *(answers[n] for n in order))} <= {0}
    assert send(line.bornova, line.folder / "x.izsa").revisions == 0


def test_what_the_office_lost_is_missed_and_comes_with_a_full_bundle(line: Line) -> None:
    """The office goes back to a backup: what it had confirmed since is no longer there (A13)."""
    pin(line, line.bornova)
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    shutil.copytree(line.office, line.folder / "old office")
    retitle(line.bornova, id_, "İki")
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))
    retitle(line.bornova, id_, "Üç")
    [third] = take(line.folder / "old office", export(line.bornova, line.folder / "3.izsa"))
    assert (third.code, third.missing, third.parked) == (14, (2,), 1)
    assert titles(line.folder / "old office") == ["Bir"], "the newest save waits for the one before it"
    copies = [line.folder / "with the second", line.folder / "with a full one"]
    for copy in copies:
        shutil.copytree(line.folder / "old office", copy)
    assert [one.code for one in take(copies[0], line.folder / "2.izsa")] == [0]
    send(line.bornova, line.folder / "4.izsa", full=True)
    assert [one.code for one in take(copies[1], line.folder / "4.izsa")] == [0]
    take(line.office, line.folder / "3.izsa")
    assert {state_hash(copy) for copy in copies} == {state_hash(line.office)}
    assert titles(copies[0]) == titles(copies[1]) == ["Üç"]


def test_two_pcs_of_a_district_get_each_others_work(line: Line) -> None:
    other = second_pc(line)
    pin(line, line.bornova, other)
    [id_] = enter(line.bornova, "Çınar")
    enter(other, "Homeros")
    for n, folder in enumerate((line.bornova, other)):
        take(line.office, export(folder, line.folder / f"{n}.izsa"))
    bundle = answer(line, line.bornova, line.folder / "a.izsa")
    for folder in (line.bornova, other):
        assert [one.code for one in take(folder, bundle)] == [0]
        assert titles(folder) == ["Çınar", "Homeros"]
    assert state_hash(line.bornova) == state_hash(other) == hash_of(line.office, "TUR035007")
    retitle(line.bornova, id_, "Ulu çınar")
    retitle(other, id_, "Koca çınar")
    for n, folder in enumerate((line.bornova, other), start=2):
        take(line.office, export(folder, line.folder / f"{n}.izsa"))
    later = answer(line, line.bornova, line.folder / "b.izsa")
    with open_workplace(line.office) as office:
        assert office_log(office) == [("full", 2), ("delta", 2)]
        assert [one.id for one in conflicts.conflicts(office)] == [id_]
    for folder in (line.bornova, other):
        take(folder, later)
        with open_workplace(folder) as workplace:
            assert projects.get_project(workplace, id_).conflicts == ("title",)


def office_log(office: Workplace) -> list[tuple[str, int]]:
    return [(entry.mode, entry.revisions) for entry in reversed(sending.bundle_log(office, "out"))]


def test_a_pc_that_was_never_heard_of_gets_everything(line: Line) -> None:
    pin(line, line.bornova)
    enter(line.bornova, "Çınar")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    other = second_pc(line)
    pin(line, other)
    take(other, answer(line, other, line.folder / "b.izsa"))
    assert titles(other) == ["Çınar"]


def test_the_office_settles_and_the_district_sees_it(line: Line) -> None:
    other = second_pc(line)
    pin(line, line.bornova, other)
    [id_] = enter(line.bornova, "Çınar")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    take(other, answer(line, other, line.folder / "a.izsa"))
    for n, (folder, title) in enumerate(((line.bornova, "Ulu"), (other, "Koca"))):
        retitle(folder, id_, title)
        take(line.office, export(folder, line.folder / f"x{n}.izsa"))
    with open_workplace(line.office) as office:
        assert len(conflicts.conflicts(office)) == 1
        conflicts.settle_all_from(office, [id_], replica(other))
        assert conflicts.conflicts(office) == []
    bundle = answer(line, line.bornova, line.folder / "b.izsa")
    for folder in (line.bornova, other):
        assert [one.code for one in take(folder, bundle)] == [0]
        assert titles(folder) == ["Koca"]
        assert state_hash(folder) == hash_of(line.office, "TUR035007")


def test_a_stranger_posing_as_the_office_is_not_believed(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Çınar")
    genuine = answer(line, line.bornova, line.folder / "a.izsa")
    assert [one.code for one in take(line.bornova, genuine)] == [11], "nobody has compared yet"
    other = make_line(tmp_path / "other")
    forged = answer(other, other.bornova, tmp_path / "forged.izsa")
    pin(line, line.bornova)
    assert [one.code for one in take(line.bornova, forged)] == [11]
    assert [one.code for one in take(line.bornova, genuine)] == [0]
    assert [one.code for one in take(line.bornova, forged)] == [11]


def test_an_answer_for_another_district_is_refused(line: Line) -> None:
    pin(line, line.bornova, line.konak)
    assert [one.code for one in take(line.konak, answer(line, line.bornova, line.folder / "a.izsa"))] == [18]


def test_a_district_cannot_answer_and_the_office_not_submit(line: Line) -> None:
    with open_workplace(line.bornova) as bornova, pytest.raises(OfficeOnly):
        sending.answer(bornova, "TUR035007", line.folder / "a.izsa")
    with open_workplace(line.office) as office, pytest.raises(DistrictOnly):
        sending.export_bundle(office, line.folder / "a.izsa")
    assert not (line.folder / "a.izsa").exists()


def test_the_catalogue_holds_approved_projects_and_nobodys_personal_data(line: Line) -> None:
    pin(line, line.bornova, line.konak)
    with open_workplace(line.konak) as konak:
        shown = projects.save_project(konak, None, replace(FIELDS, district="TUR035021", review="", served=()))
        projects.save_project(konak, None, replace(FIELDS, title="Onaysız", review="", district="TUR035021"))
    take(line.office, export(line.konak, line.folder / "k.izsa"))
    with open_workplace(line.office) as office:
        reviewing.review(office, shown.id, "onaylandı", "Örnek proje")
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        [found] = catalogue.catalogue(bornova)
        assert (found["id"], found["title"]) == (shown.id, FIELDS.title)
        assert FIELDS.contact not in repr(found)
        assert "updated_by" not in found
        assert projects.list_projects(bornova) == []
    take(line.konak, answer(line, line.konak, line.folder / "b.izsa"))
    with open_workplace(line.konak) as konak:
        assert projects.get_project(konak, shown.id).fields.review_note == "Örnek proje"
        assert catalogue.catalogue(konak) == []


def test_a_pc_that_was_set_back_is_told_and_sends_nothing(line: Line) -> None:
    """A disk image of yesterday: the office has saves of this PC that it knows nothing of."""
    pin(line, line.bornova)
    enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    shutil.copytree(line.bornova, line.folder / "image")
    enter(line.bornova, "İki")
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    bundle = answer(line, line.bornova, line.folder / "a.izsa")
    assert [one.code for one in take(line.folder / "image", bundle)] == [0]
    with open_workplace(line.folder / "image") as image, pytest.raises(SetBack):
        sending.export_bundle(image, line.folder / "3.izsa")


def test_a_full_answer_brings_back_what_a_pc_has_lost(line: Line) -> None:
    pin(line, line.bornova)
    enter(line.bornova, "Bir", "İki")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    fresh = second_pc(line, person="Ayşe, yeni bilgisayar")
    pin(line, fresh)
    take(fresh, answer(line, fresh, line.folder / "a.izsa", full=True))
    assert titles(fresh) == ["Bir", "İki"]
    assert hash_of(fresh) == hash_of(line.office)
    with open_workplace(fresh) as workplace:
        assert trusting.trust_view(workplace).trust.version == 5


def test_answers_can_be_looked_at_first(line: Line) -> None:
    pin(line, line.bornova)
    bundle = answer(line, line.bornova, line.folder / "a.izsa")
    files = listing(line.bornova)
    with open_workplace(line.bornova) as bornova:
        assert exchange.inspect_bundle(bornova, bundle).code == 0
    assert listing(line.bornova) == files


def test_an_erased_save_travels_again_though_it_was_confirmed(line: Line) -> None:
    pin(line, line.bornova)
    with open_workplace(line.bornova) as bornova:
        shown = projects.save_project(bornova, None, FIELDS)
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))
    assert send(line.bornova, line.folder / "2.izsa").revisions == 0
    with open_workplace(line.bornova) as bornova:
        erasure.erase(bornova, shown.id, Forget(field="contact", reason="İstendi"))
    assert send(line.bornova, line.folder / "3.izsa").revisions == 1
    [outcome] = take(line.office, line.folder / "3.izsa")
    assert (outcome.code, outcome.erased) == (0, 1)
    take(line.bornova, answer(line, line.bornova, line.folder / "b.izsa"))
    assert send(line.bornova, line.folder / "4.izsa").revisions == 0
    assert merge(line.office, line.folder / "4.izsa")[0].code == 0


def test_a_pc_that_was_set_back_goes_on_under_a_new_key_and_nothing_is_lost_or_doubled(line: Line) -> None:
    pin(line, line.bornova)
    [first] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    shutil.copytree(line.bornova, line.folder / "image")
    enter(line.bornova, "İki")
    retitle(line.bornova, first, "Bir, düzeltilmiş")
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    shutil.rmtree(line.bornova)
    shutil.copytree(line.folder / "image", line.bornova)
    [late] = enter(line.bornova, "Geri dönüldükten sonra")
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa", full=True))
    with open_workplace(line.bornova) as bornova:
        done = renewing.renew_key(bornova)
        assert done.again == 1, "only what was written since it was set back"
        enrolment.request_enrolment(done.workplace, line.folder / "again.enrol")
    with open_workplace(line.office) as office:
        enrolment.accept_enrolment(office, enrolment.read_request(office, line.folder / "again.enrol"))
    assert [one.code for one in take(line.office, export(line.bornova, line.folder / "3.izsa"))] == [0]
    take(line.bornova, answer(line, line.bornova, line.folder / "b.izsa"))
    assert titles(line.office) == titles(line.bornova) == ["Bir, düzeltilmiş", "Geri dönüldükten sonra", "İki"]
    assert state_hash(line.bornova) == state_hash(line.office)
    with open_workplace(line.office) as office:
        assert [len(projects.history(office, id_)) for id_ in (first, late)] == [2, 1]
