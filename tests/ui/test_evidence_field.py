"""Evidence in the form, with real files: added, shown, described, opened, removed; nothing waits for a file."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.rows import Evidence
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.changes import Changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.main_window import MainWindow
from izsa_desktop.ui.notify import Notifier
from izsa_desktop.ui.pages.evidence_work import EvidenceWork
from izsa_desktop.ui.settings import Settings
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.ui.theme import Theme
from izsa_desktop.ui.widgets.evidence_field import EvidenceField
from izsa_desktop.ui.widgets.evidence_item import EvidenceItem
from izsa_desktop.usecases import evidence, projects
from izsa_desktop.usecases.workplace import Workplace, create_workplace
from tests.attachments.samples import PDF, photo, telling_exif
from tests.support import BORNOVA, REFERENCE
from tests.ui.window import OpenBench, type_text

T = Translator("tr")
WORDS = Evidence(key="a1" * 32, name="x.pdf", media_type="application/pdf", size=10, caption="Açılış", licence="CC0")


@pytest.fixture
def field(qtbot: QtBot) -> EvidenceField:
    made = EvidenceField(REFERENCE, T)
    qtbot.addWidget(made)
    made.resize(520, 700)
    made.show()
    return made


# --- the field by itself ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("read_only", [False, True])
def test_what_goes_in_comes_out(field: EvidenceField, read_only: bool) -> None:
    given = (
        WORDS,
        Evidence(key="b2" * 32, name="<b>foto</b>\u202egpj", people=True, consent="Muhtarlık\ndosya 4", licence="eski"),
        Evidence(key="c3" * 32, link="https://www.bornova.bel.tr/çatı"),
    )
    field.set_read_only(read_only)
    for value in (given, given[1:], (), given):
        field.set_value(value)
        assert field.value() == value


def test_consent_is_asked_for_only_where_people_are_visible(qtbot: QtBot, field: EvidenceField) -> None:
    field.set_value((WORDS,))
    [item] = field.items
    assert not item.consent.isVisible()
    with qtbot.waitSignal(field.edited):
        item.people.click()
    assert item.consent.isVisible()
    assert item.consent_help.text() == T("evidence.consent_help")
    type_text(item.consent, "Veliler, 12.03.2026")
    item.people.click()
    assert item.consent.isVisible(), "what was written stays in sight"
    assert field.value() == (replace(WORDS, consent="Veliler, 12.03.2026"),)


def test_a_reader_sees_what_is_there_and_nothing_to_press_but_open(field: EvidenceField) -> None:
    field.set_read_only(True)
    field.set_value((replace(WORDS, licence=""),))
    [item] = field.items
    assert item.caption.isVisible()
    hidden = (item.remove, item.licence, item.people, item.consent, field.zone, field.address, field.add_link)
    assert not any(part.isVisible() for part in hidden)
    assert item.preview.isVisible()


def test_a_link_is_typed_and_added_by_enter(qtbot: QtBot, field: EvidenceField) -> None:
    type_text(field.address, "bornova.bel.tr")
    qtbot.keyClick(field.address, Qt.Key.Key_Return)
    assert "bornova.bel.tr" in field.problem.text()
    assert field.value() == ()
    field.address.clear()
    type_text(field.address, "https://bornova.bel.tr/a")
    assert not field.problem.isVisible()
    with qtbot.waitSignal(field.edited):
        qtbot.keyClick(field.address, Qt.Key.Key_Return)
    assert [one.link for one in field.value()] == ["https://bornova.bel.tr/a"]
    assert field.address.text() == ""
    assert field.items[0].address.text() == "https://bornova.bel.tr/a"


def test_items_are_removed_by_keyboard_one_after_the_other(qtbot: QtBot, field: EvidenceField) -> None:
    field.set_value((WORDS, replace(WORDS, key="b2" * 32), replace(WORDS, key="c3" * 32)))
    field.activateWindow()
    field.items[1].remove.setFocus()
    left = []
    for _ in range(3):
        focused = QApplication.focusWidget()
        assert focused is not None
        with qtbot.waitSignals([field.edited, field.controls_changed]):
            qtbot.keyClick(focused, Qt.Key.Key_Space)
        left.append([one.key[:2] for one in field.value()])
    assert left == [["a1", "c3"], ["a1"], []]
    assert field.zone.button.hasFocus()


def test_every_control_says_what_it_is_and_of_which_file(field: EvidenceField) -> None:
    field.set_value((replace(WORDS, name="çatı \u202e.pdf", people=True),))
    [item] = field.items
    controls = [
        child
        for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
        for child in item.findChildren(kind)
        if child.isVisible()
    ]
    assert len(controls) >= 6
    for control in controls:
        named = control.accessibleName()
        assert visible("çatı \u202e.pdf") in named
    assert field.zone.button.text()
    assert field.address.accessibleName()


def test_words_that_come_back_do_not_disturb_who_is_typing(field: EvidenceField) -> None:
    """Undo, saving and drafts put the value in again."""
    field.set_value((WORDS,))
    field.activateWindow()
    caption = field.items[0].caption
    caption.setFocus()
    caption.setCursorPosition(2)
    field.set_value(field.value())
    assert caption.hasFocus()
    assert caption.cursorPosition() == 2


# --- with disk and worker --------------------------------------------------------------------------------------------


@dataclass
class Table:
    """A field at work on a real workplace."""

    field: EvidenceField
    work: EvidenceWork
    workplace: Workplace
    opened: list[QUrl]
    window: MainWindow
    settle: Callable[[], None]

    @property
    def item(self) -> EvidenceItem:
        [item] = self.field.items
        return item

    def notices(self) -> list[str]:
        return [toast.text.text() for toast in self.window.toasts.shown]

    def drop(self, *paths: Path) -> None:
        """Lets go of files over the field."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        where, copy, left = QPointF(QPoint(9, 9)), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        self.field.zone.dropEvent(QDropEvent(where, copy, data, left, Qt.KeyboardModifier.NoModifier))


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Table]:
    with ExitStack() as stack:
        workplace = stack.enter_context(create_workplace(tmp_path / "bornova", BORNOVA, "Ayşe"))
        window, tasks, theme = MainWindow("İZSA"), Tasks(), Theme(qapp)
        stack.callback(theme.deleteLater)
        stack.callback(tasks.close)
        qtbot.addWidget(window)
        notify = Notifier(window.toasts, T)
        tasks.failed = notify.failed
        field = EvidenceField(REFERENCE, T)
        window.show_inside(field)
        window.resize(700, 800)
        window.show()
        opened: list[QUrl] = []
        desk = Desk(workplace, T, tasks, notify, Changes(), Settings(workplace.folder), theme)
        work = EvidenceWork(desk, field, opened.append)
        yield Table(field, work, workplace, opened, window, lambda: qtbot.waitUntil(lambda: not tasks.busy))


def written(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def test_dropped_files_are_stored_shown_and_described(table: Table, tmp_path: Path) -> None:
    table.drop(
        written(tmp_path, "Açılış.jpg", photo(exif=telling_exif())),
        written(tmp_path, "rapor.pdf", PDF),
        written(tmp_path, "kur.exe", b"MZ" + bytes(99)),
    )
    table.settle()
    table.settle()
    assert [one.name for one in table.field.value()] == ["Açılış.jpg", "rapor.pdf"]
    assert evidence.missing_attachments(table.workplace) == []
    for one in table.field.value():
        assert evidence.read_attachment(table.workplace, one)
    cleaned, refused = table.notices()
    assert cleaned == T("evidence.cleaned", name="Açılış.jpg")
    assert refused.startswith("kur.exe eklenmedi: ")
    picture = table.field.items[0].preview.icon().pixmap(84, 84).toImage()
    assert picture.pixelColor(4, 4).red() > 150 > picture.pixelColor(4, 4).blue()


def test_the_same_file_twice_is_there_once(table: Table, tmp_path: Path) -> None:
    file = written(tmp_path, "rapor.pdf", PDF)
    for _ in range(2):
        table.field.files_wanted.emit([file])
        table.settle()
    assert len(table.field.value()) == 1
    assert table.notices()[-1] == T("evidence.already", name="rapor.pdf")


def test_a_copy_is_handed_to_the_system_and_never_the_file_itself(table: Table, tmp_path: Path) -> None:
    table.field.files_wanted.emit([written(tmp_path, "çatı.pdf", PDF)])
    table.settle()
    table.item.preview.click()
    table.settle()
    [url] = table.opened
    copy = Path(url.toLocalFile())
    assert copy.read_bytes() == PDF
    assert copy.name.startswith("çatı-")
    assert table.workplace.folder not in copy.parents


def test_a_link_is_opened_as_it_is_shown(table: Table) -> None:
    table.field.set_value((evidence.link("https://www.bornova.bel.tr/çatı"),))
    table.item.preview.click()
    assert table.item.address.text() == "https://www.bornova.bel.tr/çatı"
    assert table.opened == [QUrl("https://www.bornova.bel.tr/çatı")]


@pytest.mark.parametrize("address", ["file:///usr/bin/true", "\\\\server\\share\\a.exe", "ms-msdt:x", "javascript:1"])
def test_what_is_no_address_of_the_web_is_not_opened(table: Table, address: str) -> None:
    table.field.set_value((Evidence(key="c3" * 32, link=address),))
    table.item.preview.click()
    assert table.opened == []
    assert len(table.notices()) == 1


def test_a_missing_file_is_waited_for_and_comes_back(table: Table, tmp_path: Path) -> None:
    made = evidence.attach(table.workplace, written(tmp_path, "rapor.pdf", PDF)).evidence
    path = evidence.attachment_path(table.workplace, made.key)
    assert path is not None
    path.unlink()
    table.field.set_value((made,))
    table.settle()
    assert table.item.state.text() == T("evidence.missing")
    assert table.item.state.isVisible()
    assert not table.item.preview.isEnabled()
    assert table.item.caption.isEnabled()
    assert table.notices() == []
    table.field.files_wanted.emit([tmp_path / "rapor.pdf"])
    table.settle()
    table.settle()
    assert not table.item.state.isVisible()
    assert table.item.preview.isEnabled()


def test_a_damaged_file_is_named_and_not_opened(table: Table, tmp_path: Path) -> None:
    made = evidence.attach(table.workplace, written(tmp_path, "rapor.pdf", PDF)).evidence
    path = evidence.attachment_path(table.workplace, made.key)
    assert path is not None
    path.write_bytes(PDF + b" ")
    table.field.set_value((made,))
    table.settle()
    assert table.item.state.text() == T("evidence.damaged")
    table.work.open(made)
    table.settle()
    assert table.opened == []
    assert "rapor.pdf" in table.notices()[0]


def test_a_file_never_ends_up_in_another_project(table: Table, tmp_path: Path) -> None:
    table.field.files_wanted.emit([written(tmp_path, "rapor.pdf", PDF)])
    table.work.leave()
    table.field.set_value(())
    table.settle()
    assert table.field.value() == ()
    assert table.notices() == [T("evidence.left")]
    table.work.leave()
    assert len(table.notices()) == 1


# --- in the window ---------------------------------------------------------------------------------------------------


def test_a_dropped_photo_is_saved_with_the_project_and_seen_again(
    bench: OpenBench, district: Path, tmp_path: Path
) -> None:
    opened = bench(district, show=True)
    opened.settle()
    project = opened.open("Çatı güneşi")
    editor = opened.editor
    field = editor.form.field("evidence")
    field.files_wanted.emit([written(tmp_path, "Açılış.jpg", photo())])
    opened.settle()
    assert editor.form.changed() == ("evidence",)
    type_text(field.items[0].caption, "Panellerin açılışı")
    editor.save()
    opened.settle()
    [stored] = projects.get_project(opened.workplace, project.id).fields.evidence
    assert (stored.name, stored.caption) == ("Açılış.jpg", "Panellerin açılışı")
    opened.open("Şirince’den ısırgan")
    assert field.value() == ()
    field.files_wanted.emit([written(tmp_path, "rapor.pdf", PDF)])
    opened.open("Çatı güneşi")
    opened.settle()
    assert field.value() == (stored,)
    picture = field.items[0].preview.icon().pixmap(84, 84).toImage()
    assert picture.pixelColor(4, 4).red() > 150 > picture.pixelColor(4, 4).blue()
    titles = {one.fields.title: one.fields.evidence for one in projects.list_projects(opened.workplace)}
    assert [title for title, kept in titles.items() if kept == (stored,)] == ["Çatı güneşi"]
