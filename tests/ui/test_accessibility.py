"""Every control of every page says what it is, shows where the keyboard is, and fits at twice the size of text."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from izsa_desktop.domain.coaching import Note
from izsa_desktop.domain.facets import STALE
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.joint import ProgrammeFields
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.i18n import LANGUAGES
from izsa_desktop.ui import theme
from izsa_desktop.ui.dialogs.asking import DAY, FIND, TEXT, AskDialog, Asked
from izsa_desktop.ui.dialogs.coaching import CoachingDialog
from izsa_desktop.ui.dialogs.confirm import ConfirmDialog
from izsa_desktop.ui.dialogs.confirm import Words as ConfirmWords
from izsa_desktop.ui.dialogs.confirm_many import ConfirmManyDialog
from izsa_desktop.ui.dialogs.document import DocumentDialog
from izsa_desktop.ui.dialogs.erase import EraseDialog
from izsa_desktop.ui.dialogs.history import HistoryDialog
from izsa_desktop.ui.dialogs.import_wizard.wizard import ImportWizard
from izsa_desktop.ui.dialogs.kvkk import KvkkDialog
from izsa_desktop.ui.dialogs.passphrase import NewKeyDialog, NewPassphraseDialog, PassphraseDialog, Words
from izsa_desktop.ui.dialogs.pin_office import PinDialog
from izsa_desktop.ui.dialogs.programme import ProgrammeDialog
from izsa_desktop.ui.dialogs.progress import ProgressDialog
from izsa_desktop.ui.dialogs.reminders import RemindersDialog
from izsa_desktop.ui.dialogs.report import ReportDialog
from izsa_desktop.ui.dialogs.waiting_list import WaitingDialog
from izsa_desktop.ui.pages.backups_card import GoBackDialog
from izsa_desktop.ui.pages.coaching_page import CoachingPage
from izsa_desktop.ui.pages.receive_page import ReceivePage
from izsa_desktop.ui.pages.trouble_page import TroublePage, WayOut
from izsa_desktop.ui.pages.welcome_page import WelcomePage
from izsa_desktop.ui.settings import TEXT_SIZE, Settings
from izsa_desktop.ui.widgets.goal_badge import contrast
from izsa_desktop.ui.widgets.hand_on import handed_on
from izsa_desktop.ui.widgets.other_project import NoLookup
from izsa_desktop.ui.widgets.text import ElidedLabel
from izsa_desktop.ui.widgets.tokens import Token
from izsa_desktop.ui.workspace import COACHING, CONFLICTS, EXCHANGE, GAPS, JOINT, OVERVIEW, PROJECTS, SETTINGS
from izsa_desktop.usecases.coaching import write_action
from izsa_desktop.usecases.drafts import Draft, keep_draft
from izsa_desktop.usecases.freshness import Correction, Due, Reminder
from izsa_desktop.usecases.handing_in import hand_in
from izsa_desktop.usecases.joining import create
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.reviewing import NEW, Waiting
from izsa_desktop.usecases.workplace import create_workplace
from tests.support import BORNOVA, FIELDS, REFERENCE
from tests.ui.window import Bench, OpenBench

Role = QAccessible.Role
FITTING = {
    Role.Button,
    Role.ButtonMenu,
    Role.CheckBox,
    Role.ComboBox,
    Role.EditableText,
    Role.Graphic,
    Role.List,
    Role.ListItem,
    Role.PageTab,
    Role.RadioButton,
    Role.SpinBox,
    Role.StaticText,
    Role.Table,
    Role.Cell,
    Role.Tree,
    Role.TreeItem,
    Role.Document,
}


# --- the screens -----------------------------------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A workplace of the office with a project."""
    with create_workplace(tmp_path / "office", OFFICE, "Deniz") as workplace:
        add_projects(workplace, [FIELDS])
    return tmp_path / "office"


def empty_form(b: Bench) -> QWidget:
    b.page.new()
    return b.opened.window


def whole_form(b: Bench) -> QWidget:
    """Everything that can be entered, with a row in every list of rows."""
    b.open(FIELDS.title)
    b.editor.form.show_everything(True)
    return b.opened.window


def page(place: int) -> Callable[[Bench], QWidget]:
    def go(b: Bench) -> QWidget:
        b.workspace.go_to(place)
        return b.opened.window

    return go


def history(b: Bench) -> QWidget:
    b.workspace.go_to(PROJECTS)
    return HistoryDialog(b.open(FIELDS.title), b.workspace.desk, b.opened.window)


def erase(b: Bench) -> QWidget:
    return EraseDialog(b.open(FIELDS.title), {"contact": ["a@b.c"]}, b.opened.t, b.opened.window)


def unfinished(b: Bench) -> QWidget:
    keep_draft(b.workplace, Draft("", (), {"title": "Yarım", "goals": ("6",)}))
    b.page.unfinished.look()
    b.settle()
    dialog = b.page.unfinished.dialog
    assert dialog is not None
    return dialog


def import_columns(b: Bench) -> QWidget:
    wizard = ImportWizard(b.workspace.desk, b.opened.window)
    table = b.workplace.folder / "t.csv"
    table.write_text("Proje Adı;Amaç;Başlangıç\nKompost;Atık;31.02.2024\n", encoding="utf-8")
    wizard.read_file(table)
    b.settle()
    return wizard


def import_check(b: Bench) -> QWidget:
    wizard = import_columns(b)
    assert isinstance(wizard, ImportWizard)
    wizard.next.click()
    b.settle()
    return wizard


def districts(b: Bench) -> QWidget:
    """The second part of the office's page; a district has none."""
    b.workspace.go_to(EXCHANGE)
    if isinstance(b.workspace.exchange, ReceivePage):
        b.workspace.exchange.tabs.show_part(1)
    return b.opened.window


def received(b: Bench) -> QWidget:
    """A file that was looked at and is none."""
    b.workspace.go_to(EXCHANGE)
    (b.workplace.folder / "x.izsa").write_bytes(b"no bundle")
    b.workspace.exchange.inbox.receive([b.workplace.folder / "x.izsa"])
    return b.opened.window


WORDS = Words("İmza anahtarı kilitli", "Bu iş imzalanacak.", "Kilidi aç")
QUESTION = ConfirmWords("Kaldırılsın mı?", ["Geri gelmez."], "Kaldır", "Vazgeç")
NOTE = Note(id="", text="Görüşüldü", day="2026-02-03", author="Deniz", wall="2026-02-03T10:00:00Z")
OLD = Due(Project(id=f"{BORNOVA}/{'a1' * 16}", fields=FIELDS, updated="2020-01-01T10:00:00Z"), "2020-01-01", STALE)
REMINDER = Reminder(BORNOVA, (OLD,), (Correction(OLD.project, {"start": "Ay da bilinmiyor mu?"}),))
PROGRAMME = ProgrammeFields(name="Körfez", purpose="Temiz", lead=BORNOVA, bodies=(OFFICE,), start="2026", end="2027-05")


def agenda(b: Bench) -> QWidget:
    """What is to be done in all districts; a district has a task and evidence of its own on its page."""
    if b.workspace.desk.office:
        write_action(b.workplace, BORNOVA, "Liste yap", due="2026-02-10", day="2026-02-03")
    else:
        hand_in(b.workplace, "0.1", "Yazı", link="https://bornova.bel.tr")
    b.workspace.go_to(COACHING)
    page = b.workspace.coaching
    page.reload()
    if isinstance(page, CoachingPage):
        page.tabs.show_part(1)
    return b.opened.window


ASKED = (
    Asked("text", "Görüşme notu", TEXT, required=True, help="Ne konuşuldu"),
    Asked("who", "Kim yapacak", choices=[("a", "İlçe"), ("b", "Ofis")]),
    Asked("link", "Bağlantı"),
    Asked("project", "Proje", FIND, help="Listeden", choices=[("c", "Kompost"), ("y", "Yağmur suyu")], hint="Adı"),
    Asked("day", "Tarih", DAY, "2026-02-03"),
)


def pairs(b: Bench) -> QWidget:
    """Two projects of its own that look alike."""
    add_projects(b.workplace, [ProjectFields(title="Evlerden atık yağ", purpose=name) for name in ("Yağ", "Atık")])
    b.workspace.go_to(JOINT)
    b.settle()
    b.workspace.joint.pairs.reload()
    return b.opened.window


def programmes(b: Bench) -> QWidget:
    """At the office a programme, at a district none."""
    if b.workspace.desk.office:
        create(b.workplace, PROGRAMME)
    b.workspace.go_to(JOINT)
    b.workspace.joint.programmes.reload()
    b.workspace.joint.show_programmes()
    return b.opened.window


SCREENS: dict[str, Callable[[Bench], QWidget]] = {
    "start": lambda b: b.opened.window,
    "empty form": empty_form,
    "whole form": whole_form,
    "exchange": page(EXCHANGE),
    "files that came": received,
    "districts": districts,
    "settings": page(SETTINGS),
    "conflicts": page(CONFLICTS),
    "gaps": page(GAPS),
    "paths": page(COACHING),
    "agenda": agenda,
    "questions": lambda b: AskDialog("Görüşme", ASKED, b.opened.t, "Kaydet", b.opened.window, text="Bornova"),
    "similar projects": pairs,
    "joint programmes": programmes,
    "programme": lambda b: ProgrammeDialog(PROGRAMME, REFERENCE, b.opened.t, NoLookup(), b.opened.window),
    "overview": page(OVERVIEW),
    "waiting": lambda b: WaitingDialog([Waiting(OLD.project, NEW)], b.workspace.desk, b.opened.window),
    "reminders": lambda b: RemindersDialog([REMINDER], b.workspace.desk, b.opened.window),
    "still true": lambda b: ConfirmManyDialog([OLD], b.opened.t, b.opened.window),
    "history": history,
    "erase": erase,
    "unfinished": unfinished,
    "import": lambda b: ImportWizard(b.workspace.desk, b.opened.window),
    "import, columns": import_columns,
    "import, check": import_check,
    "kvkk": lambda b: KvkkDialog(b.workspace.desk, b.opened.window),
    "report": lambda b: ReportDialog("x = 1", b.opened.t, b.opened.window),
    "progress": lambda b: ProgressDialog(b.opened.t("tasks.demo"), lambda: None, b.opened.window),
    "passphrase": lambda b: PassphraseDialog(b.opened.t, WORDS, b.opened.window),
    "the office's digits": lambda b: PinDialog(b.opened.t, b.opened.window),
    "confirm": lambda b: ConfirmDialog(QUESTION, b.opened.window),
    "document": lambda b: DocumentDialog(ProjectFilter(), [], b.workspace.desk, b.opened.window),
    "coaching": lambda b: CoachingDialog("Bornova", [NOTE], b.opened.t, b.opened.window),
    "coaching, none yet": lambda b: CoachingDialog("Bornova", [], b.opened.t, b.opened.window),
    "new passphrase": lambda b: NewPassphraseDialog(b.opened.t, True, b.opened.window),
    "new key": lambda b: NewKeyDialog(b.opened.t, b.opened.window),
    "go back": lambda b: GoBackDialog(b.opened.t, "1.1.2026", b.opened.window),
    "trouble": lambda b: TroublePage(b.opened.t, KeyError("x"), WayOut(b.opened.t("window.retry"), "", lambda: None)),
    "welcome": lambda b: WelcomePage(REFERENCE, b.opened.t, "/veri"),
}


def settled(root: QWidget) -> bool:
    """True once everything stands where its layout puts it."""
    before = [widget.geometry() for widget in root.findChildren(QWidget)]
    for _round in range(5):  # a size that has changed asks for the next layout
        QApplication.processEvents()
    return before == [widget.geometry() for widget in root.findChildren(QWidget)]


def tour(b: Bench) -> Iterator[tuple[str, QWidget]]:
    """Every screen in turn; dialogs and pages that stand alone are closed behind one."""
    for name, screen in SCREENS.items():
        root = screen(b)
        if root is not b.opened.window:
            root.resize(max(root.width(), 900), max(root.height(), 600)) if not isinstance(root, QDialog) else None
            root.show()
        b.settle()
        b.qtbot.waitUntil(partial(settled, root))
        root.window().activateWindow()  # a dialog that told how far it is may have come and gone
        yield name, root
        if root is not b.opened.window and isValid(root):
            root.close()
            root.deleteLater()
            b.settle()


# --- the way out ------------------------------------------------------------------------------------------------------

WAYS_OUT = {"Kapat", "Vazgeç", "İptal", "Sonra"}
DECIDES = {"unfinished", "progress"}
"""What is typed has to be kept or dropped; what is under way is stopped: these say their own words."""


def test_every_dialog_has_a_button_and_a_key_that_close_it(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    without, deaf = [], []
    for name, root in tour(b):
        if not isinstance(root, QDialog) or name in DECIDES:
            continue
        texts = {one.text().replace("&", "") for one in root.findChildren(QPushButton) if one.isVisible()}
        if not texts & WAYS_OUT:
            without.append((name, texts))
        closed: list[int] = []
        root.finished.connect(closed.append)
        b.qtbot.keyClick(root, Qt.Key.Key_Escape)
        b.settle()
        if not closed:
            deaf.append(name)
    assert without == []
    assert deaf == []


# --- names and roles -------------------------------------------------------------------------------------------------


def parts(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Everything that a screen reader can come to, as it walks."""
    for n in range(root.childCount()):
        child = root.child(n)
        if child is not None and not child.state().invisible:
            yield child
            yield from parts(child)


def controls(root: QWidget) -> list[QAccessibleInterface]:
    found = [part for part in parts(QAccessible.queryAccessibleInterface(root)) if part.state().focusable]
    return [part for part in found if part.state().focusable]


def hands_on(widget: object) -> bool:
    """A field of several controls is a group: the keyboard goes on to one of them."""
    return isinstance(widget, QWidget) and handed_on(widget) is not None


@pytest.mark.parametrize("which", ["district", "office"])
def test_every_control_has_a_name_and_a_fitting_role(
    bench: OpenBench, request: pytest.FixtureRequest, which: str
) -> None:
    nameless, odd = [], []
    for screen, root in tour(bench(request.getfixturevalue(which), show=True)):
        seen = [(part.text(QAccessible.Text.Name), part.role(), part.object()) for part in controls(root)]
        assert seen, screen
        nameless += [(screen, role, of) for name, role, of in seen if not name.strip() and role != Role.Cell]
        odd += [(screen, name, role) for name, role, of in seen if role not in FITTING and not hands_on(of)]
    assert nameless == []
    assert odd == []


def test_a_row_of_the_list_says_all_that_it_shows(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    b.settle()
    said = [str(b.page.list.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(3)]
    assert said[0].startswith("Çatı güneşi. ")
    assert "Amaçlar: 7, 13" in said[0]
    assert "Eksik: Amaç, Hedef kitle, Başlangıç" in said[0]
    assert "Planlandı" in said[1]
    assert "Eksik" not in said[2]
    tip = b.page.list.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Eksik: Amaç" in str(tip)
    assert b.page.list.model.index(2).data(Qt.ItemDataRole.ToolTipRole) is None


# --- where the keyboard is -------------------------------------------------------------------------------------------


def stops(root: QWidget) -> list[QWidget]:
    """Every control that the keyboard can come to and that is in sight."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.window() is root
        and widget.isEnabled()
        and not widget.visibleRegion().isEmpty()
        and not isinstance(widget.parent(), QSpinBox)
        and type(widget.parent()).__name__ != "MapPage"
    ]


def kind(widget: QWidget) -> tuple[str, ...]:
    """Controls of one kind look alike."""
    properties = (str(widget.property(name)) for name in ("role", "detail", "readOnly", "checked"))
    return type(widget).__name__, widget.objectName(), *properties


def picture(widget: QWidget) -> QImage:
    """The control with what is behind it."""
    place = QRect(widget.mapTo(widget.window(), QPoint()), widget.size()).intersected(widget.window().rect())
    return widget.window().grab(place).toImage()


def changed(one: QImage, other: QImage) -> int:
    """How many pixels differ so much that everybody sees it: 3 to 1, as for any mark."""
    assert one.size() == other.size()
    seen: dict[tuple[int, int], bool] = {}
    count = 0
    for y in range(one.height()):
        for x in range(one.width()):
            pair = one.pixel(x, y), other.pixel(x, y)
            if pair[0] != pair[1]:
                if pair not in seen:
                    seen[pair] = contrast(one.pixelColor(x, y), other.pixelColor(x, y)) >= 3
                count += seen[pair]
    return count


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK])
def test_it_is_seen_where_the_keyboard_is(bench: OpenBench, district: Path, look: str) -> None:
    """A text cursor or another tint is not enough: as many pixels as one side of a frame has."""
    b = bench(district, show=True)
    b.opened.theme.choose(look)
    unseen, known = [], set()
    for screen, root in tour(b):
        for widget in stops(root):
            if kind(widget) in known or widget.visibleRegion().boundingRect() != widget.rect():
                continue
            known.add(kind(widget))
            if (other := QApplication.focusWidget()) is not None:
                other.clearFocus()
            before = picture(widget)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            b.opened.application.processEvents()
            if changed(before, picture(widget)) < widget.width():
                unseen.append((screen, kind(widget), widget.accessibleName()))
    assert len(known) > 25
    assert unseen == []


# --- large text ------------------------------------------------------------------------------------------------------


@pytest.fixture
def usual_text_afterwards(qapp: QApplication) -> Iterator[None]:
    """The application outlives the test, and with it the size of its text."""
    font, sheet = qapp.font(), qapp.styleSheet()
    yield
    qapp.setFont(font)
    qapp.setStyleSheet(sheet)


def is_cut(widget: QWidget) -> bool:
    """True where a text does not fit. What is cut with an ellipsis on purpose has a tool tip with all of it."""
    size, needed = widget.size(), widget.sizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return size.height() < widget.heightForWidth(size.width())
    if isinstance(widget, QLabel | QAbstractButton) and not isinstance(widget, ElidedLabel | Token):
        return bool(widget.text()) and (size.width() < needed.width() or size.height() < needed.height())
    if isinstance(widget, QLineEdit | QComboBox | QSpinBox):
        return size.height() < widget.fontMetrics().height()
    return False


def cut_texts(root: QWidget) -> list[tuple[str, str, str]]:
    """Kind and text of what does not fit, its size and what it needs."""
    return [
        (
            type(widget).__name__,
            widget.text() if isinstance(widget, QLabel | QAbstractButton) else "",
            f"{widget.size().toTuple()} < {widget.sizeHint().toTuple()}",
        )
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and is_cut(widget)
    ]


@pytest.mark.usefixtures("usual_text_afterwards")
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_at_twice_the_size_of_text(bench: OpenBench, tmp_path: Path, language: str) -> None:
    with create_workplace(tmp_path / "large", BORNOVA, "Ayşe Yılmaz", language) as workplace:
        add_projects(workplace, [FIELDS])
    Settings(tmp_path / "large").set_text(TEXT_SIZE, "200")
    b = bench(tmp_path / "large", show=True)
    assert b.opened.theme.text_percent == 200
    assert b.opened.application.font().pointSizeF() > 19
    for screen, root in tour(b):
        with suppress(QtBot.TimeoutError):  # layouts may still be on their way
            b.qtbot.waitUntil(lambda root=root: not cut_texts(root), timeout=1500)  # type: ignore[misc]
        assert (screen, cut_texts(root)) == (screen, [])


@pytest.mark.usefixtures("usual_text_afterwards")
def test_the_size_of_text_is_chosen_in_the_settings_and_kept(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    b.workspace.go_to(SETTINGS)
    usual = b.opened.application.font().pointSizeF()
    b.workspace.settings.text_sizes.buttons()[-1].click()
    b.settle()
    assert b.opened.application.font().pointSizeF() == 2 * usual
    assert Settings(district).text(TEXT_SIZE) == "200"
