"""A new key for a sound workplace: nothing that was entered is lost, nothing reaches the office twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.bundle import signing
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.domain.errors import (
    DatabaseDamaged,
    DistrictOnly,
    KeyRenewed,
    PassphraseNeeded,
    WorkplaceBusy,
)
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import enrolment, erasure, keys, projects, renewing, restoring, sending, upkeep
from izsa_desktop.usecases.drafts import Draft, drafts, keep_draft
from izsa_desktop.usecases.holding import Hold
from izsa_desktop.usecases.importing import files, mapping, taking, trial
from izsa_desktop.usecases.keyring import key_file
from izsa_desktop.usecases.renewing import Renewed, renew_key
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import BORNOVA
from tests.usecases.line import Line, enter, export, listing, merge, revisions_of, state_hash
from tests.usecases.mail import pin


def titles(folder: Path) -> list[str]:
    with open_workplace(folder) as workplace:
        assert upkeep.check(workplace) == []
        return [project.fields.title for project in projects.list_projects(workplace)]


def retitle(folder: Path, id_: str, title: str) -> None:
    with open_workplace(folder) as workplace:
        fields = projects.get_project(workplace, id_).fields
        projects.save_project(workplace, id_, replace(fields, title=title))


def renew(folder: Path) -> Renewed:
    with open_workplace(folder) as workplace:
        return renew_key(workplace)


def enrol(line: Line) -> None:
    with open_workplace(line.bornova) as district, open_workplace(line.office) as office:
        enrolment.request_enrolment(district, line.folder / "again.enrol")
        enrolment.accept_enrolment(office, enrolment.read_request(office, line.folder / "again.enrol"))


# --- nothing is lost -------------------------------------------------------------------------------------------------


def test_what_was_not_sent_goes_out_under_the_new_key(line: Line, tmp_path: Path) -> None:
    sent, half = enter(line.bornova, "Gönderilen", "Yarısı")
    export(line.bornova, tmp_path / "1.izsa")
    retitle(line.bornova, half, "Yarısı, düzeltilmiş")
    [new] = enter(line.bornova, "Gönderilmeyen")
    retitle(line.bornova, new, "Gönderilmeyen, düzeltilmiş")
    with open_workplace(line.bornova) as workplace:
        before = {id_: projects.history(workplace, id_) for id_ in (sent, half, new)}
        former = workplace.identity.replica
    done = renew(line.bornova)
    assert (done.again, done.unconfirmed) == (3, 1)
    wanted = ["Gönderilen", "Gönderilmeyen, düzeltilmiş", "Yarısı, düzeltilmiş"]
    assert titles(line.bornova) == wanted
    with open_workplace(line.bornova) as workplace:
        replica = workplace.identity.replica
        assert replica == done.workplace.identity.replica != former
        assert enrolment.own_fingerprint(workplace) == done.fingerprint
        for id_, saves in before.items():
            now = projects.history(workplace, id_)
            assert [(e.wall, e.author, e.changes) for e in now] == [(e.wall, e.author, e.changes) for e in saves]
        assert [e.replica for e in projects.history(workplace, half)] == [former, replica]
        assert [e.replica for e in projects.history(workplace, new)] == [replica, replica]
        assert sorted(r.seq for r in revisions_of(workplace) if r.replica == replica) == [1, 2, 3]
    retitle(line.bornova, sent, "Gönderilen, sonra düzeltilen")
    assert [r.code for r in merge(line.office, export(line.bornova, tmp_path / "early.izsa"))] == [11]
    enrol(line)
    received = merge(line.office, export(line.bornova, tmp_path / "2.izsa"), tmp_path / "1.izsa")
    assert [(r.code, r.conflicts) for r in received] == [(0, 0), (0, 0)]
    assert titles(line.office) == titles(line.bornova)
    with open_workplace(line.office) as office:
        assert [project.conflicts for project in projects.list_projects(office)] == [()] * 3


def test_what_the_office_has_confirmed_need_not_be_brought_again(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    export(line.bornova, tmp_path / "2.izsa")
    with open_workplace(line.office) as office:
        sending.answer(office, BORNOVA, tmp_path / "answer.izsa")
    pin(line, line.bornova)
    assert [r.code for r in merge(line.bornova, tmp_path / "answer.izsa")] == [0]
    assert renew(line.bornova).unconfirmed == 1


def test_a_decision_between_two_values_stays_one(line: Line) -> None:
    """What settled a conflict under the old key settles it under the new one."""
    [id_] = enter(line.bornova, "Bir")
    with open_workplace(line.bornova) as workplace:
        seen = projects.get_project(workplace, id_).heads
        for title in ("İki", "Üç"):
            fields = replace(projects.get_project(workplace, id_).fields, title=title)
            projects.save_project(workplace, id_, fields, seen)
        assert projects.get_project(workplace, id_).conflicts
        with workplace.store.writing() as writer:
            now = record_state(id_, writer.history(id_))
            projects.append(workplace, writer, writer.history(id_), now, {"title": "Üç"}, settling=True)
        before = [r.settles for r in revisions_of(workplace)]
    renew(line.bornova)
    with open_workplace(line.bornova) as workplace:
        assert [r.settles for r in revisions_of(workplace)] == before == [(), (), (), ("title",)]
        assert projects.get_project(workplace, id_).conflicts == ()


def test_twice_is_no_harm(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    first, second = renew(line.bornova), renew(line.bornova)
    assert first.workplace.identity != second.workplace.identity
    assert (first.again, second.again) == (1, 1)
    enrol(line)
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    assert titles(line.office) == titles(line.bornova) == ["Bir"]


def test_what_was_kept_back_goes_out_under_the_new_key(line: Line, tmp_path: Path) -> None:
    whole = ProjectFields(title="Tam", purpose="Amaç", audience=("herkes",), start="2024", goals=("11",))
    with open_workplace(line.bornova) as workplace:
        projects.add_projects(workplace, [ProjectFields(title="Eksik"), whole])
        sending.export_bundle(workplace, tmp_path / "1.izsa", complete_only=True)
    assert renew(line.bornova).again == 1
    enrol(line)
    merge(line.office, tmp_path / "1.izsa", export(line.bornova, tmp_path / "2.izsa"))
    assert titles(line.office) == ["Eksik", "Tam"]


def test_what_is_typed_and_not_saved_stays_and_fits_the_saves(line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Bir")
    with open_workplace(line.bornova) as workplace:
        seen = projects.get_project(workplace, id_).heads
        keep_draft(workplace, Draft(id_, seen, {"title": "Yazılıyor"}))
        keep_draft(workplace, Draft(projects.new_project_id(workplace), (), {"title": "Yeni"}))
    renew(line.bornova)
    with open_workplace(line.bornova) as workplace:
        found = {draft.values["title"]: draft for draft in drafts(workplace)}
        draft = found["Yazılıyor"]
        assert draft.seen == projects.get_project(workplace, id_).heads != seen
        assert found["Yeni"].seen == ()
        fields = replace(projects.get_project(workplace, id_).fields, title="Yazıldı")
        assert projects.save_project(workplace, id_, fields, draft.seen).conflicts == ()


def test_an_import_can_still_be_taken_back(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as workplace:
        table = files.open_pasted("Proje Adı\tAmacı\nKompost\tAtık\nOrman\tGölge\n", "t")
        tried = trial.dry_run(workplace, table, mapping.propose(workplace, table, 0), "t")
        assert taking.take_in(workplace, tried).added == 2
    renew(line.bornova)
    with open_workplace(line.bornova) as workplace:
        assert taking.undo_import(workplace) == taking.Undone(2, 0)
    assert titles(line.bornova) == []


def test_what_was_erased_stays_erased(line: Line) -> None:
    with open_workplace(line.bornova) as workplace:
        [id_] = projects.add_projects(workplace, [ProjectFields(title="Bir", contact="ayse.yilmaz@example.org")])
        erasure.erase(workplace, id_, erasure.Forget(field="contact", reason="KVKK"))
    renew(line.bornova)
    assert titles(line.bornova) == ["Bir"]
    with open_workplace(line.bornova) as workplace:
        assert all(b"ayse.yilmaz" not in revision.body for revision in revisions_of(workplace))


def test_going_back_to_the_day_before_brings_nothing_twice(line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Önce")
    renew(line.bornova)
    retitle(line.bornova, id_, "Sonra")
    before = _revisions(line.bornova)
    [backup] = (line.bornova / "backups").glob("izsa-renew-*")
    restoring.restore(line.bornova, backup)
    assert titles(line.bornova) == ["Önce"]
    assert len(_revisions(line.bornova)) == len(before) + 1  # going back is a save
    enrol(line)
    assert [r.conflicts for r in merge(line.office, export(line.bornova, tmp_path / "1.izsa"))] == [0]
    assert titles(line.office) == ["Önce"]


def test_readable_numbers_go_on(line: Line) -> None:
    enter(line.bornova, "Bir", "İki")
    renew(line.bornova)
    enter(line.bornova, "Üç")
    with open_workplace(line.bornova) as workplace:
        numbers = [project.number[-4:] for project in projects.list_projects(workplace)]
    assert sorted(numbers) == ["0001", "0002", "0003"]


# --- which keys ------------------------------------------------------------------------------------------------------


def forgotten(folder: Path, replica: str) -> None:
    file = key_file(folder, replica)
    file.write_bytes(SecretKey.from_file_bytes(file.read_bytes()).file_bytes("forgotten for good"))


def lost(folder: Path, replica: str) -> None:
    key_file(folder, replica).unlink()


def damaged(folder: Path, replica: str) -> None:
    key_file(folder, replica).write_bytes(b"\0" * 300)


@pytest.mark.parametrize("what", [forgotten, lost, damaged], ids=lambda what: what.__name__)
def test_whatever_became_of_the_old_key(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: Callable[[Path, str], None]
) -> None:
    monkeypatch.setattr(signing, "WORK", 1 << 20)
    monkeypatch.setattr(signing, "MEMORY", 1 << 25)
    enter(line.bornova, "Bir")
    with open_workplace(line.bornova) as workplace:
        former = workplace.identity.replica
    what(line.bornova, former)
    kept = {name: sum_ for name, sum_ in listing(line.bornova / "keys").items() if former in name}
    done = renew(line.bornova)
    assert not keys.has_passphrase(done.workplace)
    assert kept.items() <= listing(line.bornova / "keys").items()  # it may come to mind again
    enrol(line)
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    assert titles(line.office) == ["Bir"]


def test_the_open_workplace_goes_on_under_the_new_key(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as workplace:
        keys.set_passphrase(workplace, None, "Bornova'da 3 çınar")
        new = renew_key(workplace).workplace
        projects.add_projects(new, [ProjectFields(title="Sonra")])
        sending.export_bundle(new, tmp_path / "1.izsa")
        assert new.key().key_id == new.identity.replica


# --- who may, and when -----------------------------------------------------------------------------------------------


def test_nothing_is_written_under_the_old_key_any_more(line: Line, tmp_path: Path) -> None:
    """A program that opened the workplace before would write saves that nobody ever sends, and send them twice."""
    [id_] = enter(line.bornova, "Bir")
    with open_workplace(line.bornova) as old:
        renew(line.bornova)
        before = state_hash(line.bornova)
        for write in (
            lambda: projects.add_projects(old, [ProjectFields(title="Kayıp")]),
            lambda: projects.save_project(old, id_, ProjectFields(title="Kayıp")),
            lambda: projects.delete_project(old, id_),
            lambda: sending.export_bundle(old, tmp_path / "x.izsa"),
            lambda: renew_key(old),
        ):
            with pytest.raises(KeyRenewed):
                write()
    assert state_hash(line.bornova) == before


def test_not_while_a_window_has_it(line: Line) -> None:
    hold = Hold(line.bornova)
    with pytest.raises(WorkplaceBusy):
        renew(line.bornova)
    with open_workplace(line.bornova) as workplace:
        assert renew_key(workplace, hold).again == 0
    hold.release()


def test_not_at_the_office(line: Line) -> None:
    before = listing(line.office)
    with pytest.raises(DistrictOnly):
        renew(line.office)
    assert listing(line.office) == before


def test_not_in_a_damaged_database(line: Line) -> None:
    enter(line.bornova, "Çürüyen")
    file = line.bornova / "izsa.sqlite3"
    file.write_bytes(file.read_bytes().replace("Çürüyen".encode(), "Çürüyem".encode()))
    before = file.read_bytes()
    with pytest.raises(DatabaseDamaged):
        renew(line.bornova)
    assert file.read_bytes() == before


def test_a_step_that_fails_leaves_everything_as_it_was(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(line.bornova, "Bir")
    before = state_hash(line.bornova)
    with open_workplace(line.bornova) as workplace:
        former = workplace.identity

    def fails(*_arguments: object) -> None:
        raise PassphraseNeeded

    monkeypatch.setattr(renewing, "rename", fails)
    with pytest.raises(PassphraseNeeded):
        renew(line.bornova)
    assert state_hash(line.bornova) == before
    with open_workplace(line.bornova) as workplace:
        assert workplace.identity == former


def _revisions(folder: Path) -> list[str]:
    with open_workplace(folder) as workplace:
        return [revision.id for revision in revisions_of(workplace)]
