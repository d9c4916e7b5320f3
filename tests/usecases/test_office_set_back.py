"""An office that knows less than it has said: an old backup beside its own answers, and a disk that was set back."""

import shutil
from pathlib import Path

import pytest

from izsa_desktop.bundle.manifest import Ack
from izsa_desktop.bundle.trust import COORDINATE
from izsa_desktop.domain.errors import DistrictOnly, OfficeSetBack, PassphraseNeeded
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import MAX_SAFE_INTEGER
from izsa_desktop.usecases import (
    enrolment,
    erasure,
    keys,
    projects,
    quarantine,
    rebuilding,
    renewing,
    restoring,
    reviewing,
    sending,
    trusting,
    upkeep,
)
from izsa_desktop.usecases.erasure import Forget
from izsa_desktop.usecases.sent import MAX_AHEAD, is_set_back, note_set_back
from izsa_desktop.usecases.workplace import DATABASE, create_workplace, open_workplace
from tests.support import FIELDS
from tests.usecases.line import Line, crafted, enter, export, state_hash
from tests.usecases.mail import answer, hash_of, pin, replica, second_pc, take
from tests.usecases.test_answers import retitle, titles
from tests.usecases.test_office_pcs import colleague, to_district, to_office
from tests.usecases.test_trusting import revoke

BORNOVA = "TUR035007"


def lose_database(line: Line) -> None:
    """The backup takes the place of a database that is gone."""
    (line.office / DATABASE).unlink()
    assert restoring.restore(line.office, line.folder / "backup").replaced


def back_up(line: Line) -> None:
    with open_workplace(line.office) as office:
        upkeep.backup(office, line.folder / "backup")


# --- an old backup ---------------------------------------------------------------------------------------------------


def test_what_it_wrote_and_decided_since_comes_back_out_of_its_answers(line: Line) -> None:
    pin(line, line.bornova, line.konak)
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    back_up(line)
    with open_workplace(line.office) as office:
        reviewing.review(office, id_, "onaylandı", "Tamam")
        trusting.rotate(office)
    late = second_pc(line)
    pin(line, late)
    for n, folder in enumerate((line.bornova, line.konak)):
        take(folder, answer(line, folder, line.folder / f"a{n}.izsa"))
    with open_workplace(line.office) as office:
        log, trust = sending.bundle_log(office, "out"), trusting.trust_view(office).trust
    before = state_hash(line.office)
    lose_database(line)
    assert state_hash(line.office) == before
    with open_workplace(line.office) as office:
        assert trusting.trust_view(office).trust == trust
        found = [(one.seq, one.addressee, one.sha256) for one in sending.bundle_log(office, "out")]
        assert found == [(one.seq, one.addressee, one.sha256) for one in log]
    enter(late, "İki")
    assert [one.code for one in take(line.office, export(late, line.folder / "2.izsa"))] == [0]
    for n, folder in enumerate((line.bornova, late, line.konak)):
        assert [one.code for one in take(folder, answer(line, folder, line.folder / f"b{n}.izsa"))] == [0]
    assert hash_of(line.bornova) == hash_of(late) == hash_of(line.office, BORNOVA)


def test_what_it_had_erased_of_others_does_not_come_back(line: Line) -> None:
    pin(line, line.bornova)
    with open_workplace(line.bornova) as bornova:
        id_ = projects.save_project(bornova, None, FIELDS).id
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    back_up(line)
    with open_workplace(line.office) as office:
        erasure.erase(office, id_, Forget(field="contact", reason="İstendi"))
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa", full=True))
    lose_database(line)
    with open_workplace(line.office) as office:
        assert projects.get_project(office, id_).fields.contact == ""
        rebuilding.rebuild(office)
        assert projects.get_project(office, id_).fields.contact == ""
    assert state_hash(line.office)


def test_a_list_that_is_younger_than_the_backup_takes_away_what_the_backup_holds(line: Line) -> None:
    other = second_pc(line)
    pin(line, line.bornova, other)
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    retitle(line.bornova, id_, "Çalıntı")
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    take(other, answer(line, other, line.folder / "a.izsa"))
    back_up(line)
    revoke(line, line.bornova, 1)
    take(other, answer(line, other, line.folder / "b.izsa"))
    retitle(other, id_, "İki")
    before = hash_of(line.office)
    lose_database(line)
    assert hash_of(line.office) == before
    assert titles(line.office) == ["Bir"]
    with open_workplace(line.office) as office:
        assert [one.note.reason for one in quarantine.quarantined(office)] == ["revoked"]
    take(line.office, export(other, line.folder / "3.izsa"))
    assert titles(line.office) == ["İki"]
    assert [one.code for one in take(other, answer(line, other, line.folder / "c.izsa"))] == [0]
    assert state_hash(other) == hash_of(line.office, BORNOVA)


def test_notes_that_nobody_got_are_made_again(line: Line) -> None:
    """The list went to another district; Bornova's answer with the note was never made."""
    other = second_pc(line)
    pin(line, line.bornova, line.konak, other)
    back_up(line)
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    retitle(line.bornova, id_, "Çalıntı")
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    take(other, answer(line, other, line.folder / "a.izsa"))
    retitle(other, id_, "İki")
    take(line.office, export(other, line.folder / "3.izsa"))
    revoke(line, line.bornova, 1)
    answer(line, line.konak, line.folder / "k.izsa")
    before = hash_of(line.office)
    lose_database(line)
    assert (hash_of(line.office), titles(line.office)) == (before, ["İki"])


@pytest.mark.parametrize("gone", ["newest", "all"])
def test_where_its_own_copies_are_gone_it_signs_nothing_more(line: Line, gone: str) -> None:
    pin(line, line.bornova)
    answer(line, line.bornova, line.folder / "a.izsa")
    back_up(line)
    answer(line, line.bornova, line.folder / "b.izsa")
    copies = sorted((line.office / "bundles" / "out").glob("*.izsa"))
    for copy in copies if gone == "all" else copies[1:]:
        copy.write_bytes(copy.read_bytes()[:-1])
    lose_database(line)
    with open_workplace(line.office) as office:
        with pytest.raises(OfficeSetBack):
            sending.answer(office, BORNOVA, line.folder / "c.izsa")
        renewing.renew_key(office).workplace.close()
    assert [one.code for one in take(line.bornova, answer(line, line.bornova, line.folder / "c.izsa"))] == [0]


def test_a_copy_that_somebody_else_signed_is_not_taken(line: Line) -> None:
    back_up(line)
    answer(line, line.bornova, line.folder / "a.izsa")
    enter(line.bornova, "Bir")
    [own] = (line.office / "bundles" / "out").glob("*.izsa")
    shutil.copyfile(export(line.bornova, line.folder / "1.izsa"), own.with_name("35-00_aaaa_0001.izsa"))
    lose_database(line)
    assert titles(line.office) == []
    with open_workplace(line.office) as office:
        assert [one.seq for one in sending.bundle_log(office, "out")] == [1]


def test_a_copy_that_is_not_what_the_store_knows_of_that_number_is_not_taken(line: Line) -> None:
    shutil.copytree(line.office, line.folder / "image")
    answer(line, line.bornova, line.folder / "a.izsa")
    back_up(line)
    [own] = (line.office / "bundles" / "out").glob("*.izsa")
    with open_workplace(line.folder / "image") as image:
        trusting.looked_through(image)
        sending.answer(image, BORNOVA, line.folder / "b.izsa")
    shutil.copyfile(line.folder / "b.izsa", own)
    before = hash_of(line.office)
    lose_database(line)
    assert hash_of(line.office) == before
    with open_workplace(line.office) as office, pytest.raises(OfficeSetBack):
        sending.answer(office, BORNOVA, line.folder / "c.izsa")


def test_a_backup_that_knows_no_list_proves_nothing(line: Line) -> None:
    """A further PC of the office, as it was before its first answer came."""
    folder = line.folder / "second"
    with create_workplace(folder, OFFICE, "Meslektaş", "en", joins=True) as second:
        upkeep.backup(second, line.folder / "backup")
        enrolment.request_enrolment(second, line.folder / "second.enrol")
    with open_workplace(line.office) as office:
        request = enrolment.read_request(office, line.folder / "second.enrol")
        enrolment.accept_enrolment(office, request, COORDINATE)
    pin(line, folder)
    take(folder, to_office(line.office, line.folder / "a.izsa"))
    to_district(folder, BORNOVA, line.folder / "b.izsa")
    (folder / DATABASE).unlink()
    assert restoring.restore(folder, line.folder / "backup").replaced
    with open_workplace(folder) as second, second.store.reading() as reader:
        assert is_set_back(reader, second.identity.replica)


# --- a disk that was set back ----------------------------------------------------------------------------------------


def set_back(line: Line) -> str:
    """The office's whole disk is what it was before it reviewed, enrolled a PC and answered; the project's id."""
    pin(line, line.bornova)
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    shutil.copytree(line.office, line.folder / "image")
    with open_workplace(line.office) as office:
        reviewing.review(office, id_, "onaylandı", "Tamam")
    pin(line, second_pc(line))
    take(line.bornova, answer(line, line.bornova, line.folder / "b.izsa"))
    shutil.rmtree(line.office)
    shutil.move(line.folder / "image", line.office)
    return id_


def test_an_acknowledgement_of_an_answer_that_it_never_made_stops_it(line: Line) -> None:
    set_back(line)
    answer(line, line.konak, line.folder / "k.izsa")  # nobody has told yet
    retitle(line.bornova, enter(line.bornova, "İki")[0], "Üç")
    assert [one.code for one in take(line.office, export(line.bornova, line.folder / "3.izsa"))] == [0]
    before = state_hash(line.office)
    with open_workplace(line.office) as office:
        for act in (
            lambda: sending.answer(office, BORNOVA, line.folder / "c.izsa"),
            lambda: enrolment.revoke(office, replica(line.konak)),
            lambda: trusting.rotate(office),
        ):
            with pytest.raises(OfficeSetBack) as caught:
                act()
            assert caught.value.name == "Ayşe Yılmaz, 3"
    assert not (line.folder / "c.izsa").exists()
    assert state_hash(line.office) == before


def test_under_a_new_key_it_goes_on_and_every_district_follows(line: Line) -> None:
    set_back(line)
    enter(line.bornova, "İki")
    take(line.office, export(line.bornova, line.folder / "3.izsa"))
    former = replica(line.office)
    with open_workplace(line.office) as office:
        told = _version(line.bornova)
        done = renewing.renew_key(office)
        assert (done.admitted, done.again, done.unconfirmed) == (True, 0, 0)
        with done.workplace as renewed:
            trust = trusting.trust_view(renewed).trust
    assert trust.version == told + 1
    assert trust.members[former].replaced
    assert trust.members[replica(line.office)].may_speak_for_office
    pin(line, line.konak)
    for n, folder in enumerate((line.bornova, line.konak)):
        bundle = answer(line, folder, line.folder / f"c{n}.izsa")
        assert [one.code for one in take(folder, bundle)] == [0]
        assert _version(folder) == trust.version
    with open_workplace(line.bornova) as bornova:
        found = {one.fields.title: one.fields.review_note for one in projects.list_projects(bornova)}
    assert found == {"Bir": "Tamam", "İki": ""}, "what the office said before goes on counting"
    assert [one.code for one in take(line.office, export(line.bornova, line.folder / "4.izsa"))] == [0]
    with open_workplace(line.office) as office:
        assert sending.answer(office, BORNOVA, line.folder / "d.izsa")[0].mode == "delta"


def test_answers_that_come_home_bring_back_what_the_disk_has_lost(line: Line) -> None:
    """A district kept what it was sent: what it wrote upon a lost review is seen then, and the list is whole."""
    id_ = set_back(line)
    retitle(line.bornova, id_, "Bir, düzeltilmiş")
    take(line.office, export(line.bornova, line.folder / "3.izsa"))
    assert titles(line.office) == ["Bir"], "it waits for the review"
    version = _version(line.office)
    homes = sorted((line.bornova / "bundles" / "in").glob("*.izsa"))
    outcomes = take(line.office, *homes)
    assert sorted((one.code, one.known) for one in outcomes) == [(0, False), (0, True)]
    assert _version(line.office) > version
    with open_workplace(line.office) as office:
        [shown] = projects.list_projects(office)
        assert (shown.fields.title, shown.fields.review_note) == ("Bir, düzeltilmiş", "Tamam")
        with renewing.renew_key(office).workplace as renewed:
            before = upkeep.state_hash(renewed)
            assert len(trusting.trust_view(renewed).enrolled) == 6, "the PC that was enrolled since is in"
            rebuilding.rebuild(renewed)
            assert upkeep.state_hash(renewed) == before
            assert len(sending.bundle_log(renewed, "out")) == 1
    assert [one.code for one in take(line.bornova, answer(line, line.bornova, line.folder / "c.izsa"))] == [0]
    assert state_hash(line.bornova) == hash_of(line.office, BORNOVA)
    assert {one.known for one in take(line.office, *homes)} == {True}


def test_nobody_elses_answers_come_home(line: Line) -> None:
    second = colleague(line)
    pin(line, line.konak)
    set_back(line)
    file = line.folder / "b.izsa"
    assert [one.code for one in take(line.office, file)] == [18], "it does not know yet that it forgot anything"
    take(line.office, export(line.bornova, line.folder / "3.izsa"))
    for folder in (line.konak, second):
        assert [one.code for one in take(folder, file)] == [18]
    assert [one.code for one in take(line.office, file)] == [0]


def _version(folder: Path) -> int:
    with open_workplace(folder) as workplace:
        return trusting.trust_view(workplace).trust.version


def test_a_list_that_it_never_signed_stops_it_too(line: Line) -> None:
    """The district has it by the office's other PC, and confirms no answer that this one does not know."""
    second = colleague(line)
    pin(line, line.bornova)
    shutil.copytree(line.office, line.folder / "image")
    with open_workplace(line.office) as office:
        trusting.looked_through(office)
    take(second, to_office(line.office, line.folder / "s.izsa"))
    take(line.bornova, to_district(second, BORNOVA, line.folder / "a.izsa"))
    enter(line.bornova, "Bir")
    file = export(line.bornova, line.folder / "1.izsa")
    shutil.rmtree(line.office)
    shutil.move(line.folder / "image", line.office)
    for folder, stopped in ((line.office, True), (second, False)):
        take(folder, file)
        with open_workplace(folder) as office, office.store.reading() as reader:
            assert is_set_back(reader, office.identity.replica) == stopped
    with open_workplace(line.office) as office, pytest.raises(OfficeSetBack):
        trusting.looked_through(office)


def test_a_pc_that_only_learns_of_lists_waits_for_the_newest(line: Line) -> None:
    second = colleague(line)
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        trusting.looked_through(office)
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))
    enter(line.bornova, "Bir")
    assert [one.code for one in take(second, export(line.bornova, line.folder / "1.izsa"))] == [0]
    with open_workplace(second) as office:
        assert sending.answer(office, BORNOVA, line.folder / "b.izsa")


def test_what_districts_had_confirmed_of_the_former_key_is_forgotten(line: Line) -> None:
    """Its numbers begin anew: a base of the former key is none of the new one's."""
    pin(line, line.konak)
    enter(line.konak, "Konak'ın")
    take(line.office, export(line.konak, line.folder / "k1.izsa"))
    for n in range(2):
        take(line.konak, answer(line, line.konak, line.folder / f"ka{n}.izsa"))
    take(line.office, export(line.konak, line.folder / "k2.izsa"))
    set_back(line)
    take(line.office, export(line.bornova, line.folder / "3.izsa"))
    with open_workplace(line.office) as office:
        renewing.renew_key(office).workplace.close()
    for n in range(2):
        answer(line, line.bornova, line.folder / f"c{n}.izsa")
    file = answer(line, line.konak, line.folder / "kc.izsa")
    assert [one.code for one in take(line.konak, file)] == [0]
    with open_workplace(line.office) as office:
        assert [one.mode for one in sending.bundle_log(office, "out")][:3] == ["full"] * 3


def test_two_answers_under_one_number_stop_it(line: Line) -> None:
    """After the image it has used the number again, for another district."""
    set_back(line)
    for n in range(2):
        answer(line, line.konak, line.folder / f"k{n}.izsa")
    take(line.office, export(line.bornova, line.folder / "3.izsa"))
    with open_workplace(line.office) as office, pytest.raises(OfficeSetBack):
        sending.answer(office, BORNOVA, line.folder / "c.izsa")


def test_its_key_keeps_its_passphrase(line: Line) -> None:
    set_back(line)
    take(line.office, export(line.bornova, line.folder / "3.izsa"))
    with open_workplace(line.office) as office:
        keys.set_passphrase(office, None, "doğru at pil zımba")
    with open_workplace(line.office) as office:
        with pytest.raises(PassphraseNeeded):
            renewing.renew_key(office)
        keys.unlock(office, "doğru at pil zımba")
        with renewing.renew_key(office).workplace as renewed:
            assert keys.has_passphrase(renewed)


def test_no_new_key_without_need(line: Line) -> None:
    with open_workplace(line.office) as office, pytest.raises(DistrictOnly):
        renewing.renew_key(office)


def test_a_pc_of_the_office_that_does_not_sign_the_list_is_enrolled_again(line: Line) -> None:
    second = colleague(line)
    with open_workplace(second) as office:
        former = office.identity.replica
        with office.store.writing() as writer:
            note_set_back(writer, former, "Ayşe Yılmaz, 3")
        done = renewing.renew_key(office)
        with done.workplace as renewed:
            assert not done.admitted
            assert trusting.trust_view(renewed).trust.members[former].revoked_after_seq is None
            enrolment.request_enrolment(renewed, line.folder / "again.enrol")
    with open_workplace(line.office) as office:
        request = enrolment.read_request(office, line.folder / "again.enrol")
        enrolment.accept_enrolment(office, request, COORDINATE)
    take(second, to_office(line.office, line.folder / "s.izsa"))
    assert [one.code for one in take(line.office, to_office(second, line.folder / "t.izsa"))] == [0]


# --- what somebody makes up ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("far", [MAX_AHEAD + 1, 1001, 5000, MAX_SAFE_INTEGER])
def test_a_list_too_far_ahead_to_be_true_stops_nothing(line: Line, far: int) -> None:
    enter(line.bornova, "Bir")
    version = min(_version(line.office) + far, MAX_SAFE_INTEGER)
    assert [
        one.code for one in take(line.office, crafted(line.bornova, line.folder / "1.izsa", trust_version=version))
    ] == [0]
    assert titles(line.office) == ["Bir"]
    pin(line, line.konak)
    revoke(line, line.bornova, 0)
    assert [one.code for one in take(line.konak, answer(line, line.konak, line.folder / "k.izsa"))] == [0]
    assert titles(line.office) == []


def test_whoever_makes_a_believable_one_up_is_shut_out_under_the_new_key(line: Line) -> None:
    pin(line, line.konak)
    enter(line.bornova, "Bir")
    version = _version(line.office) + MAX_AHEAD
    take(line.office, crafted(line.bornova, line.folder / "1.izsa", trust_version=version))
    with open_workplace(line.office) as office:
        with pytest.raises(OfficeSetBack) as caught:
            enrolment.revoke(office, replica(line.bornova), 0)
        assert caught.value.name == "Ayşe Yılmaz, 1"
        assert renewing.renew_key(office).admitted
    assert _version(line.office) == version + 1
    revoke(line, line.bornova, 0)
    assert [one.code for one in take(line.konak, answer(line, line.konak, line.folder / "k.izsa"))] == [0]
    assert _version(line.konak) == version + 2


def test_with_an_answer_made_up_as_well_there_is_a_way_out(line: Line) -> None:
    pin(line, line.konak)
    enter(line.bornova, "Bir")
    acks, before = {replica(line.office): Ack(9, "a" * 64)}, _version(line.office)
    take(line.office, crafted(line.bornova, line.folder / "1.izsa", acks=acks, trust_version=MAX_SAFE_INTEGER))
    with open_workplace(line.office) as office:
        assert renewing.renew_key(office).admitted
    assert _version(line.office) == before + 1
    revoke(line, line.bornova, 0)
    assert [one.code for one in take(line.konak, answer(line, line.konak, line.folder / "k.izsa"))] == [0]


def test_an_office_that_had_believed_anything_gets_its_new_key(line: Line) -> None:
    """Before claims were weighed, one was kept."""
    before = _version(line.office)
    with open_workplace(line.office) as office:
        with office.store.writing() as writer:
            note_set_back(writer, office.identity.replica, "Ayşe Yılmaz, 1", MAX_SAFE_INTEGER)
        assert renewing.renew_key(office).admitted
    assert _version(line.office) == before + 1
