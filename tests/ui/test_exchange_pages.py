"""Receiving at the office, through the window."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from izsa_desktop.domain.errors import Malformed, Untrusted
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.ui.dialogs.accept_pc import AcceptDialog
from izsa_desktop.ui.dialogs.confirm import ConfirmDialog
from izsa_desktop.ui.dialogs.much_at_once import MuchAtOnceDialog
from izsa_desktop.ui.workspace import CONFLICTS
from izsa_desktop.usecases import exchange, trusting
from izsa_desktop.usecases.enrolment import read_request, request_enrolment, revoke
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.quarantine import quarantined
from izsa_desktop.usecases.sending import export_bundle
from izsa_desktop.usecases.workplace import Workplace, create_workplace, open_workplace, utc_now
from tests.ui.exchange import dialog, headings, many_deleted, no_dialog, receiving, said
from tests.ui.window import OpenBench, type_text
from tests.usecases.line import Line, enter, export, listing, merge
from tests.usecases.mail import answer, pin, replica, second_pc, take
from tests.usecases.test_answers import retitle


def stranger(folder: Path, code: str = "TUR035020", person: str = "Elif Kaya") -> tuple[Path, Path]:
    """A bundle and a request of a PC that nobody knows."""
    with create_workplace(folder, code, person, "tr") as workplace:
        add_projects(workplace, [ProjectFields(title="Kiraz'da")])
        export_bundle(workplace, folder.with_suffix(".izsa"))
        request_enrolment(workplace, folder.with_suffix(".enrol"))
    return folder.with_suffix(".izsa"), folder.with_suffix(".enrol")


# --- looking, and taking in ------------------------------------------------------------------------------------------


def test_a_preview_writes_nothing_and_merging_takes_in_what_is_good(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    enter(line.bornova, "Bornova'da")
    enter(line.konak, "Konak'ta")
    known = export(line.konak, tmp_path / "konak.izsa")
    merge(line.office, known)
    good = export(line.bornova, tmp_path / "bornova.izsa")
    bad = tmp_path / "kötü.izsa"
    bad.write_bytes(good.read_bytes()[:-9] + b"123456789")
    b = bench(line.office)
    inbox = receiving(b).inbox
    before = listing(line.office)
    inbox.receive([good, known, bad])
    b.settle()
    assert listing(line.office) == before
    assert headings(inbox.rows) == [
        "Bornova Municipality · Ayşe Yılmaz",
        "Konak Municipality · İlker Işık",
        "kötü.izsa",
    ]
    t = b.opened.t
    assert said(inbox.rows) == [
        (t("exchange.new", count=1),),
        (t("exchange.known"),),
        (t.error(Malformed("container")),),
    ]
    assert inbox.merge_button.text() == t("exchange.merge", count=1)
    inbox.merge_button.click()
    b.settle()
    assert sorted(b.shown_titles()) == ["Bornova'da", "Konak'ta"]
    assert inbox.done.text.text() == t("exchange.merged", count=1, new=1, changed=0)
    assert headings(inbox.rows) == ["kötü.izsa"]  # stays with its reason
    assert inbox.preview.heading.text() == t("exchange.left")
    assert inbox.merge_button.isHidden()
    inbox.dismiss_button.click()
    assert inbox.preview.isHidden()


def test_a_folder_is_brought_with_files_of_any_name(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    """Good, unknown, damaged, requests, and a mail's other files, all in one folder."""
    enter(line.bornova, "Bornova'da")
    mail = tmp_path / "mail" / "yeni"
    mail.mkdir(parents=True)
    export(line.bornova, mail / "ek.izsa").rename(mail / "ATT00001")
    bundle, request = stranger(tmp_path / "kiraz")
    shutil.move(bundle, mail / "paket (2).izsa.txt")
    shutil.move(request, tmp_path / "mail" / "istek")
    (mail / "yarım.izsa").write_bytes((mail / "ATT00001").read_bytes()[:900])
    (mail / "merhaba.html").write_text("<p>Merhaba</p>", encoding="utf-8")
    b = bench(line.office, show=True)
    inbox = receiving(b).inbox
    inbox.receive([tmp_path / "mail"])
    b.settle()
    assert headings(inbox.rows) == ["Bornova Municipality · Ayşe Yılmaz", "paket (2).izsa.txt", "yarım.izsa"]
    dialog(b, AcceptDialog).reject()
    assert no_dialog(b)
    inbox.merge_button.click()
    b.settle()
    assert b.shown_titles() == ["Bornova'da"]
    assert headings(inbox.kept.rows) == ["paket (2).izsa.txt"]
    t = b.opened.t
    expected = [t("exchange.merged", count=1, new=1, changed=0), t("exchange.kept_now", count=1)]
    assert inbox.done.text.text() == " ".join(expected)
    assert inbox.done.property("kind") == "warn"


def test_a_folder_with_nothing_of_ours_is_told(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "x.pdf").write_bytes(b"%PDF")
    b = bench(line.office)
    inbox = receiving(b).inbox
    inbox.receive([tmp_path / "mail"])
    b.settle()
    assert inbox.preview.isHidden()
    assert b.notices() == [b.opened.t("exchange.nothing_in")]


def test_files_can_be_dropped(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bornova'da")
    file = export(line.bornova, tmp_path / "b.izsa")
    b = bench(line.office)
    inbox = receiving(b).inbox
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.org/c.izsa")])
    inbox.drop.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    b.settle()
    assert headings(inbox.rows) == ["Bornova Municipality · Ayşe Yılmaz"]


def test_without_a_good_bundle_there_is_nothing_to_merge(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    (tmp_path / "x.izsa").write_bytes(b"no bundle")
    b = bench(line.office)
    inbox = receiving(b).inbox
    inbox.receive([tmp_path / "x.izsa"])
    b.settle()
    assert not inbox.preview.isHidden()
    assert inbox.merge_button.isHidden()
    inbox.dismiss_button.click()
    assert inbox.preview.isHidden()


def test_what_is_missing_is_said_before_and_after(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    """The office was set back to a backup: of what it had confirmed since, a bundle is missing."""
    pin(line, line.bornova)
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, tmp_path / "1.izsa"))
    shutil.copytree(line.office, tmp_path / "office")
    retitle(line.bornova, id_, "İki")
    take(line.office, export(line.bornova, tmp_path / "2.izsa"))
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    retitle(line.bornova, id_, "Üç")
    b = bench(tmp_path / "office")
    page = receiving(b)
    inbox, t = page.inbox, b.opened.t
    inbox.receive([export(line.bornova, tmp_path / "3.izsa")])
    b.settle()
    gap = f"{t('exchange.gap', numbers='2')} {t('exchange.parked', count=1)}"
    assert said(inbox.rows)[0][-1] == gap
    inbox.merge()
    b.settle()
    assert inbox.done.text.text().endswith(t("exchange.some_missing"))
    states = [page.districts.model.index(row, 4).data() for row in range(page.districts.model.rowCount())]
    assert t("enrolled.missing", numbers="2") in states
    inbox.receive([tmp_path / "2.izsa"])
    b.settle()
    inbox.merge()
    b.settle()
    assert b.shown_titles() == ["Üç"]
    states = [page.districts.model.index(row, 4).data() for row in range(page.districts.model.rowCount())]
    assert t("enrolled.missing", numbers="2") not in states


def test_a_skipped_number_is_a_quiet_note(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    export(line.bornova, tmp_path / "1.izsa")
    second = export(line.bornova, tmp_path / "2.izsa")
    b = bench(line.office)
    inbox = receiving(b).inbox
    inbox.receive([second])
    b.settle()
    assert said(inbox.rows) == [(b.opened.t("exchange.new", count=1), b.opened.t("exchange.skipped", numbers="1"))]


def test_conflicts_lead_to_their_page(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    other = second_pc(line)
    pin(line, other)
    [id_] = enter(line.bornova, "Çınar")
    take(line.office, export(line.bornova, tmp_path / "1.izsa"))
    take(other, answer(line, other, tmp_path / "a.izsa"))
    retitle(line.bornova, id_, "Ulu çınar")
    retitle(other, id_, "Koca çınar")
    files = [export(line.bornova, tmp_path / "x.izsa"), export(other, tmp_path / "y.izsa")]
    b = bench(line.office, show=True)
    inbox = receiving(b).inbox
    inbox.receive(files)
    b.settle()
    assert inbox.merge_button.hasFocus()
    inbox.merge_button.click()
    b.settle()
    assert inbox.done.action.hasFocus(), "the keyboard is not lost with the button that had it"
    assert inbox.done.action.text() == b.opened.t("exchange.to_conflicts", count=1)
    inbox.done.action.click()
    b.settle()
    assert b.workspace.place == CONFLICTS


def test_a_cancelled_merge_leaves_the_page_as_it_then_is(
    bench: OpenBench, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(line.bornova, "Bir")
    enter(line.konak, "İki")
    files = [export(line.bornova, tmp_path / "1.izsa"), export(line.konak, tmp_path / "2.izsa")]
    b = bench(line.office)
    inbox = receiving(b).inbox
    inbox.receive(files)
    b.settle()
    merge_bundles = exchange.merge_bundles

    def cancelled_in_between(
        workplace: Workplace, paths: list[Path], progress: Progress = no_progress, *, confirmed: bool = False
    ) -> list[Received]:
        def step(finished: int, total: int, /) -> None:
            if finished == 1:
                [task] = b.opened.tasks._dialogs
                task.cancel()
            progress(finished, total)

        return merge_bundles(workplace, paths, step, confirmed=confirmed)

    monkeypatch.setattr(exchange, "merge_bundles", cancelled_in_between)
    inbox.merge()
    b.settle()
    assert b.shown_titles() == ["Bir"]
    assert inbox.merge_button.isEnabled()
    assert inbox.merge_button.text() == b.opened.t("exchange.merge", count=1)
    assert said(inbox.rows)[0] == (b.opened.t("exchange.known"),)


# --- much at once ----------------------------------------------------------------------------------------------------


def test_a_bundle_that_deletes_much_is_taken_in_when_the_number_is_typed(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    much = many_deleted(line, tmp_path / "k2.izsa")
    enter(line.bornova, "Bornova'da")
    good = export(line.bornova, tmp_path / "b.izsa")
    b = bench(line.office, show=True)
    inbox, t = receiving(b).inbox, b.opened.t
    inbox.receive([much, good])
    b.settle()
    assert said(inbox.rows)[0] == (f"{t('exchange.much_deletes', count=12)} {t('exchange.much_first')}",)
    inbox.merge_button.click()
    b.settle()
    assert len(b.stored()) == 16, "what deletes much is not taken in with the others"
    assert headings(inbox.rows) == ["Konak Municipality · İlker Işık"]
    inbox.rows.rows[0].buttons[0].click()
    b.settle()
    asked = dialog(b, MuchAtOnceDialog)
    assert not asked.go.isEnabled()
    for typed, right in (("11", False), ("1", False), ("12", True)):
        asked.field.clear()
        type_text(asked.field, typed)
        assert asked.go.isEnabled() is right
    asked.go.click()
    b.settle()
    assert len(b.stored()) == 4
    assert inbox.preview.isHidden()
    assert t("exchange.merged_deleted", count=12) in inbox.done.text.text()


def test_looking_closer_changes_nothing(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    much = many_deleted(line, tmp_path / "k2.izsa")
    b = bench(line.office, show=True)
    inbox = receiving(b).inbox
    inbox.receive([much])
    b.settle()
    before = listing(line.office)
    inbox.look_closer(much)
    b.settle()
    dialog(b, MuchAtOnceDialog).reject()
    b.settle()
    assert listing(line.office) == before
    assert len(b.stored()) == 15


# --- what is kept aside ----------------------------------------------------------------------------------------------


def test_what_is_refused_is_kept_judged_again_and_removed(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    bundle, _request = stranger(tmp_path / "kiraz")
    b = bench(line.office, show=True)
    inbox, t = receiving(b).inbox, b.opened.t
    assert inbox.kept.isHidden()
    inbox.receive([bundle])
    b.settle()
    assert inbox.merge_button.text() == t("exchange.keep", count=1)
    inbox.merge_button.click()
    b.settle()
    assert not inbox.kept.isHidden()
    with open_workplace(tmp_path / "kiraz") as kiraz:
        assert said(inbox.kept.rows) == [(t.error(Untrusted("unknown_signer", kiraz.identity.replica)),)]
    inbox.kept.judge.click()
    b.settle()
    assert inbox.done.text.text() == t("exchange.kept_now", count=1)
    inbox.kept.rows.rows[0].buttons[0].click()
    asked = dialog(b, ConfirmDialog)
    assert not asked.go.isDefault()
    asked.go.click()
    b.settle()
    assert inbox.kept.isHidden()
    assert quarantined(b.workplace) == []


def test_what_waited_goes_in_when_its_sender_is_admitted(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    bundle, request = stranger(tmp_path / "kiraz")
    b = bench(line.office, show=True)
    page = receiving(b)
    page.inbox.receive([bundle])
    b.settle()
    page.inbox.merge_button.click()
    b.settle()
    page.inbox.receive([request])
    b.settle()
    dialog(b, AcceptDialog).go.click()
    b.settle()
    assert b.shown_titles() == ["Kiraz'da"]
    assert page.inbox.kept.isHidden()


def test_what_waited_and_changes_very_much_is_looked_at_too(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    much = many_deleted(line, tmp_path / "k2.izsa")
    with open_workplace(line.office) as office:
        revoke(office, replica(line.konak))
        assert [one.code for one in exchange.merge_bundles(office, [much])] == [11]
        with office.store.writing() as writer:
            trust = office.trust(writer)
            members = {id_: replace(member, revoked_after_seq=None) for id_, member in trust.members.items()}
            trusting.issue(office, writer, trust.next(utc_now(), members=members))
    b = bench(line.office, show=True)
    inbox = receiving(b).inbox
    assert headings(inbox.kept.rows) == ["k2.izsa"]
    inbox.kept.judge.click()
    b.settle()
    inbox.rows.rows[0].buttons[0].click()
    b.settle()
    asked = dialog(b, MuchAtOnceDialog)
    type_text(asked.field, "12")
    asked.go.click()
    b.settle()
    assert len(b.stored()) == 3
    assert inbox.kept.isHidden()


# --- enrolment -------------------------------------------------------------------------------------------------------


def test_a_preview_is_made_again_when_its_sender_has_been_admitted(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    bundle, request = stranger(tmp_path / "kiraz")
    b = bench(line.office)
    page = receiving(b)
    page.inbox.receive([bundle])
    b.settle()
    assert headings(page.inbox.rows) == ["kiraz.izsa"]
    page.accept(read_request(b.workplace, request))
    b.settle()
    assert headings(page.inbox.rows) == ["Kiraz Municipality · Elif Kaya"]
    assert page.inbox.merge_button.text() == b.opened.t("exchange.merge", count=1)


def test_a_pc_is_admitted_after_a_person_has_compared_the_digits(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    with create_workplace(tmp_path / "tire", "TUR035028", "Ömer") as tire:
        fingerprint = request_enrolment(tire, tmp_path / "tire.enrol")
    b = bench(line.office, show=True)
    page = receiving(b)
    rows = page.districts.model.rowCount()
    page.inbox.receive([tmp_path / "tire.enrol"])
    b.settle()
    asked = dialog(b, AcceptDialog)
    assert asked.digits.text() == fingerprint
    assert not asked.go.hasFocus()
    asked.go.click()
    b.settle()
    assert page.districts.model.rowCount() == rows + 1


def test_requests_are_asked_about_one_after_the_other_and_known_ones_not_at_all(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    folder = tmp_path / "requests"
    folder.mkdir()
    for n, name in enumerate(("Ali", "Veli")):
        shutil.move(stranger(tmp_path / f"s{n}", "TUR035020", name)[1], folder / f"{n}.enrol")
    with open_workplace(line.bornova) as bornova:
        request_enrolment(bornova, folder / "known.enrol")
    (folder / "broken.enrol").write_bytes(b"no request")
    b = bench(line.office, show=True)
    page = receiving(b)
    rows = page.districts.model.rowCount()
    page.inbox.receive([folder])
    b.settle()
    assert headings(page.inbox.rows) == ["broken.enrol"]
    dialog(b, AcceptDialog).go.click()
    b.settle()
    dialog(b, AcceptDialog).reject()
    b.settle()
    assert no_dialog(b)
    assert page.districts.model.rowCount() == rows + 1
    page.inbox.receive([folder / "known.enrol"])
    b.settle()
    assert no_dialog(b)
    assert b.opened.t("exchange.all_enrolled", count=1) in b.notices()


def test_a_request_that_is_none_is_told(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    (tmp_path / "x.enrol").write_bytes(b"no request")
    b = bench(line.office, show=True)
    page = receiving(b)
    page.inbox.receive([tmp_path / "x.enrol"])
    b.settle()
    assert headings(page.inbox.rows) == ["x.enrol"]
    assert page.inbox.merge_button.isHidden()
    assert no_dialog(b)


# --- settings --------------------------------------------------------------------------------------------------------


def test_backup_and_check(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    b = bench(line.bornova)
    b.workspace.settings.write_backup(tmp_path / "yedek.sqlite3")
    b.workspace.settings.check()
    b.settle()
    assert (tmp_path / "yedek.sqlite3").stat().st_size > 10_000
    assert b.workspace.settings.checked.text.text() == b.opened.t("cli.check_good")
    assert b.workplace.identity.body != OFFICE
