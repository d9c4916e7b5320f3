"""A real project from the start screen to saved, by keyboard alone, and how many keys that takes besides its text."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.record import fields_from_record
from izsa_desktop.domain.reference import OFFICE, PROVINCE_NAME
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.section_bar import SectionButton
from izsa_desktop.usecases.demo import demo_lines, demo_record
from izsa_desktop.usecases.workplace import create_workplace
from tests.support import BORNOVA, REFERENCE
from tests.ui.window import Bench, OpenBench, type_text

MOST_KEYS = 25
ONE_STOP = 20
"""More than any field of one stop has controls beside each other."""
Key = Qt.Key
Mod = Qt.KeyboardModifier


class Typist:
    """Somebody without a mouse. ``keys`` counts every key that is no letter of a text; Alt and a letter are one."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.keys = 0
        self.log: list[str] = []

    @property
    def at(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.bench.opened.window

    def press(self, key: Key, held: Mod = Mod.NoModifier, times: int = 1) -> None:
        for _time in range(times):
            self.keys += 1
            self.log.append(QKeySequence(key | held).toString())
            self.bench.qtbot.keyClick(self.at, key, held)

    def shortcut(self, keys: QKeySequence) -> None:
        self.keys += 1
        self.log.append(keys.toString())
        self.bench.qtbot.keySequence(self.at, keys)
        self.bench.settle()

    def write(self, text: str) -> None:
        type_text(self.at, text)

    def digits(self, text: str) -> None:
        """A goal's number is no text of a field: its digits are keys."""
        for digit in text:
            self.keys += 1
            self.log.append(digit)
            self.write(digit)

    def letter_of(self, name: str) -> None:
        """Alt and the underlined letter of a field's label."""
        self.shortcut(QKeySequence.mnemonic(self.bench.editor.form.rows[name].label.text()))


def real_project(title: str) -> ProjectFields:
    """What must be stored for a collected line."""
    line = next(line for line in demo_lines() if line["title"] == title)
    return fields_from_record(demo_record(line), REFERENCE)


def enter(typist: Typist, wanted: ProjectFields) -> None:
    """Types a project as somebody does who knows Tab and the underlined letters."""
    year, _, month = str(wanted.start).partition("-")
    typist.shortcut(QKeySequence("Ctrl+N"))
    typist.write(wanted.title)
    typist.press(Key.Key_Tab)
    typist.write(wanted.purpose)
    typist.letter_of("audience_note")
    typist.write(str(wanted.audience_note))
    typist.letter_of("start")
    typist.write(year)
    typist.press(Key.Key_Tab)
    typist.write(Translator("tr")(f"date.month_{int(month)}"))
    typist.letter_of("goals")
    typist.digits("".join(wanted.goals))
    if wanted.district == OFFICE:
        typist.letter_of("district")
        typist.write(PROVINCE_NAME["tr"])
    typist.letter_of("place")
    typist.write(wanted.place)
    typist.letter_of("owner")
    typist.write(wanted.owner)
    typist.letter_of("source")
    typist.write(wanted.source)
    typist.shortcut(QKeySequence("Ctrl+S"))


@pytest.fixture
def workplaces(tmp_path: Path, district: Path) -> dict[str, Path]:
    create_workplace(tmp_path / "office", OFFICE, "Deniz").close()
    return {BORNOVA: district, OFFICE: tmp_path / "office"}


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        ("Bornova Atık Bank", 14),
        ("Dönüşüme Evde Başla – kapıdan kapıya ambalaj atığı toplama", 17),
    ],
)
def test_a_real_project_by_keyboard(bench: OpenBench, workplaces: dict[str, Path], title: str, keys: int) -> None:
    wanted = real_project(title)
    b = bench(workplaces[wanted.district], show=True)
    typist = Typist(b)
    enter(typist, wanted)
    stored = b.stored(query=title)
    assert [project.fields for project in stored] == [wanted]
    assert not b.editor.dirty
    assert typist.keys == keys <= MOST_KEYS, typist.log


# --- everything else -------------------------------------------------------------------------------------------------


def stops(page: QWidget) -> set[QWidget]:
    """What a person must be able to reach: every control that is shown and works."""
    return {
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox | QAbstractItemView)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(widget.parent(), QSpinBox)  # whose line is part of it
    }


def walk(typist: Typist, key: Key) -> list[QWidget]:
    """What the keyboard comes to, until it is where it began or somewhere for the second time."""
    reached: list[QWidget] = []
    while (widget := typist.at) not in reached:
        reached.append(widget)
        typist.press(key)
    return reached


def with_arrows(typist: Typist, reached: list[QWidget]) -> set[QWidget]:
    """Fields of one stop with several controls: arrow keys go on inside."""
    found = set(reached)
    for widget in reached:
        if isinstance(widget, QAbstractButton) and widget.group() is not None:
            found |= set(widget.group().buttons())  # where Qt's arrow keys do not only go, but choose
        elif isinstance(widget, QAbstractButton):
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            for _press in range(ONE_STOP):
                typist.press(Key.Key_Right)
                found.add(typist.at)
    return found


def apart_from_roving(reached: list[QWidget]) -> set[QWidget]:
    """The bar of sections is one stop: the section that the keyboard has come from."""
    return {(isinstance(widget, SectionButton) and widget.parentWidget()) or widget for widget in reached}


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("which", [BORNOVA, OFFICE])
def test_the_keyboard_reaches_everything_and_comes_back(
    bench: OpenBench, workplaces: dict[str, Path], which: str, place: int
) -> None:
    """The window is narrow, so that list and form are shown without the map, whose page has stops of its own."""
    b = bench(workplaces[which], show=True)
    b.opened.window.resize(910, 480)
    typist = Typist(b)
    if place == 0:
        typist.shortcut(QKeySequence("Ctrl+N"))
        b.editor.form.show_everything(True)
        b.type_into("goals", ("13", "6"))
        b.type_into("targets", ("13.1", "6.4"))
        b.editor.form.go_to("title")
    else:
        typist.shortcut(QKeySequence(f"Ctrl+{place + 1}"))
    b.opened.application.processEvents()
    forward = walk(typist, Key.Key_Tab)
    forward[0].setFocus(Qt.FocusReason.TabFocusReason)
    assert apart_from_roving(walk(typist, Key.Key_Backtab)) == apart_from_roving(forward)
    wanted = stops(b.workspace)
    assert wanted
    lost = wanted - with_arrows(typist, forward)
    assert [(type(widget).__name__, widget.accessibleName() or widget.toolTip()) for widget in lost] == []
