"""The window of versions: what it shows, and going back, by mouse and by keyboard."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.i18n import Translator
from izsa_desktop.ui.changes import Changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.erase import EraseDialog
from izsa_desktop.ui.dialogs.history import HistoryDialog
from izsa_desktop.ui.main_window import MainWindow
from izsa_desktop.ui.models.version_delegate import MARK, WHAT, WHEN, WHO
from izsa_desktop.ui.notify import Notifier
from izsa_desktop.ui.settings import Settings
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.ui.theme import Theme
from izsa_desktop.usecases import history, projects
from izsa_desktop.usecases.erasure import Forget
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.support import FIELDS
from tests.ui.window import OpenBench
from tests.usecases.line import Line, enter, export, merge


@dataclass
class Stage:
    """A workplace with the services of the window around it, and nothing in the window."""

    desk: Desk
    window: MainWindow
    qtbot: QtBot

    @property
    def workplace(self) -> Workplace:
        return self.desk.workplace

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.tasks.busy)

    def open(self, id_: str) -> HistoryDialog:
        dialog = HistoryDialog(projects.get_project(self.workplace, id_), self.desk, self.window)
        dialog.show()
        self.settle()
        return dialog

    def choose(self, dialog: HistoryDialog, row: int) -> None:
        dialog.list.setCurrentIndex(dialog.list.model().index(row, 0))
        self.settle()


@pytest.fixture
def stage(district: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Stage]:
    with open_workplace(district) as workplace:
        yield from _staged(workplace, qtbot, qapp)


def _staged(workplace: Workplace, qtbot: QtBot, qapp: QApplication) -> Iterator[Stage]:
    window, tasks, t, theme = MainWindow("İZSA"), Tasks(), Translator(workplace.identity.language), Theme(qapp, "light")
    qtbot.addWidget(window)
    window.resize(1200, 800)
    notify = Notifier(window.toasts, t)
    desk = Desk(workplace, t, tasks, notify, Changes(), Settings(workplace.folder), theme)
    yield Stage(desk, window, qtbot)
    tasks.close()
    theme.deleteLater()


@pytest.fixture
def changed(stage: Stage) -> str:
    """A project saved twice, put into the bin and brought back; its id."""
    [project] = [p for p in projects.list_projects(stage.workplace) if p.fields.title == FIELDS.title]
    purpose = "Çatı suyunu park için toplamak.\nİkinci satır."
    partners = (replace(FIELDS.partners[0], role="fon"),)
    projects.save_project(
        stage.workplace, project.id, structs.replace(project.fields, purpose=purpose, partners=partners)
    )
    projects.delete_project(stage.workplace, project.id)
    projects.restore_project(stage.workplace, project.id)
    return project.id


def formats(dialog: HistoryDialog) -> dict[str, QTextCharFormat]:
    """Every stretch of the comparison with how it looks."""
    found = {}
    block = dialog.view.document().begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            found[fragment.text()] = fragment.charFormat()
            fragments += 1
        block = block.next()
    return found


def test_the_newest_version_stands_first_and_each_says_who_when_and_what(stage: Stage, changed: str) -> None:
    model = stage.open(changed).list.model()
    rows = [[model.index(row, 0).data(role) for role in (WHO, WHAT, MARK)] for row in range(model.rowCount())]
    assert [row[0] for row in rows] == ["Ayşe Yılmaz · bu bilgisayar"] * 4
    assert rows[0][1:] == ["Proje silinenlerden geri getirildi.", "şimdiki"]
    assert rows[1][1] == "Proje silinenlere taşındı."
    assert rows[2][1] == "Değiştirdi: Amaç, Ortaklar"
    assert rows[3][1].startswith("Oluşturdu: Proje adı")
    assert rows[3][2] == "ilk kayıt"
    spoken = model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(model.index(2, 0).data(WHEN)) in spoken
    assert "Değiştirdi: Amaç, Ortaklar" in spoken


def test_what_went_is_struck_through_and_what_came_underlined(stage: Stage, changed: str) -> None:
    dialog = stage.open(changed)
    stage.choose(dialog, 2)
    look = formats(dialog)
    assert look[" park için"].fontUnderline()
    assert look["Ortak"].fontStrikeOut()
    assert look["Fon veren"].fontUnderline()
    assert not look["Çatı suyunu"].fontUnderline()
    assert "Amaç" in look
    stage.choose(dialog, 1)
    assert dialog.view.toPlainText() == "Silinme\nProje silinenlere taşındı."


def test_any_two_versions_can_be_compared_the_older_first(stage: Stage, changed: str) -> None:
    dialog = stage.open(changed)
    first = history.versions(stage.workplace, changed)[0].id
    dialog.other.setCurrentIndex(dialog.other.findData(first))
    dialog.other.activated.emit(dialog.other.currentIndex())
    stage.settle()
    assert formats(dialog)[" park için"].fontUnderline()
    stage.choose(dialog, 3)
    assert dialog.view.toPlainText() == stage.desk.t("history.none")


def test_text_of_people_is_never_markup(stage: Stage, changed: str) -> None:
    fields = projects.get_project(stage.workplace, changed).fields
    hostile = "<b>kalın</b><img src='file:///x.png'> \u202eters"
    projects.save_project(stage.workplace, changed, structs.replace(fields, summary=hostile))
    dialog = stage.open(changed)
    assert "<b>kalın</b><img src='file:///x.png'> ␣U+202E␣ters" in dialog.view.toPlainText()


def test_going_back_by_keyboard_asks_and_can_be_undone(stage: Stage, changed: str, qtbot: QtBot) -> None:
    dialog = stage.open(changed)
    announced: list[object] = []
    stage.desk.changes.changed.connect(lambda kinds, _by: announced.append(kinds))
    assert dialog.list.hasFocus() or dialog.focusWidget() is dialog.list
    qtbot.keyClick(dialog.list, Qt.Key.Key_End)
    stage.settle()
    qtbot.keyClick(dialog.back, Qt.Key.Key_Space)
    assert dialog.question.isVisible()
    assert dialog.focusWidget() is dialog.question.no
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.question.isVisible()
    assert dialog.isVisible()
    assert len(history.versions(stage.workplace, changed)) == 4
    qtbot.keyClick(dialog.back, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.question.yes, Qt.Key.Key_Space)
    stage.settle()
    assert projects.get_project(stage.workplace, changed).fields.purpose == FIELDS.purpose
    assert dialog.list.model().rowCount() == 5
    assert announced
    dialog.said.action.click()
    stage.settle()
    assert "park için" in projects.get_project(stage.workplace, changed).fields.purpose
    assert dialog.list.model().rowCount() == 6
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_going_back_to_what_is_there_writes_nothing(stage: Stage, changed: str) -> None:
    dialog = stage.open(changed)
    dialog.back.click()
    dialog.question.yes.click()
    stage.settle()
    assert dialog.said.text.text() == stage.desk.t("history.nothing_new")
    assert len(history.versions(stage.workplace, changed)) == 4


def test_the_record_of_another_can_only_be_read(line: Line, qtbot: QtBot, qapp: QApplication) -> None:
    [id_] = enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, line.folder / "b.izsa"))
    with open_workplace(line.office) as office:
        for stage in _staged(office, qtbot, qapp):
            dialog = stage.open(id_)
            assert not dialog.back.isVisible()
            assert dialog.list.model().index(0, 0).data(WHO) == "Ayşe Yılmaz · PC: Ayşe Yılmaz"


def test_every_control_has_a_name(stage: Stage, changed: str) -> None:
    dialog = stage.open(changed)
    for widget in (dialog.list, dialog.view, dialog.other):
        assert isinstance(widget, QWidget)
        assert widget.accessibleName()


# --- forgetting ------------------------------------------------------------------------------------------------------


def erase_dialog(stage: Stage, dialog: HistoryDialog) -> EraseDialog:
    dialog.forget.click()
    stage.settle()
    found = dialog.findChild(EraseDialog)
    assert found is not None
    return found


def test_personal_data_is_erased_with_its_past_by_keyboard(stage: Stage, changed: str, qtbot: QtBot) -> None:
    dialog = stage.open(changed)
    asked = erase_dialog(stage, dialog)
    offered = [asked.field.itemData(n) for n in range(asked.field.count())]
    assert offered[:2] == ["contact", "evidence"]
    assert not asked.erase.isEnabled()
    assert not asked.file_row.isVisible()
    qtbot.keyClicks(asked.reason, "Basvuru")
    qtbot.keyClick(asked.erase, Qt.Key.Key_Space)
    stage.settle()
    assert projects.get_project(stage.workplace, changed).fields.contact == ""
    assert dialog.said.isVisible()
    stage.choose(dialog, 3)
    assert dialog.erased.text() == stage.desk.t("history.erased", fields="İletişim (birim e-postası)")


def test_one_file_of_several_is_erased(stage: Stage, changed: str) -> None:
    dialog = stage.open(changed)
    asked = erase_dialog(stage, dialog)
    asked.field.setCurrentIndex(asked.field.findData("evidence"))
    assert asked.file_row.isVisible()
    photo, link = FIELDS.evidence
    assert [asked.file.itemText(n) for n in range(3)] == ["tüm dosyalar", photo.name, link.link]
    asked.file.setCurrentIndex(1)
    asked.reason.set_value("Onam geri alındı")
    asked.reason.edited.emit()
    asked.erase.click()
    stage.settle()
    assert projects.get_project(stage.workplace, changed).fields.evidence == (link,)


def test_erasing_can_be_left(stage: Stage, changed: str, qtbot: QtBot) -> None:
    dialog = stage.open(changed)
    asked = erase_dialog(stage, dialog)
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    stage.settle()
    assert projects.get_project(stage.workplace, changed).fields.contact == FIELDS.contact


def test_what_cannot_be_erased_is_said_in_the_window(stage: Stage, changed: str) -> None:
    dialog = stage.open(changed)
    dialog.erase(Forget(field="contact", reason="Başvuru", keep_shown=True))
    stage.settle()
    said = stage.desk.t("error.nothing_to_erase", field="İletişim (birim e-postası)")
    assert dialog.said.text.text() == said


def test_the_form_shows_what_was_gone_back_to(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = b.open("Çatı güneşi")
    b.type_into("unit", "Fen İşleri")
    b.page.show_history(project.id)
    b.settle()
    dialog = b.opened.window.findChild(HistoryDialog)
    assert dialog is not None
    b.settle()
    assert dialog.list.model().rowCount() == 2
    first = history.versions(b.workplace, project.id)[0]
    dialog.restore(first)
    b.settle()
    assert b.editor.form.field("unit").value() == ""
    assert b.stored(query="Çatı güneşi")[0].fields == project.fields
