"""The key's passphrase in the window: set, asked for once, changed, removed; and a new key where it is forgotten."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from izsa_desktop.bundle import signing
from izsa_desktop.domain.errors import WrongPassphrase
from izsa_desktop.ui.dialogs.passphrase import NewKeyDialog, NewPassphraseDialog, PassphraseDialog
from izsa_desktop.ui.pages.key_card import KeyCard
from izsa_desktop.ui.pages.trouble_page import TroublePage
from izsa_desktop.ui.settings import REQUEST_WRITTEN
from izsa_desktop.ui.workspace import EXCHANGE, PROJECTS, SETTINGS
from izsa_desktop.usecases import keys, upkeep
from izsa_desktop.usecases.enrolment import own_fingerprint, request_enrolment
from izsa_desktop.usecases.sending import export_bundle
from izsa_desktop.usecases.sent import note_set_back
from izsa_desktop.usecases.workplace import open_workplace
from tests.ui.window import Bench, OpenBench, type_text
from tests.usecases.line import Line, enter

FIRST, SECOND = "Bornova'da 3 çınar", "Kordon’da 4 palmiye"
D = TypeVar("D", bound=QDialog)


@pytest.fixture(autouse=True)
def quick_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the work of ours; test_signing opens real ones."""
    monkeypatch.setattr(signing, "WORK", 1 << 20)
    monkeypatch.setattr(signing, "MEMORY", 1 << 25)


def card_of(b: Bench) -> KeyCard:
    """The card on the settings page."""
    b.workspace.go_to(SETTINGS)
    b.settle()
    return b.workspace.settings.key


def dialog_in(b: Bench, kind: type[D]) -> D:
    """The one dialog of this kind that stands over the window."""
    [found] = [one for one in b.opened.window.findChildren(kind) if one.isVisible()]
    return found


def dialogs(b: Bench) -> list[QDialog]:
    return [one for one in b.opened.window.findChildren(QDialog) if one.isVisible()]


def fill(dialog: PassphraseDialog | NewPassphraseDialog, *texts: str) -> None:
    """A person types these into the fields."""
    for field, text in zip(dialog.fields, texts, strict=True):
        field.clear()
        type_text(field, text)


def write_bundle(b: Bench, path: Path) -> None:
    """As the page for sending does it."""
    workplace = b.workplace
    b.opened.tasks.watch(
        b.workspace, "", lambda progress: export_bundle(workplace, path, progress), lambda _exported: None
    )


def lock(folder: Path, passphrase: str) -> None:
    with open_workplace(folder) as workplace:
        keys.set_passphrase(workplace, None, passphrase)


# --- the card --------------------------------------------------------------------------------------------------------


def test_a_passphrase_is_set_changed_and_removed(bench: OpenBench, line: Line) -> None:
    b = bench(line.bornova, show=True)
    card, t = card_of(b), b.opened.t
    assert card.state.text.text() == t("key.is_not_set")
    assert not card.remove.isVisible()
    assert not card.renew.isVisible()
    card.set.click()
    dialog = dialog_in(b, NewPassphraseDialog)
    assert len(dialog.fields) == 2
    fill(dialog, FIRST, FIRST)
    dialog.go.click()
    b.settle()
    assert dialogs(b) == []
    assert keys.has_passphrase(b.workplace)
    assert card.state.text.text() == t("key.is_set")
    assert b.notices() == [t("key.done")]

    card.set.click()
    dialog = dialog_in(b, NewPassphraseDialog)
    fill(dialog, SECOND, SECOND, SECOND)
    dialog.go.click()
    assert not dialog.go.isEnabled()  # it is being tried
    b.settle()
    assert dialog.isVisible()  # the present one was wrong
    assert dialog.problem.text() == b.opened.t.error(WrongPassphrase())
    assert dialog.fields[0].hasFocus()
    fill(dialog, FIRST, SECOND, SECOND)
    dialog.go.click()
    b.settle()
    assert dialogs(b) == []

    card.remove.click()
    asking = dialog_in(b, PassphraseDialog)
    fill(asking, SECOND)
    asking.go.click()
    b.settle()
    assert not keys.has_passphrase(b.workplace)
    assert card.state.text.text() == t("key.is_not_set")


def test_what_is_no_passphrase_cannot_be_given(bench: OpenBench, line: Line) -> None:
    b = bench(line.bornova, show=True)
    card_of(b).set.click()
    dialog = dialog_in(b, NewPassphraseDialog)
    for texts, said in (
        (("", ""), ""),
        (("kısacık", "kısacık"), "key.too_short"),
        ((FIRST, ""), ""),
        ((FIRST, FIRST[:5]), ""),
        ((FIRST, SECOND), "key.differ"),
        (("x" * 300, "x" * 300), "key.too_short"),
    ):
        fill(dialog, *texts)
        assert not dialog.go.isEnabled()
        assert dialog.problem.isVisible() == bool(said)
        if said:
            assert dialog.problem.text() == b.opened.t(said, least=keys.LEAST, most=keys.MOST)
    fill(dialog, FIRST, FIRST)
    assert dialog.go.isEnabled()
    dialog.reject()
    b.settle()
    assert not keys.has_passphrase(b.workplace)


def test_letters_are_hidden_until_somebody_wants_to_see_them(bench: OpenBench, line: Line) -> None:
    b = bench(line.bornova, show=True)
    card_of(b).set.click()
    dialog = dialog_in(b, NewPassphraseDialog)
    assert {field.echoMode() for field in dialog.fields} == {QLineEdit.EchoMode.Password}
    dialog.show_letters.click()
    assert {field.echoMode() for field in dialog.fields} == {QLineEdit.EchoMode.Normal}
    dialog.reject()


def test_a_lost_key_is_told_where_the_passphrase_is(bench: OpenBench, line: Line) -> None:
    b = bench(line.bornova, show=True)
    for file in (line.bornova / "keys").iterdir():
        file.unlink()
    card = card_of(b)
    assert "izsa key renew" in card.state.text.text()
    assert not card.set.isVisible()
    assert card.renew.isVisible()
    card.renew.click()
    dialog_in(b, NewKeyDialog).accept()
    b.settle()
    assert b.workplace.key().key_id == b.workplace.identity.replica


# --- when something is signed ----------------------------------------------------------------------------------------


def test_it_is_asked_for_once_when_something_is_signed(
    bench: OpenBench, line: Line, tmp_path: Path, qtbot: QtBot
) -> None:
    enter(line.bornova, "Bir")
    lock(line.bornova, FIRST)
    b = bench(line.bornova, show=True)
    b.workspace.go_to(EXCHANGE)
    b.settle()
    assert dialogs(b) == []  # looking at the page signs nothing
    workplace, request = b.workplace, tmp_path / "x.enrol"
    b.opened.tasks.run(b.workspace, lambda: request_enrolment(workplace, request), lambda _fingerprint: None)
    b.settle()
    dialog = dialog_in(b, PassphraseDialog)
    assert not (tmp_path / "x.enrol").exists()
    fill(dialog, SECOND)
    qtbot.keyClick(dialog.fields[0], Qt.Key.Key_Return)
    b.settle()
    assert dialog.problem.text() == b.opened.t.error(WrongPassphrase())
    fill(dialog, FIRST)
    qtbot.keyClick(dialog.fields[0], Qt.Key.Key_Return)
    b.settle()
    assert dialogs(b) == []
    assert (tmp_path / "x.enrol").is_file()
    write_bundle(b, tmp_path / "x.izsa")
    b.settle()
    assert dialogs(b) == []
    assert (tmp_path / "x.izsa").is_file()


def test_whoever_does_not_say_it_is_told_and_can_try_again(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    lock(line.bornova, FIRST)
    b = bench(line.bornova, show=True)
    b.workspace.go_to(EXCHANGE)
    b.settle()
    for target in ("1.izsa", "2.izsa"):
        write_bundle(b, tmp_path / target)
    b.settle()
    dialog_in(b, PassphraseDialog).reject()  # one question for both
    b.settle()
    assert dialogs(b) == []
    assert len(b.notices()) >= 1
    assert "izsa key renew" in b.notices()[0]
    assert not list(tmp_path.glob("*.izsa"))
    write_bundle(b, tmp_path / "3.izsa")
    b.settle()
    dialog = dialog_in(b, PassphraseDialog)
    fill(dialog, FIRST)
    dialog.go.click()
    b.settle()
    assert (tmp_path / "3.izsa").is_file()


# --- a new key -------------------------------------------------------------------------------------------------------


def test_a_forgotten_one_means_a_new_key_and_nothing_is_lost(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    lock(line.bornova, FIRST)
    b = bench(line.bornova, show=True)
    former = own_fingerprint(b.workplace)
    b.workspace.desk.settings.set_text(REQUEST_WRITTEN, "x.enrol")
    card = card_of(b)
    card.renew.click()
    dialog_in(b, NewKeyDialog).reject()
    b.settle()
    assert own_fingerprint(b.workplace) == former
    card.renew.click()
    dialog_in(b, NewKeyDialog).accept()
    b.settle()
    assert own_fingerprint(b.workplace) != former
    assert b.workspace.place == EXCHANGE  # where the request is written
    assert b.workspace.desk.settings.text(REQUEST_WRITTEN) == ""
    assert b.opened.t("key.enrol_again") in b.notices()[-1]
    assert [project.fields.title for project in b.stored()] == ["Bir"]
    request_enrolment(b.workplace, tmp_path / "x.enrol")
    b.workspace.go_to(PROJECTS)
    b.page.new()
    b.type_into("title", "Sonra")
    b.workspace.go_to(EXCHANGE)
    b.settle()
    assert sorted(project.fields.title for project in b.stored()) == ["Bir", "Sonra"]


def test_what_is_typed_is_saved_before_the_key_changes(bench: OpenBench, line: Line) -> None:
    b = bench(line.bornova, show=True)
    b.page.new()
    b.type_into("title", "Yazılmış")
    b.opened.renew_key()
    b.settle()
    [project] = b.stored()
    assert project.fields.title == "Yazılmış"
    assert project.heads


def test_the_office_is_offered_no_new_key(bench: OpenBench, line: Line) -> None:
    lock(line.office, FIRST)
    card = card_of(bench(line.office, show=True))
    assert card.set.isVisible()
    assert card.remove.isVisible()
    assert not card.renew.isVisible()


def test_an_office_that_was_set_back_takes_a_new_key_here(bench: OpenBench, line: Line) -> None:
    with open_workplace(line.office) as office, office.store.writing() as writer:
        note_set_back(writer, office.identity.replica, "Ayşe Yılmaz, 3")
    b = bench(line.office, show=True)
    card, t = card_of(b), b.opened.t
    assert card.state.text.text() == t("key.set_back_office")
    former = own_fingerprint(b.workplace)
    card.renew.click()
    dialog = dialog_in(b, NewKeyDialog)
    assert t("key.renew_office_first") in [label.text() for label in dialog.findChildren(QLabel)]
    dialog.accept()
    b.settle()
    assert own_fingerprint(b.workplace) != former
    assert b.notices() == [t("key.renewed_office")]
    card = card_of(b)
    assert not card.renew.isVisible()
    assert card.state.text.text() == t("key.is_not_set")


# --- a new key in the place of a locked one --------------------------------------------------------------------------


def test_a_new_key_is_locked_again_where_the_former_one_was(bench: OpenBench, line: Line) -> None:
    lock(line.bornova, FIRST)
    b = bench(line.bornova, show=True)
    card_of(b).renew.click()
    dialog_in(b, NewKeyDialog).accept()
    b.settle()
    assert keys.lost_its_lock(b.workplace)
    asked = dialog_in(b, NewPassphraseDialog)
    fill(asked, SECOND, SECOND)
    asked.go.click()
    b.settle()
    assert keys.has_passphrase(b.workplace)
    keys.unlock(b.workplace, SECOND)


def test_after_going_back_to_a_backup_too(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    """The database is damaged and not all that was sent is in the archive: the PC gets a new key."""
    enter(line.bornova, "Bir")
    lock(line.bornova, FIRST)
    with open_workplace(line.bornova) as workplace:
        upkeep.backup_before(workplace, "daily")
        workplace.keyring.passphrase = FIRST
        export_bundle(workplace, tmp_path / "1.izsa")
    for path in (line.bornova / "izsa.sqlite3", *(line.bornova / "bundles" / "out").iterdir()):
        path.write_bytes(b"nothing of the kind" * 300)
    b = bench(line.bornova, show=True)
    page = b.opened.window.centralWidget()
    assert isinstance(page, TroublePage)
    page.button.click()
    b.settle()
    assert b.opened.t("store.enrol_again") in b.notices()
    asked = dialog_in(b, NewPassphraseDialog)
    asked.reject()
    b.settle()
    assert [project.fields.title for project in b.stored()] == ["Bir"]
    assert keys.lost_its_lock(b.workplace), "whoever does not want one has none"


def test_where_there_was_none_nobody_is_asked(bench: OpenBench, line: Line) -> None:
    b = bench(line.bornova, show=True)
    b.opened.renew_key()
    b.settle()
    assert dialogs(b) == []
