"""Going back to a backup: nothing is lost, no number is used twice, and only what is sound takes a place."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.db import dialect
from izsa_desktop.domain.errors import (
    BackupDamaged,
    BackupOfAnother,
    DatabaseTooNew,
    KeyUnusable,
    KnownError,
    WorkplaceBusy,
)
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import enrolment, erasure, projects, restoring, sending, upkeep
from izsa_desktop.usecases.drafts import Draft, drafts, keep_draft
from izsa_desktop.usecases.holding import Hold
from izsa_desktop.usecases.keyring import key_file
from izsa_desktop.usecases.restoring import Restored, restore
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.support import BORNOVA
from tests.usecases.line import Line, enter, export, listing, merge, revisions_of, state_hash


def titles(folder: Path) -> list[str]:
    with open_workplace(folder) as workplace:
        assert upkeep.check(workplace) == []
        return [project.fields.title for project in projects.list_projects(workplace)]


def backed_up(folder: Path, target: Path) -> Path:
    with open_workplace(folder) as workplace:
        return upkeep.backup(workplace, target)


def retitle(folder: Path, id_: str, title: str) -> None:
    with open_workplace(folder) as workplace:
        fields = projects.get_project(workplace, id_).fields
        projects.save_project(workplace, id_, replace(fields, title=title))


# --- a sound database ------------------------------------------------------------------------------------------------


def test_wrong_edits_are_taken_back_and_nothing_is_lost(line: Line, tmp_path: Path) -> None:
    kept, edited, deleted = enter(line.bornova, "Aynı", "Önce", "Silinecek")
    backup = backed_up(line.bornova, tmp_path / "backup")
    retitle(line.bornova, edited, "Yanlış")
    new = enter(line.bornova, "Sonradan")
    with open_workplace(line.bornova) as workplace:
        projects.delete_project(workplace, deleted)
        before = {revision.id for revision in revisions_of(workplace)}
        replica = workplace.identity.replica
    assert restore(line.bornova, backup) == Restored(back=2, put_away=1)
    assert titles(line.bornova) == ["Aynı", "Önce", "Silinecek"]
    with open_workplace(line.bornova) as workplace:
        assert workplace.identity.replica == replica
        now = revisions_of(workplace)
        assert before < {revision.id for revision in now}
        assert len(now) == len(before) + 3
        assert projects.get_project(workplace, new[0]).deleted
        assert [entry.changes.get("title") for entry in projects.history(workplace, edited)][-1] == "Önce"
        assert [entry.author for entry in projects.history(workplace, kept)] == ["Ayşe Yılmaz"]
    assert not (line.bornova / restoring.STAGE).exists()
    # The state before was backed up: going back to that is the way forward again.
    [again] = (line.bornova / "backups").glob("izsa-restore-*")
    restore(line.bornova, again)
    assert titles(line.bornova) == ["Aynı", "Sonradan", "Yanlış"]


def test_going_back_twice_writes_nothing_more(line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Önce")
    backup = backed_up(line.bornova, tmp_path / "backup")
    retitle(line.bornova, id_, "Yanlış")
    restore(line.bornova, backup)
    before = state_hash(line.bornova)
    assert restore(line.bornova, backup) == Restored()
    assert state_hash(line.bornova) == before


def test_the_office_takes_what_a_district_sends_after_going_back(line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Önce")
    export(line.bornova, tmp_path / "1.izsa")
    backup = backed_up(line.bornova, tmp_path / "backup")
    retitle(line.bornova, id_, "Yanlış")
    export(line.bornova, tmp_path / "2.izsa")
    restore(line.bornova, backup)
    export(line.bornova, tmp_path / "3.izsa")
    received = merge(line.office, *(tmp_path / f"{n}.izsa" for n in (3, 1, 2)))
    assert [(r.code, r.conflicts) for r in received] == [(0, 0)] * 3
    assert titles(line.office) == ["Önce"]


def test_at_the_office_districts_records_stay_as_the_districts_have_them(line: Line, tmp_path: Path) -> None:
    backup = backed_up(line.office, tmp_path / "backup")
    enter(line.bornova, "İlçenin")
    enter(line.office, "Ofisin")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    assert restore(line.office, backup) == Restored(put_away=1)
    assert titles(line.office) == ["İlçenin"]


# --- a damaged one ---------------------------------------------------------------------------------------------------


def rot(folder: Path, title: str) -> None:
    """One bit of a save, and one of what is shown of it."""
    file = folder / "izsa.sqlite3"
    file.write_bytes(file.read_bytes().replace(title.encode(), title.encode()[:-1] + b"~"))


def empty(folder: Path) -> None:
    (folder / "izsa.sqlite3").write_bytes(b"")


def another_programs(folder: Path) -> None:
    (folder / "izsa.sqlite3").unlink()
    with closing(sqlite3.connect(folder / "izsa.sqlite3")) as connection:
        connection.execute("CREATE TABLE mine (x)")


def gone(folder: Path) -> None:
    (folder / "izsa.sqlite3").unlink()


def first_page_torn(folder: Path) -> None:
    file = folder / "izsa.sqlite3"
    good = file.read_bytes()
    file.write_bytes(good[:100] + b"\xff" * 3996 + good[4096:])


def foreign_journal(folder: Path) -> None:
    """A save that was cut off in the damaged file must not be undone in the one that takes its place."""
    with closing(sqlite3.connect(folder / "izsa.sqlite3", isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE meta SET value = value || 'x'")
        connection.execute("CREATE TABLE big AS SELECT zeroblob(99999) AS x")
        journal = (folder / "izsa.sqlite3-journal").read_bytes()
        connection.execute("ROLLBACK")
    (folder / "izsa.sqlite3-journal").write_bytes(journal)
    (folder / "izsa.sqlite3").write_bytes(b"no database" * 1000)


DAMAGE = [rot, empty, another_programs, gone, first_page_torn, foreign_journal]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_database_gives_way_and_its_numbers_go_on(
    line: Line, tmp_path: Path, damage: Callable[..., None]
) -> None:
    enter(line.bornova, "Bir")
    backup = backed_up(line.bornova, tmp_path / "backup")
    sent = enter(line.bornova, "Gönderilen")
    export(line.bornova, tmp_path / "1.izsa")
    enter(line.bornova, "Çürüyen")
    if damage is rot:
        rot(line.bornova, "Çürüyen")
    else:
        damage(line.bornova)
    damaged = listing(line.bornova).get("izsa.sqlite3")
    done = restore(line.bornova, backup)
    assert (done.replaced, done.enrol_again) == (True, False)
    assert titles(line.bornova) == ["Bir", "Gönderilen"]
    if damaged:
        assert done.aside is not None
        assert listing(done.aside.parent)[done.aside.name] == damaged
    with open_workplace(line.bornova) as workplace:
        assert projects.get_project(workplace, sent[0]).fields.title == "Gönderilen"
    enter(line.bornova, "Sonraki")
    export(line.bornova, tmp_path / "2.izsa")
    assert [r.code for r in merge(line.office, tmp_path / "1.izsa", tmp_path / "2.izsa")] == [0, 0]
    assert titles(line.office) == ["Bir", "Gönderilen", "Sonraki"]


def test_every_save_that_can_still_be_proven_is_kept(line: Line, tmp_path: Path) -> None:
    backup = backed_up(line.bornova, tmp_path / "backup")
    enter(line.bornova, *(f"Proje {n:03}" for n in range(200)))
    with open_workplace(line.bornova) as workplace:
        keep_draft(workplace, Draft("", (), {"title": "Yazılıyor"}))
    rot(line.bornova, "Proje 100")
    restore(line.bornova, backup)
    assert titles(line.bornova) == [f"Proje {n:03}" for n in range(200) if n != 100]
    with open_workplace(line.bornova) as workplace:
        assert [draft.values for draft in drafts(workplace)] == [{"title": "Yazılıyor"}]


def test_a_sent_bundle_that_is_missing_means_a_new_key(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    export(line.bornova, tmp_path / "1.izsa")
    backup = backed_up(line.bornova, tmp_path / "backup")
    enter(line.bornova, "İki")
    export(line.bornova, tmp_path / "2.izsa")
    newest = max((line.bornova / "bundles" / "out").glob("*.izsa"))
    newest.write_bytes(newest.read_bytes()[:-9])
    empty(line.bornova)
    done = restore(line.bornova, backup)
    assert done.enrol_again
    assert titles(line.bornova) == ["Bir"]
    enter(line.bornova, "Üç")
    assert [r.code for r in merge(line.office, export(line.bornova, tmp_path / "early.izsa"))] == [11]
    enrol(line)
    assert [r.code for r in merge(line.office, tmp_path / "1.izsa", export(line.bornova, tmp_path / "3.izsa"))] == [
        0,
        0,
    ]
    assert titles(line.office) == ["Bir", "Üç"]


def test_what_is_typed_is_there_under_a_new_key_too(line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Bir")
    enter(line.bornova, "Çürüyen")
    backup = backed_up(line.bornova, tmp_path / "backup")
    with open_workplace(line.bornova) as workplace:
        keep_draft(workplace, Draft(id_, projects.get_project(workplace, id_).heads, {"title": "Yazılıyor"}))
        key_file(line.bornova, workplace.identity.replica).unlink()
    rot(line.bornova, "Çürüyen")
    assert restore(line.bornova, backup).enrol_again
    with open_workplace(line.bornova) as workplace:
        [draft] = drafts(workplace)
        assert draft.values == {"title": "Yazılıyor"}
        assert draft.seen == projects.get_project(workplace, id_).heads


def enrol(line: Line) -> None:
    with open_workplace(line.bornova) as district, open_workplace(line.office) as office:
        enrolment.request_enrolment(district, line.folder / "again.enrol")
        enrolment.accept_enrolment(office, enrolment.read_request(office, line.folder / "again.enrol"))


def test_the_office_takes_its_archive_in_again(line: Line, tmp_path: Path) -> None:
    backup = backed_up(line.office, tmp_path / "backup")
    enter(line.bornova, "İlçenin")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    before = state_hash(line.office)
    empty(line.office)
    assert restore(line.office, backup).replaced
    assert state_hash(line.office) == before
    assert [(r.known, r.code) for r in merge(line.office, tmp_path / "1.izsa")] == [(True, 0)]


def test_the_office_does_not_go_on_without_its_key(line: Line, tmp_path: Path) -> None:
    backup = backed_up(line.office, tmp_path / "backup")
    empty(line.office)
    shutil.rmtree(line.office / "keys")
    with pytest.raises(KeyUnusable):
        restore(line.office, backup)
    assert (line.office / "izsa.sqlite3").read_bytes() == b""


# --- a dead PC -------------------------------------------------------------------------------------------------------


def test_a_dead_pcs_backup_goes_on_under_a_new_pcs_key(line: Line, tmp_path: Path) -> None:
    [sent, half] = enter(line.bornova, "Gönderilen", "Yarısı")
    export(line.bornova, tmp_path / "1.izsa")
    retitle(line.bornova, half, "Yarısı, düzeltilmiş")
    enter(line.bornova, "Gönderilmeyen")
    backup = backed_up(line.bornova, tmp_path / "backup")
    with open_workplace(line.bornova) as dead:
        old = {entry.wall: entry.author for entry in projects.history(dead, half)}
    shutil.rmtree(line.bornova)
    with create_workplace(line.bornova, BORNOVA, "Yeni Memur") as workplace:
        assert projects.list_projects(workplace) == []
    assert restore(line.bornova, backup) == Restored(saves=4)
    wanted = ["Gönderilen", "Gönderilmeyen", "Yarısı, düzeltilmiş"]
    assert titles(line.bornova) == wanted
    before = state_hash(line.bornova)
    assert restore(line.bornova, backup) == Restored()
    assert state_hash(line.bornova) == before
    retitle(line.bornova, sent, "Gönderilen, sonra düzeltilen")
    with open_workplace(line.bornova) as workplace:
        assert {entry.wall: entry.author for entry in projects.history(workplace, half)} == old
    enrol(line)
    received = merge(line.office, tmp_path / "1.izsa", export(line.bornova, tmp_path / "2.izsa"))
    assert [(r.code, r.conflicts) for r in received] == [(0, 0), (0, 0)]
    assert titles(line.office) == titles(line.bornova)
    with open_workplace(line.office) as office:
        assert [p.conflicts for p in projects.list_projects(office)] == [()] * 3


def test_a_backup_alone_becomes_a_workplace_in_a_new_folder(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Tek")
    backup = backed_up(line.bornova, tmp_path / "backup")
    done = restore(tmp_path / "yeni" / "klasör", backup)
    assert done == Restored(replaced=True, enrol_again=True)
    assert titles(tmp_path / "yeni" / "klasör") == ["Tek"]
    with open_workplace(tmp_path / "yeni" / "klasör") as new, open_workplace(line.bornova) as old:
        assert new.identity.person == old.identity.person
        assert new.identity.replica != old.identity.replica
        assert new.key().key_id == new.identity.replica


# --- what is offered -------------------------------------------------------------------------------------------------


def hostile(backup: Path) -> dict[str, bytes]:
    good = backup.read_bytes()
    changed = {}
    for name, statement in {
        "trigger": "CREATE TRIGGER t AFTER INSERT ON meta BEGIN UPDATE meta SET value = 'x'; END",
        "view": "CREATE VIEW v AS SELECT 1",
        "another table": "CREATE TABLE mine (x)",
        "a column more": "ALTER TABLE meta ADD COLUMN x",
        "one save changed": "UPDATE revision SET body = CAST(replace(body, 'Bir', 'Bin') AS BLOB)",
        "another person": "UPDATE meta SET value = 'x' WHERE key = 'person'",
        "a save too few": "DELETE FROM revision",
    }.items():
        with closing(sqlite3.connect(backup)) as connection:
            connection.execute(statement)
            connection.commit()
        changed[name] = backup.read_bytes()
        backup.write_bytes(good)
    at = good.index(b"Bir")
    return changed | {
        "nothing": b"",
        "text": b"Bu bir metin dosyasi.\n" * 200,
        "half": good[: len(good) // 2],
        "one bit": good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :],
    }


def test_only_a_sound_backup_is_taken_and_nothing_is_changed_by_others(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    backup = backed_up(line.bornova, tmp_path / "backup")
    before = listing(line.bornova)
    for name, content in hostile(backup).items():
        offered = tmp_path / "offered"
        offered.write_bytes(content)
        with pytest.raises(BackupDamaged):
            restore(line.bornova, offered)
        assert offered.read_bytes() == content, name
        assert {n: s for n, s in listing(line.bornova).items() if n != "izsa.lock"} == before, name
        assert not (line.bornova / restoring.STAGE).exists()


def test_a_backup_of_somebody_else_or_of_a_newer_program(line: Line, tmp_path: Path) -> None:
    with pytest.raises(BackupOfAnother):
        restore(line.bornova, backed_up(line.konak, tmp_path / "konak"))
    rot(line.bornova, "Ayşe")
    with pytest.raises(BackupOfAnother):
        restore(line.bornova, tmp_path / "konak")
    newer = backed_up(line.konak, tmp_path / "newer")
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version=999")
    with pytest.raises(DatabaseTooNew):
        restore(line.konak, newer)


def test_a_backup_of_an_older_version_is_brought_up_to_date(line: Line, tmp_path: Path) -> None:
    golden = Path(__file__).parents[1] / "db" / "golden" / "v1.sqlite3"
    assert dialect.owner_and_version(golden)[1] == 1
    content = golden.read_bytes()
    with pytest.raises(BackupOfAnother):  # of an office that is not this one
        restore(line.bornova, golden)
    assert golden.read_bytes() == content


def test_what_a_window_holds_is_not_restored(line: Line, tmp_path: Path) -> None:
    backup = backed_up(line.bornova, tmp_path / "backup")
    hold = Hold(line.bornova)
    with pytest.raises(WorkplaceBusy):
        restore(line.bornova, backup)
    assert restore(line.bornova, backup, hold) == Restored()
    hold.release()


def test_a_sound_workplace_goes_back_while_others_read(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Önce")
    backup = backed_up(line.bornova, tmp_path / "backup")
    enter(line.bornova, "Sonra")
    with open_workplace(line.bornova) as reader:
        restore(line.bornova, backup)
        assert [project.fields.title for project in projects.list_projects(reader)] == ["Önce"]


def test_a_workplace_that_cannot_be_opened_for_other_reasons_is_left_alone(line: Line, tmp_path: Path) -> None:
    backup = backed_up(line.bornova, tmp_path / "backup")
    with closing(sqlite3.connect(line.bornova / "izsa.sqlite3")) as connection:
        connection.execute("PRAGMA user_version=999")
    before = (line.bornova / "izsa.sqlite3").read_bytes()
    with pytest.raises(KnownError):
        restore(line.bornova, backup)
    assert (line.bornova / "izsa.sqlite3").read_bytes() == before


# --- numbers, what was kept back, what was erased --------------------------------------------------------------------


def numbers(folder: Path) -> list[str]:
    with open_workplace(folder) as workplace:
        return [project.number for project in projects.list_projects(workplace)]


@pytest.mark.parametrize("break_", [first_page_torn, empty, gone])
def test_a_readable_number_is_not_given_again_after_a_backup_took_the_place(
    line: Line, tmp_path: Path, break_: Callable[[Path], None]
) -> None:
    enter(line.bornova, "Bir")
    backup = backed_up(line.bornova, tmp_path / "backup")
    enter(line.bornova, "İki", "Üç")
    export(line.bornova, tmp_path / "1.izsa")
    break_(line.bornova)
    assert restore(line.bornova, backup).replaced
    enter(line.bornova, "Dört")
    given = numbers(line.bornova)
    assert len(given) == len(set(given)) == 4


def test_a_counted_number_is_not_given_again_where_its_project_is_lost(line: Line, tmp_path: Path) -> None:
    backup = backed_up(line.bornova, tmp_path / "backup")
    [lost] = enter(line.bornova, "Kayıp proje")
    with open_workplace(line.bornova) as workplace:
        number = projects.get_project(workplace, lost).number
    rot(line.bornova, "Kayıp proje")
    assert restore(line.bornova, backup).replaced
    enter(line.bornova, "Yeni")
    assert numbers(line.bornova) == [f"{number[:-1]}2"]


def test_a_dead_pcs_numbers_are_not_given_again(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir", "İki")
    backup = backed_up(line.bornova, tmp_path / "backup")
    new = tmp_path / "new"
    with create_workplace(new, BORNOVA, "Yeni", "tr"):
        pass
    restore(new, backup)
    enter(new, "Üç")
    given = numbers(new)
    assert len(given) == len(set(given)) == 3


def test_what_was_kept_back_when_it_was_sent_goes_out_under_the_new_key(line: Line, tmp_path: Path) -> None:
    whole = {"purpose": "Amaç", "audience": ("herkes",), "start": "2024", "goals": ("11",)}
    with open_workplace(line.bornova) as workplace:
        projects.add_projects(workplace, [ProjectFields(title="Eksik"), ProjectFields(title="Tam", **whole)])  # type: ignore[arg-type]
        sending.export_bundle(workplace, tmp_path / "1.izsa", complete_only=True)
    backup = backed_up(line.bornova, tmp_path / "backup")
    new = tmp_path / "new"
    new.mkdir()
    assert restore(new, backup).enrol_again
    with open_workplace(new) as workplace:
        own = [r for r in revisions_of(workplace) if r.replica == workplace.identity.replica]
        assert [r.registers["title"] for r in own] == ["Eksik"]


def test_what_was_erased_of_a_dead_pcs_saves_does_not_come_back(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as workplace:
        [id_] = projects.add_projects(workplace, [ProjectFields(title="Bir", contact="ayse.yilmaz@example.org")])
    backup = backed_up(line.bornova, tmp_path / "backup")
    new = tmp_path / "new"
    new.mkdir()
    restore(new, backup)
    with open_workplace(new) as workplace:
        erasure.erase(workplace, id_, erasure.Forget(field="contact", reason="KVKK"))
    retitle(new, id_, "İki")
    assert restore(new, backup).back == 1
    assert titles(new) == ["Bir"]
    with open_workplace(new) as workplace:
        assert projects.get_project(workplace, id_).fields.contact == ""
        assert all(b"ayse.yilmaz" not in revision.body for revision in revisions_of(workplace))
