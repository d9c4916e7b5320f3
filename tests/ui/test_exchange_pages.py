"""Sending at a district and receiving at the office, through the window."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialogButtonBox

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.ui.dialogs.accept_pc import AcceptDialog
from izsa_desktop.ui.pages.receive_page import ReceivePage
from izsa_desktop.ui.pages.send_page import SendPage
from izsa_desktop.ui.widgets.log_list import LogRow
from izsa_desktop.ui.widgets.text import ElidedLabel
from izsa_desktop.usecases.enrolment import own_fingerprint, read_request, request_enrolment
from izsa_desktop.usecases.exchange import export_bundle, inspect_bundle
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.ui.window import Bench, OpenBench
from tests.usecases.line import Line, enter, export, listing, merge


def sending(b: Bench) -> SendPage:
    b.workspace.go_to(1)
    b.settle()
    page = b.workspace.exchange
    assert isinstance(page, SendPage)
    return page


def receiving(b: Bench) -> ReceivePage:
    b.workspace.go_to(1)
    b.settle()
    page = b.workspace.exchange
    assert isinstance(page, ReceivePage)
    return page


def headings(page: ReceivePage) -> list[str]:
    """The strong line of every row of the preview."""
    rows = [row for row in page.rows.findChildren(LogRow) if not row.isHidden()]
    return [row.findChildren(ElidedLabel)[0].text() for row in rows]


# --- sending ---------------------------------------------------------------------------------------------------------


def test_a_bundle_is_written_that_the_office_accepts(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir", "İki")
    b = bench(line.bornova)
    page = sending(b)
    assert page.contents.text() == b.opened.t("exchange.contents", count=0)
    assert not page.incomplete.isHidden()
    assert not page.send_button.isEnabled()
    page.send_incomplete.click()
    assert page.contents.text() == b.opened.t("exchange.contents", count=2)
    assert page.incomplete.isHidden()
    name = page.name.text()
    page.write_bundle(tmp_path / name)
    b.settle()
    assert not page.result.isHidden()
    assert str(tmp_path) in page.result.text.text()
    assert page.name.text() != name
    assert len(page.log.findChildren(LogRow)) == 1
    with open_workplace(line.office) as office:
        received = inspect_bundle(office, tmp_path / name)
    assert (received.refusal, received.new) == (None, 2)


def test_a_bundle_that_cannot_be_written_is_told_and_can_be_tried_again(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    enter(line.bornova, "Bir")
    b = bench(line.bornova)
    page = sending(b)
    page.send_incomplete.click()
    page.write_bundle(tmp_path / "no such folder" / "x.izsa")
    b.settle()
    assert len(b.notices()) == 1
    assert page.result.isHidden()
    assert page.send_button.isEnabled()


def test_nothing_can_be_sent_before_there_is_a_project(bench: OpenBench, line: Line) -> None:
    assert not sending(bench(line.bornova)).send_button.isEnabled()


def test_the_request_is_written_and_its_digits_are_shown(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    b = bench(line.bornova)
    page = sending(b)
    assert page.fingerprint.text() == own_fingerprint(b.workplace)
    page.write_request(tmp_path / "35-07.enrol")
    b.settle()
    assert (tmp_path / "35-07.enrol").is_file()
    assert str(tmp_path) in page.request_note.text()


def test_what_is_entered_counts_at_once(bench: OpenBench, line: Line) -> None:
    b = bench(line.bornova)
    page = sending(b)
    b.workspace.go_to(0)
    b.page.new()
    b.type_into("title", "Yeni")
    b.workspace.go_to(1)
    b.settle()
    assert page.incomplete.text.text() == b.opened.t("exchange.incomplete", count=1)


# --- receiving -------------------------------------------------------------------------------------------------------


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
    page = receiving(b)
    before = listing(line.office)
    page.receive([good, known, bad])
    b.settle()
    assert listing(line.office) == before
    assert headings(page) == ["Bornova · Ayşe Yılmaz", "Konak · İlker Işık", "kötü.izsa"]
    assert page.merge_button.text() == b.opened.t("exchange.merge", count=1)
    page.merge_button.click()
    b.settle()
    assert sorted(b.shown_titles()) == ["Bornova'da", "Konak'ta"]
    assert headings(page) == ["kötü.izsa"]  # stays with its reason
    page.dismiss_button.click()
    assert page.preview.isHidden()
    assert b.notices() == [b.opened.t("exchange.merged", count=1, new=1, changed=0)]


def test_a_preview_is_made_again_when_its_sender_has_been_admitted(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    with create_workplace(tmp_path / "kiraz", "TUR035020", "Elif Kaya") as kiraz:
        add_projects(kiraz, [ProjectFields(title="Kiraz'da")])
        export_bundle(kiraz, tmp_path / "kiraz.izsa")
        request_enrolment(kiraz, tmp_path / "kiraz.enrol")
    b = bench(line.office)
    page = receiving(b)
    page.receive([tmp_path / "kiraz.izsa"])
    b.settle()
    assert headings(page) == ["kiraz.izsa"]
    page.accept(read_request(b.workplace, tmp_path / "kiraz.enrol"))
    b.settle()
    assert headings(page) == ["Kiraz · Elif Kaya"]
    assert not page.merge_button.isHidden()


def test_without_a_good_bundle_there_is_nothing_to_merge(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    (tmp_path / "x.izsa").write_bytes(b"no bundle")
    b = bench(line.office)
    page = receiving(b)
    page.receive([tmp_path / "x.izsa"])
    b.settle()
    assert not page.preview.isHidden()
    assert page.merge_button.isHidden()


def test_files_can_be_dropped(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bornova'da")
    file = export(line.bornova, tmp_path / "b.izsa")
    b = bench(line.office)
    page = receiving(b)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.org/c.izsa")])
    page.drop.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    b.settle()
    assert headings(page) == ["Bornova · Ayşe Yılmaz"]


def test_a_pc_is_admitted_after_a_person_has_compared_the_digits(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    with create_workplace(tmp_path / "tire", "TUR035028", "Ömer") as tire:
        fingerprint = request_enrolment(tire, tmp_path / "tire.enrol")
    b = bench(line.office)
    page = receiving(b)
    rows = len(page.members.findChildren(LogRow))
    page.receive([tmp_path / "tire.enrol"])
    b.settle()
    dialog = b.opened.window.findChild(AcceptDialog)
    assert dialog is not None
    assert dialog.digits.text() == fingerprint
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    accept = next(
        button for button in box.buttons() if box.buttonRole(button) == QDialogButtonBox.ButtonRole.AcceptRole
    )
    accept.click()
    b.settle()
    shown = [row for row in page.members.findChildren(LogRow) if not row.isHidden()]
    assert len(shown) == rows + 1


def test_a_request_that_is_none_is_told(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    (tmp_path / "x.enrol").write_bytes(b"no request")
    b = bench(line.office)
    receiving(b).receive([tmp_path / "x.enrol"])
    b.settle()
    assert len(b.notices()) == 1
    assert b.opened.window.findChild(AcceptDialog) is None


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
