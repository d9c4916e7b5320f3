"""Sending at a district, and taking in what the office answers, through the window."""

import shutil
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from izsa_desktop.bundle.encryption import is_encrypted
from izsa_desktop.ui.dialogs.passphrase import NewKeyDialog
from izsa_desktop.ui.dialogs.pin_office import PinDialog
from izsa_desktop.ui.pages.send_page import SendPage
from izsa_desktop.ui.workspace import EXCHANGE, PROJECTS
from izsa_desktop.usecases import readers, reviewing, trusting
from izsa_desktop.usecases.enrolment import own_fingerprint, revoke
from izsa_desktop.usecases.exchange import inspect_bundle
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.sending import answer as answer_of
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import FIELDS
from tests.ui.exchange import dialog, headings, in_sight, no_dialog, said, sending
from tests.ui.window import OpenBench, type_text
from tests.usecases.line import Line, enter, export, make_line
from tests.usecases.mail import answer, pin, replica, take


def register(page: SendPage) -> list[str]:
    """What the register says of every bundle, newest first."""
    return [row.said[-1] for row in page.log.rows]


def complete(folder: Path, *titles: str) -> list[str]:
    """Stores projects that lack nothing."""
    with open_workplace(folder) as workplace:
        whole = replace(FIELDS, district=workplace.identity.body, review="", evidence=())
        return add_projects(workplace, [replace(whole, title=title) for title in titles])


# --- sending ---------------------------------------------------------------------------------------------------------


def test_a_bundle_is_written_that_the_office_accepts(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir", "İki")
    b = bench(line.bornova)
    page, t = sending(b), b.opened.t
    send = page.send
    assert send.contents.text() == t("exchange.nothing_to_send")
    assert send.incomplete.text.text() == t("exchange.incomplete", count=2)
    assert not send.send_button.isEnabled()
    send.send_incomplete.click()
    expected = t("exchange.contents", what=t("sending.projects", count=2), count=2)
    assert send.contents.text() == expected
    assert send.incomplete.isHidden()
    name = send.name.text()
    send.write_bundle(tmp_path / name)
    b.settle()
    assert str(tmp_path) in send.result.text.text()
    assert send.name.text() != name
    assert register(page) == [t("exchange.unconfirmed")]
    with open_workplace(line.office) as office:
        received = inspect_bundle(office, tmp_path / name)
    assert (received.refusal, received.new) == (None, 2)


def test_a_bundle_that_cannot_be_written_is_told_and_can_be_tried_again(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    enter(line.bornova, "Bir")
    b = bench(line.bornova)
    send = sending(b).send
    send.send_incomplete.click()
    send.write_bundle(tmp_path / "no such folder" / "x.izsa")
    b.settle()
    assert len(b.notices()) == 1
    assert send.result.isHidden()
    assert send.send_button.isEnabled()


def test_nothing_can_be_sent_before_there_is_a_project(bench: OpenBench, line: Line) -> None:
    send = sending(bench(line.bornova)).send
    assert not send.send_button.isEnabled()
    assert send.full_button.isHidden()


def test_the_request_is_written_and_its_digits_are_shown(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    b = bench(line.bornova)
    enrol = sending(b).enrol
    assert enrol.fingerprint.text() == own_fingerprint(b.workplace)
    enrol.write_request(tmp_path / "35-07.enrol")
    b.settle()
    assert (tmp_path / "35-07.enrol").is_file()
    assert str(tmp_path) in enrol.request_note.text()


def test_what_is_entered_counts_when_the_page_is_seen_again(bench: OpenBench, line: Line) -> None:
    b = bench(line.bornova, show=True)
    page = sending(b)
    b.workspace.go_to(PROJECTS)
    b.page.new()
    b.type_into("title", "Yeni")
    b.workspace.go_to(EXCHANGE)
    b.settle()
    assert page.send.incomplete.text.text() == b.opened.t("exchange.incomplete", count=1)


def test_what_was_confirmed_is_not_counted_and_a_full_bundle_holds_it(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    pin(line, line.bornova)
    complete(line.bornova, "Bir", "İki")
    take(line.office, export(line.bornova, tmp_path / "1.izsa"))
    b = bench(line.bornova, show=True)
    page, t = sending(b), b.opened.t
    assert register(page) == [t("exchange.unconfirmed")]
    page.inbox.receive([answer(line, line.bornova, tmp_path / "a.izsa")])
    b.settle()
    page.inbox.merge()
    b.settle()
    assert register(page) == [t("exchange.confirmed")]
    assert page.send.contents.text() == t("exchange.all_confirmed")
    assert not page.send.send_button.isEnabled()
    page.send.write_bundle(tmp_path / "full.izsa", full=True)
    b.settle()
    assert register(page) == [t("exchange.unconfirmed"), t("exchange.confirmed")]
    assert headings(page.log)[0] == t("exchange.sent_row", seq=2, count=2)
    complete(line.bornova, "Üç")
    page.reload()
    b.settle()
    expected = t("exchange.contents_since", what=t("sending.projects", count=1), count=1)
    assert page.send.contents.text() == expected


def test_only_the_office_can_read_what_is_encrypted_once_its_key_is_known(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    complete(line.bornova, "Bir")
    with open_workplace(line.office) as office:
        readers.readers(office)
    pin(line, line.bornova)
    b = bench(line.bornova)
    page = sending(b)
    assert not page.send.encrypt.isEnabled()
    page.inbox.receive([answer(line, line.bornova, tmp_path / "a.izsa")])
    b.settle()
    page.inbox.merge()
    page.reload()
    b.settle()
    page.send.encrypt.click()
    assert page.send.encrypt.isChecked()
    page.send.write_bundle(tmp_path / "1.izsa")
    b.settle()
    assert is_encrypted((tmp_path / "1.izsa").read_bytes())
    assert [one.code for one in take(line.office, tmp_path / "1.izsa")] == [0]


def test_what_is_written_is_not_said_to_be_still_unsent(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    complete(line.bornova, "Bir")
    b = bench(line.bornova, show=True)
    page, t = sending(b), b.opened.t
    send = page.send
    one = t("sending.projects", count=1)
    assert send.contents.text() == t("exchange.contents", count=1, what=one)
    assert send.written.isHidden()
    send.send_button.setFocus()
    send.write_bundle(tmp_path / "1.izsa")
    b.settle()
    assert send.contents.text() == t("exchange.all_written", count=1, what=one)
    assert send.written.text() == t("exchange.written_again")
    assert send.send_button.hasFocus(), "never on the button for a full bundle, which stands beside it"
    assert send.result.isVisible()
    complete(line.bornova, "İki")
    page.reload()
    b.settle()
    assert send.contents.text() == t("exchange.contents", count=1, what=one)
    assert send.written.text() == t("exchange.written_before", count=1, what=one)
    take(line.office, tmp_path / "1.izsa")
    page.inbox.receive([answer(line, line.bornova, tmp_path / "a.izsa")])
    b.settle()
    page.inbox.merge()
    b.settle()
    assert send.written.isHidden()
    assert send.result.isHidden(), "what it asks for is done"
    assert send.contents.text() == t("exchange.contents_since", count=1, what=one)


def test_the_page_opens_on_what_is_to_be_done_next(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    complete(line.bornova, "Bir")
    take(line.office, export(line.bornova, tmp_path / "1.izsa"))
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    b = bench(line.bornova, show=True)
    page = sending(b)
    assert page.send.full_button.isVisible()
    assert page.inbox.drop.button.hasFocus(), "there is nothing to send"


def test_why_nothing_can_be_encrypted_is_true(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    b = bench(line.bornova)
    page, t = sending(b), b.opened.t
    assert page.send.no_readers.text() == t("exchange.no_readers")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    page.reload()
    b.settle()
    assert not page.send.no_readers.isHidden()
    assert page.send.no_readers.text() == t("exchange.office_has_no_key")


# --- the office's answer ---------------------------------------------------------------------------------------------


def test_the_offices_digits_are_asked_for_once_and_never_shown(
    bench: OpenBench, line: Line, tmp_path: Path, qtbot: QtBot
) -> None:
    bundle = answer(line, line.bornova, tmp_path / "a.izsa")
    with open_workplace(line.office) as office:
        digits = trusting.trust_view(office).trust.fingerprint
    b = bench(line.bornova, show=True)
    page, t = sending(b), b.opened.t
    page.inbox.receive([bundle])
    b.settle()
    asked = dialog(b, PinDialog)
    shown = " ".join(label.text() for label in b.opened.window.findChildren(type(asked.count)))
    assert digits[:4] not in shown
    type_text(asked.field, digits[:9].replace(" ", ""))
    assert not asked.go.isEnabled()
    asked.field.clear()
    type_text(asked.field, "x1234 56789012345678901")
    assert asked.field.text() == "1234 5678 9012 3456 7890"
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    b.settle()
    assert asked.problem.text() == t("exchange.pin_differs")
    assert said(page.inbox.rows) == [(t("exchange.unknown_office"),)]
    asked.field.clear()
    type_text(asked.field, digits)
    asked.go.click()
    b.settle()
    assert no_dialog(b)
    assert headings(page.inbox.rows) == [f"{t('sheet.body_office')} · Koordinatör"]
    assert b.opened.window.focusWidget() is page.inbox.merge_button
    qtbot.waitUntil(lambda: in_sight(page.inbox.merge_button))  # not below the fold
    page.inbox.merge_button.click()
    b.settle()
    assert page.enrol.heading.text() == t("exchange.is_enrolled")
    page.inbox.receive([answer(line, line.bornova, tmp_path / "b.izsa")])
    b.settle()
    assert no_dialog(b)
    assert b.opened.window.focusWidget() is page.inbox.merge_button
    qtbot.waitUntil(lambda: in_sight(page.inbox.merge_button))


def test_another_offices_bundle_stays_outside(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    other = make_line(tmp_path / "other")
    with open_workplace(other.office) as office:
        answer_of(office, "TUR035007", tmp_path / "forged.izsa")
    pin(line, line.bornova)
    b = bench(line.bornova, show=True)
    page, t = sending(b), b.opened.t
    page.inbox.receive([tmp_path / "forged.izsa"])
    b.settle()
    dialog(b, PinDialog).reject()
    b.settle()
    assert said(page.inbox.rows) == [(t("exchange.unknown_office"),)]
    page.inbox.rows.rows[0].buttons[0].click()
    assert dialog(b, PinDialog).digits == ""


def test_after_an_answer_the_page_says_what_came(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    first, _second = complete(line.bornova, "Bir", "İki")
    [other] = complete(line.konak, "Konak'ta")
    take(line.office, export(line.bornova, tmp_path / "1.izsa"), export(line.konak, tmp_path / "2.izsa"))
    with open_workplace(line.office) as office:
        reviewing.review(office, first, "düzeltme istendi", "Tarihi yazın")
        reviewing.review(office, other, "onaylandı", "")
    b = bench(line.bornova)
    page, t = sending(b), b.opened.t
    page.inbox.receive([answer(line, line.bornova, tmp_path / "a.izsa")])
    b.settle()
    assert said(page.inbox.rows) == [
        (t("exchange.acknowledged", seq=1), t("exchange.changed", count=1), t("exchange.catalogue", count=1))
    ]
    page.inbox.merge()
    b.settle()
    assert page.inbox.done.text.text() == " ".join(
        (
            t("exchange.answer_taken"),
            t("exchange.confirmed_to", seq=1),
            t("exchange.reviewed", count=1),
            t("exchange.projects_came", count=1),
            t("exchange.catalogue_came", count=1),
            t("exchange.list_came", version=4, count=4),
        )
    )
    assert b.shown_titles() == ["Bir", "İki"]


# --- trouble ---------------------------------------------------------------------------------------------------------


def test_a_pc_that_was_set_back_is_led_to_a_new_key(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    complete(line.bornova, "Bir")
    take(line.office, export(line.bornova, tmp_path / "1.izsa"))
    shutil.copytree(line.bornova, tmp_path / "image")
    complete(line.bornova, "İki")
    take(line.office, export(line.bornova, tmp_path / "2.izsa"))
    bundle = answer(line, line.bornova, tmp_path / "a.izsa")
    complete(tmp_path / "image", "Başka")
    b = bench(tmp_path / "image", show=True)
    page, t = sending(b), b.opened.t
    assert page.trouble.isHidden()
    page.inbox.receive([bundle])
    b.settle()
    page.inbox.merge()
    b.settle()
    assert page.trouble.text.text() == t("exchange.set_back")
    assert not page.send.send_button.isEnabled()
    before = replica(tmp_path / "image")
    page.trouble.action.click()
    dialog(b, NewKeyDialog).accept()
    b.settle()
    renewed = sending(b)
    assert b.workplace.identity.replica != before
    assert renewed.trouble.isHidden()
    assert renewed.send.send_button.isEnabled()


def test_a_pc_that_was_shut_out_is_told(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    complete(line.bornova, "Bir")
    take(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        revoke(office, replica(line.bornova))
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    complete(line.bornova, "İki")
    b = bench(line.bornova)
    page = sending(b)
    assert page.trouble.text.text() == b.opened.t("exchange.own_shut_out", seq=1)
    assert not page.send.send_button.isEnabled()
    assert not page.enrol.details.isHidden()
