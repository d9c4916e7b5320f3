"""Lists of rows: what stays stays the same widget, the keyboard stays in it, and narrow rows go on below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.ui.widgets.log_list import LogList, LogRow

Rows = Sequence[tuple[str, str]]


def rows(entries: Rows, *labels: str) -> list[LogRow]:
    made = []
    for key, text in entries:
        row = LogRow("inbox", "soft", text, end="14.03.2025", mark=("soft", "Açık"), key=key)
        for label in labels or ("Kabul et", "Geri gönder…"):
            row.offer(label, lambda: None)
        made.append(row)
    return made


class Page(QWidget):
    """A list between two fields."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.above, self.list, self.below = QLineEdit(), LogList("Yok"), QLineEdit()
        column = QVBoxLayout(self)
        for part in (self.above, self.list, self.below):
            column.addWidget(part)
        qtbot.addWidget(self)
        self.resize(900, 400)
        self.show()


def test_what_looks_the_same_stays_and_what_does_not_is_new(qtbot: QtBot) -> None:
    page = Page(qtbot)
    page.list.set_rows(rows([("a", "Bir"), ("b", "İki"), ("", "Adsız")]))
    one, two, nameless = page.list.rows
    page.list.set_rows(rows([("c", "Üç"), ("b", "İki!"), ("a", "Bir"), ("", "Adsız")]))
    assert page.list.rows[2] is one
    assert two not in page.list.rows and nameless not in page.list.rows
    page.list.set_rows(rows([("a", "Bir")], "Başka düğme"))
    assert page.list.rows[0] is not one, "another button is another row"


def test_the_keyboard_stays_with_the_thing_else_in_its_place(qtbot: QtBot) -> None:
    page = Page(qtbot)
    page.list.set_rows(rows([("a", "Bir"), ("b", "İki"), ("c", "Üç")]))
    page.list.rows[1].buttons[1].setFocus()
    for entries, place in (
        ([("n", "Yeni"), ("a", "Bir"), ("b", "İki")], 2),  # moved
        ([("n", "Yeni"), ("a", "Bir"), ("b", "Değişti")], 2),  # looks different
        ([("n", "Yeni"), ("a", "Bir")], 1),  # gone, and it was the last
        ([("n", "Yeni")], 0),
    ):
        page.list.set_rows(rows(entries))
        assert page.focusWidget() is page.list.rows[place].buttons[1]
    page.list.set_rows(rows([("n", "Yeni")], "Kaldır"))
    assert page.focusWidget() is page.list.rows[0].buttons[0], "that button is gone, not the row"
    page.list.set_rows([])
    assert page.list.isAncestorOf(page.focusWidget())
    page.above.setFocus()
    page.list.set_rows(rows([("n", "Yeni")]))
    assert page.focusWidget() is page.above, "nothing is taken from elsewhere"


def test_tab_goes_through_the_rows_where_they_stand(qtbot: QtBot) -> None:
    page = Page(qtbot)
    page.list.set_rows(rows([("a", "Bir"), ("b", "İki")]))
    page.list.set_rows(rows([("n", "Yeni"), ("b", "İki"), ("a", "Bir")]))
    stop: QWidget | None = page.above
    for button in [*(button for row in page.list.rows for button in row.buttons), page.below]:
        stop = stop.nextInFocusChain() if stop else None
        while stop and not (stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.isVisible()):
            stop = stop.nextInFocusChain()
        assert stop is button


def test_how_it_stands_and_what_can_be_done_are_on_one_line(qtbot: QtBot) -> None:
    page = Page(qtbot)
    [row] = made = [LogRow("inbox", "soft", "Bir", "Ayşe", mark=("soft", "Açık"), notes=[("soft", "x")], key="a")]
    row.offer("Kabul et", lambda: None, "link")
    page.list.set_rows(made)
    [pill] = [label for label in row.findChildren(QLabel) if label.property("role") == "pill"]
    [title] = [label for label in row.findChildren(QLabel) if label.property("role") == "strong"]
    for width in (900, 1200):
        page.resize(width, 400)
        qtbot.waitUntil(lambda: row.buttons[0].x() > 500)
        middles = [one.mapTo(row, one.rect().center()).y() for one in (pill, row.buttons[0], title)]
        assert abs(middles[0] - middles[1]) <= 1 and max(middles) - min(middles) <= 5, middles


def test_where_it_is_narrow_the_buttons_stand_below_and_nothing_is_cut_off(qtbot: QtBot) -> None:
    page = Page(qtbot)
    page.list.set_rows(rows([("a", "Bir uzun ad")]))
    [row] = page.list.rows
    qtbot.waitUntil(lambda: row.buttons[0].x() > 500)
    page.resize(260, 400)
    qtbot.waitUntil(lambda: row.buttons[1].x() < 100)
    assert page.width() == 260, "it needs no more room than that"
    for button in row.findChildren(QPushButton):
        assert button.geometry().right() < row.width() and button.geometry().bottom() < row.height()
    page.resize(900, 400)
    qtbot.waitUntil(lambda: row.buttons[0].x() > 500)
