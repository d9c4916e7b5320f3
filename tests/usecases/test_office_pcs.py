"""Two PCs of the metropolitan office: enrolled, each with other bundles, the same in the end; one signs the list."""

from collections.abc import Callable
from pathlib import Path

import pytest

from izsa_desktop.bundle.trust import COORDINATE, READ
from izsa_desktop.domain.errors import MayNotSpeak, NoRootHere, RoleNeeded, SignsTheList
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases import (
    conflicts,
    enrolment,
    inbox,
    outbox,
    projects,
    readers,
    rebuilding,
    reviewing,
    sending,
    trusting,
)
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.cli.driver import Izsa
from tests.usecases.line import Line, enter, export, listing, state_hash
from tests.usecases.mail import pin, replica, send, take
from tests.usecases.test_answers import titles


def colleague(line: Line, role: str = COORDINATE) -> Path:
    """A further PC of the office, enrolled, that has taken the first answer in."""
    folder = line.folder / f"office-{role}"
    with create_workplace(folder, OFFICE, "Meslektaş", "en", joins=True) as second:
        enrolment.request_enrolment(second, line.folder / "office.enrol")
    with open_workplace(line.office) as office:
        request = enrolment.read_request(office, line.folder / "office.enrol")
        enrolment.accept_enrolment(office, request, role)
    pin(line, folder)
    assert [one.code for one in take(folder, to_office(line.office, line.folder / f"first-{role}.izsa"))] == [0]
    return folder


def to_office(folder: Path, target: Path, *, full: bool = False) -> Path:
    """This office PC's answer to the other ones."""
    with open_workplace(folder) as office:
        sending.answer(office, OFFICE, target, full=full)
    return target


def to_district(folder: Path, code: str, target: Path) -> Path:
    with open_workplace(folder) as office:
        sending.answer(office, code, target)
    return target


def test_what_both_merged_and_wrote_comes_together(line: Line) -> None:
    second = colleague(line)
    pin(line, line.bornova, line.konak)
    at_bornova, at_konak = enter(line.bornova, "Bir", "Üç")[0], enter(line.konak, "İki")[0]
    take(line.office, export(line.bornova, line.folder / "b.izsa"))
    take(second, export(line.konak, line.folder / "k.izsa"))
    with open_workplace(line.office) as office:
        reviewing.review(office, at_bornova, "onaylandı", "Güzel")
    with open_workplace(second) as office:
        reviewing.review(office, at_konak, "düzeltme istendi", "Bütçe?")
        projects.add_projects(office, [ProjectFields(title="Ofisin işi")])
    for n in range(2):  # the second time there is little to tell, and what was told is confirmed
        assert [one.code for one in take(second, to_office(line.office, line.folder / f"1-{n}.izsa"))] == [0]
        assert [one.code for one in take(line.office, to_office(second, line.folder / f"2-{n}.izsa"))] == [0]
    assert state_hash(line.office) == state_hash(second)
    assert sorted(titles(second)) == sorted(titles(line.office)) == sorted(["Bir", "Ofisin işi", "Üç", "İki"])
    with open_workplace(second) as office:
        assert projects.get_project(office, at_bornova).fields.review_note == "Güzel"
        entries = sending.bundle_log(office, "out")
    assert [(one.mode, one.revisions) for one in entries] == [("delta", 0), ("full", 6)]
    for folder, code in ((line.bornova, "TUR035007"), (line.konak, "TUR035021")):
        for n, office_pc in enumerate((line.office, second)):
            answered = to_district(office_pc, code, line.folder / f"{code}-{n}.izsa")
            assert [one.code for one in take(folder, answered)] == [0]
    with open_workplace(line.konak) as konak:
        assert outbox.outbox(konak).waiting.saves == 0
        assert projects.get_project(konak, at_konak).fields.review == "düzeltme istendi"


def test_what_both_decided_without_knowing_of_each_other_is_a_conflict_for_both(line: Line) -> None:
    second = colleague(line)
    [id_] = enter(line.bornova, "Bir")
    file = export(line.bornova, line.folder / "b.izsa")
    for folder, state in ((line.office, "onaylandı"), (second, "düzeltme istendi")):
        take(folder, file)
        with open_workplace(folder) as office:
            reviewing.review(office, id_, state, None)
    take(second, to_office(line.office, line.folder / "1.izsa"))
    take(line.office, to_office(second, line.folder / "2.izsa"))
    assert state_hash(line.office) == state_hash(second)
    for folder in (line.office, second):
        with open_workplace(folder) as office:
            assert conflicts.count_conflicts(office) == 1


def test_only_the_pc_that_signs_the_list_changes_it(line: Line) -> None:
    second = colleague(line)
    with create_workplace(line.folder / "tire", "TUR035028", "Ömer") as tire:
        enrolment.request_enrolment(tire, line.folder / "tire.enrol")
    before = listing(second)
    with open_workplace(second) as office:
        request = enrolment.read_request(office, line.folder / "tire.enrol")
        acts: tuple[Callable[[], object], ...] = (
            lambda: enrolment.accept_enrolment(office, request),
            lambda: enrolment.revoke(office, replica(line.bornova)),
            lambda: trusting.rotate(office),
            lambda: trusting.looked_through(office),
            lambda: readers.readers(office),
        )
        for act in acts:
            with pytest.raises(NoRootHere):
                act()
    assert listing(second) == before


def test_a_pc_of_the_office_is_admitted_with_a_role_only(line: Line) -> None:
    with create_workplace(line.folder / "second", OFFICE, "Meslektaş", joins=True) as second:
        fingerprint = enrolment.request_enrolment(second, line.folder / "2.enrol")
    before = listing(line.office)
    with open_workplace(line.office) as office:
        request = enrolment.read_request(office, line.folder / "2.enrol")
        for role in ("", "enter", "root"):
            with pytest.raises(RoleNeeded) as caught:
                enrolment.accept_enrolment(office, request, role)
            assert (caught.value.person, caught.value.fingerprint) == ("Meslektaş", fingerprint)
        with pytest.raises(SignsTheList):
            enrolment.request_enrolment(office, line.folder / "own.enrol")
    assert listing(line.office) == before


def test_one_that_reads_gets_everything_and_writes_nothing(line: Line) -> None:
    reading = colleague(line, READ)
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "b.izsa"))
    take(reading, to_office(line.office, line.folder / "1.izsa"))
    assert state_hash(reading) == state_hash(line.office)
    before = listing(reading)
    with open_workplace(reading) as office:
        acts: tuple[Callable[[], object], ...] = (
            lambda: sending.answer(office, "TUR035007", line.folder / "no.izsa"),
            lambda: reviewing.review(office, id_, "onaylandı", None),
            lambda: projects.add_projects(office, [ProjectFields(title="Olmaz")]),
        )
        for act in acts:
            with pytest.raises(MayNotSpeak):
                act()
    assert listing(reading) == before
    assert not (line.folder / "no.izsa").exists()


@pytest.mark.parametrize("role", [COORDINATE, READ])
def test_what_is_taken_away_is_gone_at_both_and_they_agree_again(line: Line, role: str) -> None:
    second = colleague(line, role)
    for n, title in enumerate(("Bir", "İki")):
        enter(line.bornova, title)
        take(line.office, export(line.bornova, line.folder / f"{n}.izsa"))
    take(second, to_office(line.office, line.folder / "1.izsa"))
    with open_workplace(line.office) as office:
        enrolment.revoke(office, replica(line.bornova), 1)
    take(second, to_office(line.office, line.folder / "2.izsa"))
    if role == COORDINATE:
        take(line.office, to_office(second, line.folder / "3.izsa"))
    assert titles(second) == titles(line.office) == ["Bir"]
    assert state_hash(second) == state_hash(line.office)


def test_one_that_reads_may_be_let_speak_later(line: Line) -> None:
    reading = colleague(line, READ)
    with open_workplace(line.office) as office:
        request = enrolment.read_request(office, line.folder / "office.enrol")
        enrolment.accept_enrolment(office, request, COORDINATE)
    take(reading, to_office(line.office, line.folder / "1.izsa"))
    with open_workplace(reading) as office:
        assert enrolment.own_place(office).speaks
        projects.add_projects(office, [ProjectFields(title="Olur")])
    assert [one.code for one in take(line.office, to_office(reading, line.folder / "2.izsa"))] == [0]
    assert state_hash(reading) == state_hash(line.office)


def test_every_pc_of_the_office_opens_what_is_encrypted_until_it_is_shut_out(line: Line) -> None:
    second = colleague(line)
    pin(line, line.bornova)

    def encrypted(name: str) -> Path:
        take(line.bornova, to_district(line.office, "TUR035007", line.folder / f"{name}-a.izsa"))
        enter(line.bornova, name)
        with open_workplace(line.bornova) as bornova:
            sending.export_bundle(bornova, line.folder / f"{name}.izsa", encrypt=True)
        return line.folder / f"{name}.izsa"

    both = encrypted("Bir")
    assert [one.code for one in (*take(line.office, both), *take(second, both))] == [0, 0]
    with open_workplace(line.office) as office:
        enrolment.revoke(office, replica(second))
    one = encrypted("İki")
    assert [one.code for one in (*take(line.office, one), *take(second, one))] == [0, 18]


def test_one_that_is_not_in_yet_answers_nobody(line: Line) -> None:
    with create_workplace(line.folder / "second", OFFICE, "Meslektaş", joins=True) as second:
        assert trusting.trust_view(second).trust.version == 0
        assert (enrolment.own_place(second).enrolled, enrolment.own_place(second).speaks) == (False, False)
        projects.add_projects(second, [ProjectFields(title="Erken")])
        with pytest.raises(MayNotSpeak):
            sending.answer(second, "TUR035007", line.folder / "no.izsa")


def test_a_request_for_the_office_is_looked_at_in_the_inbox(line: Line) -> None:
    with create_workplace(line.folder / "second", OFFICE, "Meslektaş", joins=True) as second:
        enrolment.request_enrolment(second, line.folder / "2.enrol")
    with open_workplace(line.office) as office:
        found = inbox.look(office, [line.folder / "2.enrol"])
        assert [(one.member.district, one.member.person) for one in found.requests] == [(OFFICE, "Meslektaş")]
        enrolment.accept_enrolment(office, found.requests[0], COORDINATE)
        assert inbox.look(office, [line.folder / "2.enrol"]).enrolled == 1


def test_shutting_one_out_leaves_what_it_wrote_until_then(line: Line) -> None:
    second = colleague(line)
    with open_workplace(second) as office:
        projects.add_projects(office, [ProjectFields(title="Önce")])
    take(line.office, to_office(second, line.folder / "1.izsa"))
    with open_workplace(second) as office:
        projects.add_projects(office, [ProjectFields(title="Sonra")])
    late = to_office(second, line.folder / "2.izsa")
    with open_workplace(line.office) as office:
        enrolment.revoke(office, replica(second))
    assert [one.code for one in take(line.office, late)] == [11]
    assert titles(line.office) == ["Önce"]


def test_the_command_line_says_plainly_who_asks(izsa: Izsa, line: Line) -> None:
    second = line.folder / "second"
    assert izsa("--data", second, "init", "--office", "--join", "--person", "Meslektaş").code == 0
    assert izsa("--data", line.folder / "x", "init", "--district", "Konak", "--join", "--person", "A").code == 1
    request = line.folder / "2.enrol"
    assert izsa("--data", second, "enrol", "request", "-o", request).code == 0
    accepting = ("--data", line.office, "enrol", "accept", request)
    for lang, words in (("en", "metropolitan office itself"), ("tr", "Büyükşehir ofisinin kendi bilgisayarı")):
        ended = izsa(*accepting, lang=lang)
        assert (ended.code, words in ended.err) == (11, True)
    ended = izsa(*accepting, "--role", "coordinate")
    assert (ended.code, "IN THE NAME of the metropolitan office" in ended.out) == (0, True)
    assert izsa("--data", line.office, "export", "--to", "TUR035", "-o", line.folder / "a.izsa").code == 0
    digits = izsa("--data", line.office, "trust", "show", "--json").json["fingerprint"]
    assert izsa("--data", second, "trust", "pin", digits).code == 0
    assert izsa("--data", second, "merge", line.folder / "a.izsa").code == 0
    ended = izsa("--data", second, "enrol", "revoke", replica(line.konak))
    assert (ended.code, "cannot sign the list" in ended.err) == (11, True)
    assert izsa("--data", second, "state-hash").out == izsa("--data", line.office, "state-hash").out


def stands(folder: Path, pc: Path) -> tuple[int, tuple[int, ...]]:
    """Up to which of its bundles this office PC has everything of a PC, and what it misses."""
    with open_workplace(folder) as office:
        [one] = [one for one in trusting.trust_view(office).enrolled if one.replica == replica(pc)]
        return one.standing.covered.seq if one.standing.covered else 0, one.standing.missing


def to_and_fro(line: Line) -> Path:
    """Bornova's first bundle is at the first PC, which has confirmed it; the second one builds on it."""
    pin(line, line.bornova)
    enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "b1.izsa"))
    take(line.bornova, to_district(line.office, "TUR035007", line.folder / "a1.izsa"))
    enter(line.bornova, "İki")
    assert send(line.bornova, line.folder / "b2.izsa").revisions == 1
    return line.folder / "b2.izsa"


def test_a_district_may_send_now_to_one_and_now_to_the_other(line: Line) -> None:
    second = colleague(line)
    file = to_and_fro(line)
    assert [one.code for one in take(second, to_office(line.office, line.folder / "1.izsa"))] == [0]
    assert stands(second, line.bornova) == (1, ())
    assert [one.code for one in take(second, file)] == [0]
    take(line.office, to_office(second, line.folder / "2.izsa"))
    assert state_hash(line.office) == state_hash(second)
    assert stands(line.office, line.bornova) == stands(second, line.bornova) == (2, ())
    take(line.bornova, to_district(line.office, "TUR035007", line.folder / "a2.izsa"))
    with open_workplace(line.bornova) as bornova:
        assert outbox.outbox(bornova).waiting.saves == 0, "confirmed by the one that it had not been sent to"


def test_what_is_missing_at_one_comes_by_the_other(line: Line) -> None:
    second = colleague(line)
    file = to_and_fro(line)
    assert [one.code for one in take(second, file)] == [14]
    assert stands(second, line.bornova) == (0, (1,))
    take(second, to_office(line.office, line.folder / "1.izsa"))
    assert stands(second, line.bornova) == (2, ())
    with open_workplace(second) as office:
        rebuilding.rebuild(office)
    assert stands(second, line.bornova) == (2, ())
    assert sorted(titles(second)) == ["Bir", "İki"]


def test_an_answer_of_which_something_is_missing_tells_of_nothing(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """In several parts, of which the last one, which tells, comes first."""
    second = colleague(line)
    file = to_and_fro(line)
    enter(line.konak, "Üç", "Dört")
    take(line.office, export(line.konak, line.folder / "k.izsa"))
    with monkeypatch.context() as small, open_workplace(line.office) as office:
        small.setattr(sending, "MAX_PART", 100)
        parts = [one.path for one in sending.answer(office, OFFICE, line.folder / "1.izsa")]
    assert len(parts) > 1
    take(second, file, parts[-1])
    assert stands(second, line.bornova) == (0, (1,))
    take(second, *parts[:-1])
    assert stands(second, line.bornova)[0] == 0, "the part that tells was taken in before the others"
    take(second, to_office(line.office, line.folder / "2.izsa"))
    assert stands(second, line.bornova) == (2, ())
