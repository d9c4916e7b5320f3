"""What somebody brings: told apart by content, looked at without a trace, taken in; and the outbox beside it."""

import os
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.domain.joint import ACCEPT, DECLINE, ProgrammeFields
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import (
    answering,
    coaching,
    handing_in,
    inbox,
    joining,
    joint,
    outbox,
    projects,
    quarantine,
    reviewing,
    taking,
    vocabularies,
)
from izsa_desktop.usecases.enrolment import request_enrolment, revoke
from izsa_desktop.usecases.outbox import Waiting
from izsa_desktop.usecases.overview import overview
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.sending import export_bundle
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.support import BORNOVA, FIELDS
from tests.usecases.line import Line, enter, export, listing, merge
from tests.usecases.mail import answer, pin, replica, second_pc, take


def test_bundles_and_requests_are_known_by_their_content(line: Line, tmp_path: Path) -> None:
    folder = tmp_path / "mail" / "a" / "b"
    folder.mkdir(parents=True)
    enter(line.bornova, "Bir")
    shutil.move(export(line.bornova, tmp_path / "1.izsa"), folder / "ATT00001")
    with create_workplace(tmp_path / "new", "TUR035020", "Elif") as workplace:
        request_enrolment(workplace, folder / "2.zip")
    for name in ("x.pdf", ".gizli.izsa", "boş.txt"):
        (folder / name).write_bytes(b"")
    (folder / "bozuk.IZSA").write_bytes(b"PK")
    with open_workplace(line.office) as office:
        found = inbox.look(office, [tmp_path / "mail"])
    assert {item.path.name: item.code for item in found.bundles} == {"ATT00001": 0, "bozuk.IZSA": 15}
    assert [request.member.person for request in found.requests] == ["Elif"]
    assert (found.enrolled, found.others) == (0, 2)
    with open_workplace(line.bornova) as bornova:
        seen = inbox.look(bornova, [folder / "2.zip"])
    assert (seen.requests, [item.code for item in seen.bundles]) == ((), [15]), "a district admits nobody"


def test_what_is_named_by_itself_is_told_even_when_it_is_nothing(line: Line, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    with open_workplace(line.office) as office:
        found = inbox.look(office, [tmp_path / "x.pdf", tmp_path / "gone.izsa"])
    assert [item.code for item in found.bundles] == [15, 1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders on this system")
def test_a_folder_of_any_size_and_with_traps_is_looked_at(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST_FILES", 20)
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.izsa")
    for n in range(30):
        (folder / f"x{n}").write_bytes(b"x")
    with open_workplace(line.office) as office:
        found = inbox.look(office, [folder])
    assert (found.bundles, found.others) == ((), 20)


def test_looking_leaves_no_trace(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    file = export(line.bornova, tmp_path / "1.izsa")
    with create_workplace(tmp_path / "new", "TUR035020", "Elif") as workplace:
        add_projects(workplace, [replace(FIELDS, district="TUR035020", evidence=(), review="", served=())])
        request_enrolment(workplace, tmp_path / "2.enrol")
    unknown = export(tmp_path / "new", tmp_path / "2.izsa")
    before = listing(line.office)
    with open_workplace(line.office) as office:
        inbox.look(office, [file, unknown, tmp_path / "2.enrol"])
        inbox.look_closer(office, file)
    assert listing(line.office) == before


def test_a_closer_look_names_what_goes_and_what_is_disputed(line: Line, tmp_path: Path) -> None:
    other = second_pc(line)
    pin(line, other)
    ids = enter(line.bornova, *(f"Proje {n}" for n in range(4)))
    take(line.office, export(line.bornova, tmp_path / "1.izsa"))
    take(other, answer(line, other, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        projects.delete_project(bornova, ids[0])
        project = projects.get_project(bornova, ids[1])
        projects.save_project(bornova, ids[1], replace(project.fields, title="Bizim"), project.heads)
    with open_workplace(other) as second:
        project = projects.get_project(second, ids[1])
        projects.save_project(second, ids[1], replace(project.fields, title="Onların"), project.heads)
    take(line.office, export(other, tmp_path / "2.izsa"))
    file = export(line.bornova, tmp_path / "3.izsa")
    with open_workplace(line.office) as office:
        seen = inbox.look_closer(office, file)
    assert [project.fields.title for project in seen.put_away] == ["Proje 0"]
    assert [project.id for project in seen.disputed] == [ids[1]]
    assert (seen.received.deleted, seen.received.conflicts) == (1, 1)


def test_what_was_taken_in_is_told_with_the_conflicts_of_now(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    file = export(line.bornova, tmp_path / "1.izsa")
    with open_workplace(line.office) as office:
        done = taking.take(office, [file])
    assert (done.conflicts, done.news, [one.new for one in done.received]) == (0, None, [1])


def test_a_district_learns_what_the_office_says_of_its_projects(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    ids = enter(line.bornova, "Bir", "İki")
    take(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        reviewing.review(office, ids[0], "onaylandı", "Güzel")
    first = answer(line, line.bornova, tmp_path / "a.izsa")
    with open_workplace(line.bornova) as bornova:
        news = taking.take(bornova, [first]).news
        again = taking.take(bornova, [first]).news
    assert news is not None
    assert again is not None
    assert (news.confirmed, news.enrolled, news.list_version, news.reviewed, news.catalogue) == (1, 4, 4, 1, 0)
    assert again.reviewed == 0


def test_kept_files_are_taken_when_they_may_be(line: Line, tmp_path: Path) -> None:
    """At a district: an answer came before anybody compared the digits."""
    bundle = answer(line, line.bornova, tmp_path / "a.izsa")
    assert [one.code for one in take(line.bornova, bundle)] == [11]
    with open_workplace(line.bornova) as bornova:
        assert taking.take_kept(bornova).received[0].code == 11
        assert len(quarantine.quarantined(bornova)) == 1
    pin(line, line.bornova)
    with open_workplace(line.bornova) as bornova:
        done = taking.take_kept(bornova)
        assert quarantine.quarantined(bornova) == []
    assert [one.code for one in done.received] == [0]
    assert done.news is not None
    assert done.news.list_version == 4


# --- the outbox ------------------------------------------------------------------------------------------------------


def test_the_outbox_counts_what_the_next_bundle_will_hold(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    whole = replace(FIELDS, district="TUR035007", review="", evidence=())
    with open_workplace(line.bornova) as bornova:
        [id_] = add_projects(bornova, [whole])
        project = projects.get_project(bornova, id_)
        projects.save_project(bornova, id_, replace(project.fields, title="Yeni ad"), project.heads)
    enter(line.bornova, "Eksik")
    with open_workplace(line.bornova) as bornova:
        state = outbox.outbox(bornova)
    assert (state.waiting, state.complete, state.kept) == (Waiting(3, 2), Waiting(2, 1), 1)
    assert (state.new, state.new_complete, state.written) == (Waiting(3, 2), Waiting(2, 1), Waiting(0, 0))
    assert (state.listed, state.readers, state.shut_out, state.set_back, state.sent) == (False, False, None, False, ())
    with open_workplace(line.bornova) as bornova:
        assert [one.revisions for one in export_bundle(bornova, tmp_path / "1.izsa", complete_only=True)] == [2]
        state = outbox.outbox(bornova)
    assert (state.waiting, state.complete, state.kept) == (Waiting(3, 2), Waiting(2, 1), 1), "it goes again"
    assert (state.new, state.new_complete, state.written) == (Waiting(1, 1), Waiting(0, 0), Waiting(2, 1))
    assert id_ not in state.unsent
    take(line.office, tmp_path / "1.izsa")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        state = outbox.outbox(bornova)
        own = bornova.identity.replica
        assert [one.revisions for one in export_bundle(bornova, tmp_path / "2.izsa", complete_only=True)] == [0]
    assert (state.waiting, state.complete, state.kept) == (Waiting(1, 1), Waiting(0, 0), 1)
    assert (state.listed, state.confirmed[own], [one.seq for one in state.sent]) == (True, 1, [1])


def test_the_outbox_tells_projects_from_answers_and_coaching(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    enter(line.bornova, "Kompost")
    take(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        fields = ProgrammeFields(name="Birlikte", lead=BORNOVA, bodies=("Konak",))
        asked = joining.create(office, fields)
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        joint.answer(bornova, asked, ACCEPT)
        joint.answer(bornova, asked, DECLINE)
        handing_in.hand_in(bornova, "0.1", "Yazı 2026/14")
        handing_in.hand_in(bornova, "0.4", "Form")
        waiting = outbox.outbox(bornova).waiting
        lines = [one.text for one in overview(bornova, Translator("tr")).sections[3].lines]
    assert waiting == Waiting(4, 0, 1, 2)
    assert waiting.told(Translator("tr")) == "1 ortak iş yanıtı, 2 koçluk kaydı (kanıt, iş, imza)"
    assert lines == ["1 ortak iş yanıtı gönderilmedi", "2 koçluk kaydı gönderilmedi (kanıt, iş, imza)"]


# --- answers ---------------------------------------------------------------------------------------------------------


def test_everybody_but_those_who_were_shut_out_is_answered(line: Line, tmp_path: Path) -> None:
    enter(line.konak, "Konak'ta")
    merge(line.office, export(line.konak, tmp_path / "k.izsa"))
    with open_workplace(line.office) as office:
        revoke(office, replica(line.bayrakli))
        assert answering.answer_name(office, "TUR035") == "35-00_ofis_0001.izsa"
        steps: list[tuple[int, int]] = []
        written = answering.answer_all(office, tmp_path, lambda n, total: steps.append((n, total)))
        state = answering.districts(office)
    assert [one.path.name for one in written] == ["35-07_bornova_0001.izsa", "35-21_konak_0002.izsa"]
    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert {code: entry.seq for code, entry in state.answers.items()} == {"TUR035007": 1, "TUR035021": 2}
    assert len(state.without) == 28
    assert "Bayraklı" in state.without


def test_a_district_hears_of_notes_and_of_words_that_wait_for_the_next_start(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        coaching.write_note(office, "TUR035007", "Görüşüldü")
        vocabularies.set_vocabularies(office, b'{"theme":[{"code":"kar","tr":"Kar","en":"Snow"}]}')
    first = answer(line, line.bornova, tmp_path / "1.izsa")
    second = answer(line, line.bornova, tmp_path / "2.izsa")
    with open_workplace(line.bornova) as bornova:
        news = taking.take(bornova, [first]).news
        assert news is not None
        assert (news.notes, news.reopen) == (1, True)
    with open_workplace(line.bornova) as bornova:
        news = taking.take(bornova, [second]).news
        assert news is not None
        assert (news.notes, news.reopen) == (0, False)
