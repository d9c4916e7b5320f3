"""The pieces of the form: what goes in comes out, by mouse and by keyboard."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.chips import ChipsField
from izsa_desktop.ui.widgets.fields import NoteField, TextField, WrapField
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.ui.widgets.goal_picker import GoalPicker
from izsa_desktop.ui.widgets.partial_date import PartialDateField
from izsa_desktop.ui.widgets.place_fields import FoldingCompleter, location_text, parse_location
from izsa_desktop.ui.widgets.project_form import ProjectForm
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label, plain_tip
from izsa_desktop.ui.widgets.toasts import Toasts
from izsa_desktop.ui.widgets.wide_table import WideTable
from tests.support import FIELDS, REFERENCE, project_fields
from tests.ui.window import type_text

T = Translator("tr")
HOSTILE = "<b>kalın</b> <img src='https://example.org/x'> &amp; \u202eters"


# --- the form as a whole ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def form(qapp: object) -> ProjectForm:
    return ProjectForm(REFERENCE, T, district_fixed=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(project_fields)
def test_whatever_a_record_holds_comes_out_of_the_form_as_it_went_in(form: ProjectForm, fields: ProjectFields) -> None:
    for read_only in (False, True):
        form.show_fields(fields, read_only)
        assert form.changed() == ()
        assert form.fields() == fields


class ShownWindows(QObject):
    """Remembers what is shown as a window of its own, however shortly."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


@pytest.mark.parametrize("read_only", [False, True])
def test_making_and_filling_a_form_shows_no_window(qtbot: QtBot, qapp: QApplication, read_only: bool) -> None:
    """A part that is shown before it has a parent would flash up."""
    windows = ShownWindows()
    qapp.installEventFilter(windows)
    form = ProjectForm(REFERENCE, T, district_fixed=True)
    qtbot.addWidget(form)
    form.show_fields(FIELDS, read_only)
    qapp.removeEventFilter(windows)
    assert windows.seen == []


# --- goals -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def goals(qtbot: QtBot) -> GoalPicker:
    made = GoalPicker(REFERENCE.goals, T)
    qtbot.addWidget(made)
    made.resize(430, 400)
    made.show()
    return made


def press(qtbot: QtBot, picker: GoalPicker, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(next(tile for tile in picker.tiles.values() if tile.hasFocus()), key)


def test_the_first_goal_is_the_main_one_and_a_star_makes_another(goals: GoalPicker, qtbot: QtBot) -> None:
    for code in ("13", "6", "11"):
        qtbot.mouseClick(goals.tiles[code], Qt.MouseButton.LeftButton, pos=QPoint(15, 15))
    assert goals.value() == ("13", "6", "11")
    assert goals.tiles["13"].main
    star = QPoint(goals.tiles["11"].width() - 14, goals.tiles["11"].height() // 2)
    qtbot.mouseClick(goals.tiles["11"], Qt.MouseButton.LeftButton, pos=star)
    assert goals.value() == ("11", "13", "6")
    qtbot.mouseClick(goals.tiles["11"], Qt.MouseButton.LeftButton, pos=QPoint(15, 15))
    assert goals.value() == ("13", "6")


def test_goals_by_keyboard(goals: GoalPicker, qtbot: QtBot) -> None:
    goals.tiles["1"].setFocus()
    key = Qt.Key
    press(qtbot, goals, key.Key_Space, key.Key_Right, key.Key_Space, key.Key_Down, key.Key_Space, key.Key_Asterisk)
    assert goals.value() == ("4", "1", "2")
    press(qtbot, goals, key.Key_Up, key.Key_Left, key.Key_Left, key.Key_Space)
    assert goals.value() == ("4", "2")


def test_a_reader_sees_the_chosen_goals_alone_and_changes_none(goals: GoalPicker, qtbot: QtBot) -> None:
    goals.set_value(("13", "6"))
    goals.set_read_only(True)
    assert [code for code, tile in goals.tiles.items() if tile.isVisible()] == ["6", "13"]
    qtbot.mouseClick(goals.tiles["13"], Qt.MouseButton.LeftButton, pos=QPoint(15, 15))
    qtbot.keyClick(goals.tiles["13"], Qt.Key.Key_Space)
    assert goals.value() == ("13", "6")


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, "unknown", "2025", "2025-03", "2025-03-14", "2024-02-29", "1999-12-31"])
def test_a_partial_date_comes_out_as_it_went_in(qtbot: QtBot, value: str | None) -> None:
    field = PartialDateField(T)
    qtbot.addWidget(field)
    field.set_value("2023-01-31")
    field.set_value(value)
    assert field.value() == value


def test_a_month_offers_its_days(qtbot: QtBot) -> None:
    field = PartialDateField(T)
    qtbot.addWidget(field)
    field.set_value("2024-01-31")
    field.month.setCurrentIndex(2)
    field.month.activated.emit(2)
    assert field.day.count() - 1 == 29
    assert field.value() == "2024-02"


def test_unknown_is_a_date_too(qtbot: QtBot) -> None:
    field = PartialDateField(T)
    qtbot.addWidget(field)
    field.set_value("2024-05")
    with qtbot.waitSignal(field.edited):
        field.unknown.click()
    assert field.value() == "unknown"
    assert not field.year.isEnabled()


# --- texts -----------------------------------------------------------------------------------------------------------


def test_a_text_field_grows_with_its_text(qtbot: QtBot) -> None:
    field = TextField(lines=2)
    qtbot.addWidget(field)
    field.resize(300, 60)
    field.show()
    small = field.height()
    field.set_value("satır\n" * 5)
    qtbot.waitUntil(lambda: field.height() > small)


def test_enter_adds_no_line_to_a_title(qtbot: QtBot) -> None:
    field = WrapField()
    qtbot.addWidget(field)
    type_text(field, "Ad")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == "Ad"


def test_notes_are_one_a_line(qtbot: QtBot) -> None:
    field = NoteField()
    qtbot.addWidget(field)
    field.set_value(("bir", "iki"))
    field.setPlainText("bir\n\nüç")
    assert field.value() == ("bir", "üç")
    field.set_value("tek")
    assert field.value() == "tek"


def test_chips_keep_the_order_in_which_they_were_chosen(qtbot: QtBot) -> None:
    field = ChipsField(REFERENCE.vocabularies["audience"], "tr")
    qtbot.addWidget(field)
    field.set_value(("gençler", "bilinmeyen kod"))
    field.chips["kadınlar"].click()
    field.chips["gençler"].click()
    assert field.value() == ("bilinmeyen kod", "kadınlar")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("38.4622, 27.2211", Location(38.4622, 27.2211, True)),
        ("38,4622 27,2211", Location(38.4622, 27.2211, True)),
        ("38.4622;27.2211", Location(38.4622, 27.2211, True)),
        ("-3.5, 0", Location(-3.5, 0, True)),
        ("38°27'43.92\"N 27°13'15.96\"E", Location(38.4622, 27.2211, True)),
        ("K 38°27'43,92\" D 27°13'15,96\"", Location(38.4622, 27.2211, True)),
        ("38.4622", "38.4622"),
        ("38.4622, 27.2211, 5", "38.4622, 27.2211, 5"),
        ("Bornova", "Bornova"),
    ],
)
def test_places_as_people_copy_them(text: str, place: Location | str) -> None:
    assert parse_location(text, True) == place


def test_a_place_is_written_as_it_is_read() -> None:
    place = Location(38.4622071, -27.0, False)
    assert location_text(place) == "38.4622071, -27"
    assert parse_location(location_text(place), False) == place


def test_neighbourhoods_are_found_however_they_are_typed(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    offers = FoldingCompleter(line)
    offers.set_names(["Şirince", "Gökçealan", "Isabey"])
    for typed, found in (("SIRIN", ["Şirince"]), ("isa", ["Isabey"]), ("gokce", ["Gökçealan"]), ("", None)):
        line.textEdited.emit(typed)
        model = offers.model()
        names = [model.index(row, 0).data() for row in range(model.rowCount())]
        assert names == (found if found is not None else ["Şirince", "Gökçealan", "Isabey"])


# --- hostile text ----------------------------------------------------------------------------------------------------


def test_labels_show_markup_as_text_and_hidden_characters_as_such(qtbot: QtBot) -> None:
    for label in (plain_label(HOSTILE), plain_label(HOSTILE, wrap=True), ElidedLabel(HOSTILE)):
        qtbot.addWidget(label)
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert "<b>" in label.text()
        assert "\u202e" not in label.text()
    assert "<img" not in plain_tip(HOSTILE)


def test_no_label_of_the_program_takes_markup(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(form_of_everything := ProjectForm(REFERENCE, T, district_fixed=True))
    form_of_everything.show_fields(ProjectFields(title=HOSTILE, unit=HOSTILE, district="TUR035007"), True)
    Toasts(holder).show_notice(HOSTILE, "good", "x")
    for label in holder.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text(), label.text()
    assert visible(HOSTILE) in [label.text() for label in holder.findChildren(QLabel)]


def test_every_label_has_a_letter_of_its_own() -> None:
    marks = Mnemonics()
    letters = [re.findall(r"&(.)", marks.mark(name))[0].lower() for name in ("Yer", "Yıl", "İlçe", "Ay")]
    assert len(set(letters)) == len(letters)
    assert marks.mark("yılay") == "yılay"


def test_at_most_three_notices_stand_and_the_same_one_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    toasts = Toasts(window)
    for text in ("bir", "iki", "üç", "dört", "dört"):
        toasts.show_notice(text, "bad", "Kapat")
    assert [toast.text.text() for toast in toasts.shown] == ["iki", "üç", "dört"]
    assert window.rect().contains(toasts.geometry())
    for toast in toasts.shown:
        assert toast.height() >= toast.sizeHint().height()


def _covered(toasts: Toasts, buttons: list[QPushButton]) -> list[str]:
    place = toasts.geometry()
    return [button.text() for button in buttons if button.isVisible() and place.intersects(button.geometry())]


def test_notices_lie_where_nothing_is_pressed_and_make_way(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    buttons = [QPushButton(str(n), window) for n in range(4)]
    for n, button in enumerate(buttons):
        button.setGeometry(450 + 100 * n, 510, 90, 40)
    window.show()
    toasts = Toasts(window)
    toasts.show_notice("Kaydedildi", "good", "Kapat")
    assert _covered(toasts, buttons) == []
    assert toasts.geometry().right() > 850  # above them, still at the right
    lower = toasts.geometry().top()
    late = QPushButton("sonradan", window)
    late.setGeometry(600, lower, 200, 40)
    late.show()
    qtbot.waitUntil(lambda: not _covered(toasts, [*buttons, late]))
    assert toasts.geometry().top() < lower
    late.hide()
    qtbot.waitUntil(lambda: window.rect().contains(toasts.geometry()))
    rows = QListWidget(window)
    rows.setGeometry(0, 0, 900, 500)
    rows.show()
    toasts.show_notice("Yine", "good", "Kapat")
    assert _covered(toasts, buttons) == []  # rather over rows than over buttons


# --- tables ----------------------------------------------------------------------------------------------------------


def test_a_table_has_no_bar_for_the_room_between_its_columns(qtbot: QtBot) -> None:
    model = QStandardItemModel(3, 6)
    for row in range(3):
        for column in range(6):
            model.setItem(row, column, QStandardItem("24 Kasım 2026"))
    table = WideTable(model, "Bilgisayarlar")
    qtbot.addWidget(table)
    table.resize(1600, 300)
    table.show()
    roomy = [table.columnWidth(column) for column in range(5)]
    needed = sum(roomy) + roomy[0]
    around = table.width() - table.viewport().width()
    table.resize(needed + around - 12, table.height())
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    assert all(table.columnWidth(column) <= width for column, width in enumerate(roomy))
    table.resize(needed + around - 100, table.height())
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)
