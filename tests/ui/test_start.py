"""The first start, failures at the start, languages and looks."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop import resource_files
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.ui import theme
from izsa_desktop.ui.pages.welcome_page import WelcomePage
from izsa_desktop.ui.settings import THEME
from izsa_desktop.ui.start import Opened
from izsa_desktop.ui.widgets.empty_state import EmptyState
from izsa_desktop.ui.workspace import EXCHANGE, PROJECTS, SETTINGS
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.notice import read_on
from izsa_desktop.usecases.workplace import exists, open_workplace
from tests.ui.window import OpenBench, type_text
from tests.usecases.line import Line, enter, export, merge


def sentences(language: str) -> dict[str, str]:
    """All sentences of a language by their keys."""
    files = resource_files.path(f"i18n/{language}").glob("*.toml")
    parts = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return {f"{section}.{name}": text for part in parts for section in part for name, text in part[section].items()}


def texts(inside: QWidget) -> Iterator[str]:
    """Every word that can be read in a part of the window, also where it is hidden now."""
    for widget in [inside, *inside.findChildren(QWidget)]:
        yield widget.toolTip()
        yield widget.accessibleName()
        if isinstance(widget, QLabel | QPushButton):
            yield widget.text()
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(n) for n in range(widget.count()))


# --- the first start -------------------------------------------------------------------------------------------------


def test_three_answers_and_the_program_is_ready(bench: OpenBench, tmp_path: Path, qtbot: QtBot) -> None:
    b = bench(tmp_path / "new", show=True)
    page = b.opened.window.centralWidget()
    assert isinstance(page, WelcomePage)
    assert not page.start.isEnabled()
    type_text(page.body, "Bornova")
    qtbot.keyClick(page.body, Qt.Key.Key_Return)
    page.body.activated.emit(page.body.currentIndex())
    type_text(page.person, "Ayşe Yılmaz")
    qtbot.keyClick(page.person, Qt.Key.Key_Return)
    assert not exists(tmp_path / "new")  # the notice about personal data comes first
    assert page.accept.hasFocus()
    qtbot.keyClick(page.accept, Qt.Key.Key_Escape)
    assert page.start.hasFocus()
    page.start.click()
    qtbot.keyClick(page.accept, Qt.Key.Key_Return)
    b.settle()
    assert read_on(b.workplace)
    identity = b.workplace.identity
    assert (identity.body, identity.person, identity.language) == ("TUR035007", "Ayşe Yılmaz", "tr")
    assert b.opened.window.windowTitle() == "Bornova Belediyesi"  # Qt puts the program's name behind it
    assert exists(tmp_path / "new")


@pytest.mark.parametrize("folder", ["kisa", "C_Users_ayse.yildiz_AppData_Local_" * 3])
def test_no_question_is_squeezed_by_a_long_folder(bench: OpenBench, tmp_path: Path, folder: str) -> None:
    b = bench(tmp_path / folder, show=True)
    b.opened.application.processEvents()
    page = b.opened.window.findChild(WelcomePage)
    assert page is not None
    assert page.person.height() >= page.person.sizeHint().height()
    assert page.body.height() >= page.body.minimumSizeHint().height()


def test_another_language_keeps_what_was_answered(bench: OpenBench, tmp_path: Path) -> None:
    b = bench(tmp_path / "new")
    page = b.opened.window.centralWidget()
    assert isinstance(page, WelcomePage)
    page.body.setCurrentIndex(page.body.findData("TUR035"))
    page.person.set_value("İlker")
    page.languages.buttons()[1].click()
    page = b.opened.window.centralWidget()
    assert isinstance(page, WelcomePage)
    assert (page.answers.body, page.answers.person, page.answers.language) == ("TUR035", "İlker", "en")
    page.start.click()
    page.accept.click()
    b.settle()
    assert b.workplace.identity.language == "en"
    assert b.workspace.desk.office


def test_a_name_that_hides_something_is_refused_in_words(bench: OpenBench, tmp_path: Path) -> None:
    b = bench(tmp_path / "new")
    page = b.opened.window.centralWidget()
    assert isinstance(page, WelcomePage)
    page.body.setCurrentIndex(page.body.findData("TUR035007"))
    page.person.set_value("Ay\u202eşe")
    page.start.setEnabled(True)
    page.start.click()
    page.accept.click()
    b.settle()
    assert not page.problem.isHidden()
    assert page.isEnabled()
    assert not exists(tmp_path / "new")


def test_a_damaged_database_is_named_and_can_be_tried_again(bench: OpenBench, district: Path) -> None:
    database = district / "izsa.sqlite3"
    good = database.read_bytes()
    database.write_bytes(b"nothing of the kind" * 300)
    b = bench(district)
    page = b.opened.window.centralWidget()
    assert isinstance(page, EmptyState)
    assert str(database) in page.text.text()
    database.write_bytes(good)
    page.button.click()
    b.settle()
    assert len(b.shown_titles()) == 3


def test_the_demo_opens_as_the_coordinator_and_is_made_once(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    for _time in range(2):
        opened = Opened(qapp, tmp_path / "demo", "tr", "light")
        opened.open_demo()
        with qtbot.waitSignal(opened.tasks.idle, timeout=30_000):
            pass
        assert opened.workspace is not None
        assert opened.workspace.projects.list.model.rowCount() == 69  # 65 real ones and 4 examples
        assert opened.workspace.desk.office
        opened.close()


# --- languages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("office", [False, True])
def test_every_page_speaks_one_language(bench: OpenBench, line: Line, language: str, office: bool) -> None:
    """No sentence of the other language can be read anywhere, and no key in place of a sentence."""
    b = bench(line.office if office else line.bornova)
    b.opened.change_language(language)
    b.settle()
    b.page.new()
    b.workspace.go_to(EXCHANGE)
    b.workspace.go_to(SETTINGS)
    b.settle()
    ours, theirs = (sentences(name) for name in (language, "en" if language == "tr" else "tr"))
    foreign = {sentence for key, sentence in theirs.items() if sentence not in ours.values() and "{" not in sentence}
    shown = {text.replace("&", "") for text in texts(b.opened.window) if text}
    assert len(shown) > 120
    assert sorted(shown & foreign) == []
    assert not shown & ours.keys()


def test_another_language_saves_what_is_typed_and_is_remembered(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = b.open("Çatı güneşi")
    b.type_into("unit", "Fen İşleri")
    b.workspace.go_to(SETTINGS)
    b.settle()
    b.workspace.settings.languages.buttons()[1].click()
    b.settle()
    assert projects.get_project(b.workplace, project.id).fields.unit == "Fen İşleri"
    assert b.page.list.search.placeholderText() == Translator("en")("list.search")
    assert len(b.shown_titles()) == 3
    with open_workplace(district) as again:
        assert again.identity.language == "en"


def test_qts_own_words_follow_the_language(bench: OpenBench, district: Path, qapp: QApplication) -> None:
    b = bench(district)
    assert qapp.translate("QPlatformTheme", "Cancel") == "İptal"
    b.opened.change_language("en")
    b.settle()
    assert qapp.translate("QPlatformTheme", "Cancel") == "Cancel"


# --- looks -----------------------------------------------------------------------------------------------------------


def test_light_and_dark(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.workspace.go_to(SETTINGS)
    b.settle()
    light = theme.color("surface"), b.page.list.new.icon().pixmap(16).toImage()
    b.workspace.settings.choose_theme(theme.DARK)
    dark = theme.color("surface"), b.page.list.new.icon().pixmap(16).toImage()
    assert light[0].lightness() > 200
    assert dark[0].lightness() < 60
    assert light[1] != dark[1]
    assert b.workspace.desk.settings.text(THEME) == theme.DARK


@pytest.mark.parametrize("tokens", [theme.LIGHT_TOKENS, theme.DARK_TOKENS])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [("text", "surface"), ("text", "window"), ("soft", "surface"), ("soft", "window"), ("accent", "surface"),
     ("on_accent", "accent"), ("warn", "warn_soft"), ("warn", "surface"), ("bad", "surface"), ("good", "surface"),
     ("rail_text", "rail"), ("toast_text", "toast"), ("toast_link", "toast"), ("accent", "accent_soft"),
     ("text", "selected"), ("soft", "selected")],
)  # fmt: skip
def test_every_text_can_be_read(tokens: dict[str, str], ink: str, paper: str) -> None:
    """The contrast that WCAG asks of text (level AA)."""
    high, low = sorted((luminance(tokens[ink]), luminance(tokens[paper])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("office", [False, True])
def test_nothing_stands_outside_the_window(bench: OpenBench, line: Line, qapp: QApplication, office: bool) -> None:
    """A part that is shown before it has a parent would be a window of its own."""
    enter(line.bornova, "Bir")
    merge(line.office, export(line.bornova, line.folder / "b.izsa"))
    b = bench(line.office if office else line.bornova, show=True)
    b.open("Bir")
    for place in (*b.workspace.places, PROJECTS):
        b.workspace.go_to(place)
        b.settle()
        assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == [b.opened.window]
    b.page.new()
    assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == [b.opened.window]


# --- who makes Qt's classes ------------------------------------------------------------------------------------------

WHO_LOADS = """
import sys, threading
from importlib.abc import MetaPathFinder
from pathlib import Path

class Watch(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        on_worker = threading.current_thread() is not threading.main_thread()
        if on_worker and name.startswith(("PySide6", "izsa_desktop.ui")):
            print(name)

sys.meta_path.insert(0, Watch())
from izsa_desktop.ui.start import open_window
opened = open_window(Path(sys.argv[1]))
opened.when_usable(opened.application.quit)
opened.application.exec(); opened.close(); print("opened")
"""


def test_no_worker_makes_a_class_of_qt(district: Path) -> None:
    """Python ends in a segmentation fault now and then where one does."""
    told = subprocess.run(
        [sys.executable, "-c", WHO_LOADS, str(district)], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.split() == ["opened"]
