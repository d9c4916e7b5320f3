"""The page of conflicts in the real window: by key, by click, all at once, left for later, thought over."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.ui import changes, theme
from izsa_desktop.ui.pages.conflicts_page import ConflictsPage
from izsa_desktop.ui.settings import TEXT_SIZE, Settings
from izsa_desktop.ui.widgets.choice_card import ChoiceCard
from izsa_desktop.ui.widgets.conflict_card import ConflictCard
from izsa_desktop.ui.widgets.marked_text import MarkedText, shortened
from izsa_desktop.ui.workspace import CONFLICTS, PROJECTS
from izsa_desktop.usecases import conflicts, projects
from izsa_desktop.usecases.choices import marked
from izsa_desktop.usecases.workplace import change_language, open_workplace
from tests.support import FIELDS
from tests.ui.test_accessibility import FITTING, changed, controls, cut_texts, hands_on, picture, settled, stops
from tests.ui.window import Bench, OpenBench
from tests.usecases.disputes import SECOND, Disputes, change, make_disputes, many, share, shown, write
from tests.usecases.line import Line, revisions_of
from tests.usecases.mail import answer, pin, take
from tests.usecases.test_forks import fork

Key = Qt.Key
LONG = "Organik atıkların kaynağında ayrıştırılması ve kompost olarak parklarda kullanılması. " * 20


@pytest.fixture
def two(line: Line) -> Disputes:
    return make_disputes(line)


def titles(n: int, name: str) -> dict[str, str]:
    return {"title": f"{'Ulu' if name == 'first' else 'Koca'} çınar {n:03}"}


def titles_and_units(n: int, name: str) -> dict[str, str]:
    return titles(n, name) | {"unit": f"{name} {n}"}


def opened(b: Bench) -> ConflictsPage:
    b.workspace.go_to(CONFLICTS)
    b.settle()
    return b.workspace.conflicts


def rows(page: ConflictsPage) -> list[str]:
    return [row.title for row in page.model.rows]


def texts(card: ConflictCard) -> list[str]:
    return [choice.text_view.text for choice in card.choices]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(b: Bench, key: Key | str) -> None:
    """As a person: whatever has the keyboard gets the key; the next one comes when the page has answered."""
    if isinstance(key, str):
        b.qtbot.keySequence(focused(), QKeySequence(key))
    else:
        b.qtbot.keyClick(focused(), key)
    b.settle()


def saves(folder: Path) -> int:
    with open_workplace(folder) as workplace:
        return len(revisions_of(workplace))


# --- the way there ----------------------------------------------------------------------------------------------------


def test_there_is_no_way_where_there_is_nothing_to_decide(bench: OpenBench, two: Disputes) -> None:
    b = bench(two.first, show=True)
    button = b.workspace.rail.buttons[CONFLICTS]
    assert not button.isVisible()
    b.qtbot.keySequence(b.opened.window, QKeySequence("Ctrl+7"))
    b.settle()
    page = b.workspace.conflicts
    assert page.isVisible()
    assert button.isVisible()
    assert page.empty.isVisible()
    assert page.empty.heading.text() == b.opened.t("conflict.none")
    assert not page.empty.button.isVisible()
    b.workspace.go_to(PROJECTS)
    assert not button.isVisible()


@pytest.mark.parametrize("which", ["first", "office"])
def test_the_number_on_the_rail_follows(bench: OpenBench, two: Disputes, which: str) -> None:
    many(two, 3, titles)
    two.send()
    b = bench(getattr(two, which), show=True)
    button = b.workspace.rail.buttons[CONFLICTS]
    assert (button.isVisible(), button.count, button.accessibleName()) == (True, 3, "Conflicts: 3")
    opened(b)
    press(b, Key.Key_1)
    assert (button.count, len(rows(b.workspace.conflicts))) == (2, 2)


@pytest.mark.parametrize("which", ["first", "office"])
def test_the_form_leads_to_what_is_to_be_decided_and_back(bench: OpenBench, two: Disputes, which: str) -> None:
    ids = many(two, 3, titles)
    two.send()
    b = bench(getattr(two, which), show=True)
    b.page.open(ids[1])
    b.settle()
    assert b.editor.conflict.action.isVisible()
    b.editor.conflict.action.click()
    b.settle()
    page = b.workspace.conflicts
    assert page.isVisible()
    assert page.view.record == ids[1]
    press(b, Key.Key_2)
    page.view.open_project.click()
    b.settle()
    assert b.workspace.place == PROJECTS
    assert b.editor.project_id == page.view.record


def test_what_another_body_decides_has_no_way_there(bench: OpenBench, two: Disputes) -> None:
    [id_] = many(two, 1, titles)
    with open_workplace(two.first) as first, open_workplace(two.line.konak) as konak:
        share(first, konak)
    b = bench(two.line.konak, show=True)
    b.page.open(id_)
    b.settle()
    assert b.editor.conflict.isVisible()
    assert not b.editor.conflict.action.isVisible()
    assert not b.workspace.rail.buttons[CONFLICTS].isVisible()


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_what_is_shown(bench: OpenBench, two: Disputes) -> None:
    [id_] = two.entered(replace(FIELDS, purpose=LONG))
    two.differ(
        id_, {"title": "<b>A</b> &amp; çınar", "purpose": f"{LONG}iki"}, {"title": "<i>", "purpose": f"{LONG}beş"}
    )
    b = bench(two.first, show=True)
    page = opened(b)
    assert rows(page) == [page.model.rows[0].title] == [shown(two.first, id_).fields.title]
    assert page.view.heading.text() == page.model.index(0).data()
    title, purpose = page.view.cards
    assert texts(title) == ["<b>A</b> &amp; çınar", "<i>"]
    assert [label.text() for label in title.choices[0].findChildren(QLabel)][:2] == ["1", "Ayşe Yılmaz"]
    assert "this PC" in title.choices[0].accessibleName()
    assert title.choices[0].accessibleName().startswith("Project name, choice 1: <b>A</b> &amp; çınar. Ayşe Yılmaz, ")
    assert SECOND in title.choices[1].accessibleName()
    assert [text[-3:] for text in texts(purpose)] == ["iki", "beş"]
    assert all(len(text) < 200 and text.startswith("… ") for text in texts(purpose))
    purpose.whole.click()
    assert texts(purpose) == [f"{LONG}iki", f"{LONG}beş"]
    assert not title.whole.isVisible()
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel) if label.text())


def test_by_number_record_after_record(bench: OpenBench, two: Disputes) -> None:
    ids = many(two, 3, titles)
    b = bench(two.first, show=True)
    page = opened(b)
    assert page.list.view.hasFocus()
    shown_first = page.view.record
    press(b, Key.Key_2)
    assert page.list.view.hasFocus()
    assert shown(two.first, shown_first).fields.title.startswith("Koca")
    assert shown_first not in [row.id for row in page.model.rows]
    press(b, Key.Key_1)
    press(b, Key.Key_9)  # there are two values
    assert len(rows(page)) == 1
    press(b, Key.Key_1)
    assert rows(page) == []
    assert page.empty.isVisible()
    found = sorted(shown(two.first, id_).fields.title.split()[0] for id_ in ids)
    assert found == ["Koca", "Ulu", "Ulu"]
    assert all(not shown(two.first, id_).conflicts for id_ in ids)


def test_by_click_and_by_enter_the_keyboard_goes_on_with_the_next(bench: OpenBench, two: Disputes) -> None:
    many(two, 2, titles_and_units)
    b = bench(two.first, show=True)
    page = opened(b)
    first, [title, unit] = page.view.record, page.view.cards
    b.qtbot.mouseClick(title.choices[1], Qt.MouseButton.LeftButton)
    assert (title.open, unit.open, page.view.here) == (False, True, unit)
    assert focused() is unit.choices[0]
    b.settle()
    press(b, Key.Key_Tab)
    assert focused() is unit.choices[1]
    press(b, Key.Key_Space)
    assert page.view.record != first
    assert focused() is page.view.cards[0].choices[0]
    fields = shown(two.first, first).fields
    assert (fields.title.split()[0], fields.unit.split()[0]) == ("Koca", "second")
    assert saves(two.first) == 2 * 3 + 2  # entered, changed twice; two decisions


def test_the_list_leads_into_the_values(bench: OpenBench, two: Disputes) -> None:
    many(two, 2, titles)
    b = bench(two.first, show=True)
    page = opened(b)
    press(b, Key.Key_Down)
    assert page.view.record == page.model.rows[1].id
    press(b, Key.Key_Return)
    assert focused() is page.view.cards[0].choices[0]


def test_the_keys_of_the_number_block_count_too(bench: OpenBench, two: Disputes) -> None:
    many(two, 1, titles)
    b = bench(two.first, show=True)
    page = opened(b)
    b.qtbot.keyClick(focused(), Key.Key_2, Qt.KeyboardModifier.KeypadModifier)
    b.settle()
    assert page.empty.isVisible()


def test_a_key_that_is_held_decides_once(bench: OpenBench, two: Disputes) -> None:
    page = opened(bench(two.first, show=True))
    shortcuts = page.findChildren(QShortcut)
    assert len(shortcuts) > 10
    assert not any(one.autoRepeat() for one in shortcuts)


def test_what_is_put_away_leaves_at_once(bench: OpenBench, two: Disputes) -> None:
    [id_] = two.entered(FIELDS)
    with open_workplace(two.first) as first:
        projects.delete_project(first, id_)
    change(two.second, id_, unit="B")
    two.meet()
    b = bench(two.first, show=True)
    page = opened(b)
    assert texts(page.view.cards[0]) == ["Delete the project", "Keep the project"]
    press(b, Key.Key_1)
    assert shown(two.first, id_).deleted
    press(b, "Ctrl+Z")
    press(b, Key.Key_2)
    assert not shown(two.first, id_).deleted
    assert page.empty.isVisible()


def test_what_only_the_office_decides_cannot_be_pressed(bench: OpenBench, two: Disputes) -> None:
    [id_] = two.entered(FIELDS)
    two.send()
    pin(two.line, two.first)
    take(two.first, answer(two.line, two.first, two.line.folder / "answer.izsa"))  # with who is enrolled
    heads = shown(two.first, id_).heads
    with open_workplace(two.office) as office, open_workplace(two.first) as first:
        write(office, id_, {"review": "onaylandı"}, heads)
        write(first, id_, {"review": "gönderildi"}, heads)
        share(office, first)
    b = bench(two.first, show=True)
    page = opened(b)
    [card] = page.view.cards
    closed = next(choice for choice in card.choices if not choice.choice.allowed)
    assert not closed.isEnabled()
    assert b.opened.t("conflict.not_here") in closed.accessibleDescription()
    assert "İzmir Metropolitan Municipality" in closed.accessibleName()
    press(b, str(card.choices.index(closed) + 1))
    assert card.open
    press(b, str(2 - card.choices.index(closed)))
    assert page.empty.isVisible()


# --- all from one PC --------------------------------------------------------------------------------------------------


def test_all_fields_of_a_record_from_one_pc_are_one_save(bench: OpenBench, two: Disputes) -> None:
    many(two, 2, titles_and_units)
    b = bench(two.first, show=True)
    page = opened(b)
    record, before = page.view.record, saves(two.first)
    assert [button.text() for button in page.view.takers.values()] == [
        "Take all from Ayşe Yılmaz",
        f"Take all from {SECOND}",
    ]
    press(b, "Alt+2")
    assert saves(two.first) == before + 1
    assert shown(two.first, record).fields.unit.startswith("second")
    assert page.view.record != record
    press(b, Key.Key_1)
    page.view.takers[two.replica(two.second)].click()
    b.settle()
    assert page.empty.isVisible()


def test_of_two_values_by_one_pc_the_newest_is_taken(bench: OpenBench, two: Disputes) -> None:
    ids = two.entered(FIELDS, FIELDS)
    with open_workplace(two.first) as first:
        for id_ in ids:
            heads = shown(two.first, id_).heads
            for title in "AB":
                write(first, id_, {"title": title, "unit": title}, heads)
        newest = {id_: conflicts.conflicts_of(first, id_).title for id_ in ids}
    b = bench(two.first, show=True)
    page = opened(b)
    page.take_all(two.replica(two.first))
    b.settle()
    page.take_everywhere(two.replica(two.first))
    b.settle()
    assert page.empty.isVisible()
    assert {id_: shown(two.first, id_).fields.title for id_ in ids} == newest


def test_everything_from_one_pc_is_asked_about_first(bench: OpenBench, two: Disputes) -> None:
    ids = many(two, 4, titles_and_units)
    b = bench(two.first, show=True)
    page = opened(b)
    before = saves(two.first)
    page.view.everywhere.menu().actions()[1].trigger()
    assert page.question.isVisible()
    assert focused() is page.question.no
    press(b, Key.Key_Escape)
    assert not page.question.isVisible()
    assert saves(two.first) == before
    page.view.everywhere.menu().actions()[1].trigger()
    page.question.yes.click()
    b.settle()
    assert page.empty.isVisible()
    assert {shown(two.first, id_).fields.title.split()[0] for id_ in ids} == {"Koca"}
    assert b.notices() == [b.opened.t("conflict.taken", projects=4, fields=8)]
    page.empty.button.click()
    b.settle()
    assert len(rows(page)) == 4
    assert page.view.cards[0].conflict.settled
    [toast] = b.opened.window.toasts.shown
    assert toast.action is not None
    toast.action.click()  # it was opened again already
    b.settle()
    assert len(rows(page)) == 4
    press(b, "Alt+1")
    assert len(rows(page)) == 3
    assert {shown(two.first, id_).fields.title.split()[0] for id_ in ids} == {"Koca", "Ulu"}


# --- later, and again -------------------------------------------------------------------------------------------------


def test_skipping_writes_nothing_and_comes_round(bench: OpenBench, two: Disputes) -> None:
    many(two, 2, titles_and_units)
    b = bench(two.first, show=True)
    page = opened(b)
    before, first = saves(two.first), page.view.record
    press(b, Key.Key_0)
    assert page.view.here is page.view.cards[1]
    press(b, Key.Key_0)
    assert page.view.record != first
    for keys, at_first in (("Ctrl+Up", True), ("Ctrl+Down", False), ("Ctrl+Down", True)):
        press(b, keys)
        assert (page.view.record == first) == at_first
    page.view.next.click()
    b.settle()
    assert page.view.record != first
    assert (saves(two.first), len(rows(page))) == (before, 2)
    press(b, Key.Key_0)
    press(b, Key.Key_1)  # the second field first: then the one that was left
    assert page.view.here is page.view.cards[0]
    assert page.view.cards[0].open


def test_a_decision_is_thought_over_with_ctrl_z(bench: OpenBench, two: Disputes) -> None:
    many(two, 3, titles)
    b = bench(two.first, show=True)
    page = opened(b)
    press(b, Key.Key_Return)
    first, order = page.view.record, [row.id for row in page.model.rows]
    press(b, Key.Key_1)
    second = page.view.record
    press(b, Key.Key_1)
    before = saves(two.first)
    press(b, "Ctrl+Z")
    assert page.view.record == second
    assert page.view.cards[0].conflict.settled
    press(b, "Ctrl+Z")
    assert page.view.record == first
    assert [row.id for row in page.model.rows] == order
    assert focused() is page.view.cards[0].choices[0]
    assert saves(two.first) == before
    assert b.workspace.rail.buttons[CONFLICTS].count == 1
    press(b, Key.Key_2)
    assert shown(two.first, first).fields.title.startswith("Koca")
    assert page.view.record == second
    press(b, Key.Key_1)  # the same again
    assert saves(two.first) == before + 1
    assert shown(two.first, second).fields.title.startswith("Ulu")
    assert [row.id for row in page.model.rows] == order[2:]


def test_one_field_is_thought_over_where_it_stands(bench: OpenBench, two: Disputes) -> None:
    many(two, 1, titles_and_units)
    b = bench(two.first, show=True)
    page = opened(b)
    press(b, Key.Key_1)
    [title, _] = page.view.cards
    assert title.line.isVisible()
    title.line.undo.click()
    b.settle()
    [title, unit] = page.view.cards
    assert (title.conflict.settled, title.open, unit.conflict.settled) == (True, True, False)
    assert page.view.here is title
    press(b, Key.Key_2)
    assert page.view.here is unit
    press(b, Key.Key_2)
    assert page.empty.isVisible()


def test_what_was_thought_over_and_left_stays_as_it_was_decided(bench: OpenBench, two: Disputes) -> None:
    [id_] = many(two, 1, titles)
    b = bench(two.first, show=True)
    page = opened(b)
    press(b, Key.Key_2)
    assert focused() is page.empty.button
    press(b, Key.Key_Space)
    assert rows(page) != []
    b.workspace.go_to(PROJECTS)
    b.settle()
    opened(b)
    assert rows(page) == []
    assert shown(two.first, id_).fields.title.startswith("Koca")


# --- with others ------------------------------------------------------------------------------------------------------


def test_what_others_decide_meanwhile_is_told_and_falls_off(bench: OpenBench, two: Disputes) -> None:
    ids = many(two, 3, titles)
    b = bench(two.first, show=True)
    page = opened(b)
    here = page.view.record
    change(two.first, here, title="Başkası yazdı")
    press(b, Key.Key_1)
    assert len(b.notices()) == 1
    assert len(rows(page)) == 2
    assert shown(two.first, here).fields.title == "Başkası yazdı"
    assert not page.list.undo.isEnabled()
    looked_at = page.view.record
    other = next(id_ for id_ in ids if id_ not in (here, looked_at))
    change(two.first, other, title="Başkası yazdı")
    b.workspace.desk.changes.announce(changes.PROJECTS, by=b)
    b.settle()
    assert [row.id for row in page.model.rows] == [looked_at] == [page.view.record]
    change(two.first, looked_at, title="Başkası yazdı")
    b.workspace.desk.changes.announce(changes.PROJECTS, by=b)
    b.settle()
    assert page.empty.isVisible()


def test_news_that_come_between_two_decisions_are_read_afterwards(bench: OpenBench, two: Disputes) -> None:
    ids = many(two, 3, titles_and_units)
    b = bench(two.first, show=True)
    page = opened(b)
    record = page.view.record
    other = next(id_ for id_ in reversed([row.id for row in page.model.rows]) if id_ != record)
    change(two.first, other, title="Başkası yazdı", unit="Başka")
    b.qtbot.keyClick(focused(), Key.Key_1)
    b.workspace.desk.changes.announce(changes.PROJECTS, by=b)
    b.qtbot.keyClick(focused(), Key.Key_2)
    b.settle()
    assert {row.id for row in page.model.rows} == {*ids} - {record, other}
    fields = shown(two.first, record).fields
    assert (fields.title.split()[0], fields.unit.split()[0]) == ("Ulu", "second")


def test_who_goes_through_the_list_quickly_sees_where_it_stops(bench: OpenBench, two: Disputes) -> None:
    many(two, 6, titles)
    b = bench(two.first, show=True)
    page = opened(b)
    for _step in range(4):
        b.qtbot.keyClick(focused(), Key.Key_Down)
    b.settle()
    assert page.view.record == page.model.rows[4].id
    assert page.view.cards[0].open


def test_a_record_that_was_decided_before_it_was_looked_at_falls_off(bench: OpenBench, two: Disputes) -> None:
    many(two, 3, titles)
    b = bench(two.first, show=True)
    page = opened(b)
    last = page.model.rows[2].id
    change(two.first, last, title="Başkası yazdı")
    page.list.view.setCurrentIndex(page.model.index(2))
    b.settle()
    assert len(rows(page)) == 2
    assert page.view.record == page.model.rows[0].id


# --- many -------------------------------------------------------------------------------------------------------------


def test_two_hundred_by_keyboard_alone(bench: OpenBench, two: Disputes) -> None:
    ids = many(two, 200, titles)
    b = bench(two.first, show=True)
    page = opened(b)
    assert len(rows(page)) == 200
    wanted = {}
    for n in range(200):
        b.qtbot.waitUntil(lambda: page.view.here is not None and page.view.here.open)
        wanted[page.view.record] = ("Ulu", "Koca")[n % 2]
        b.qtbot.keyClick(focused(), (Key.Key_1, Key.Key_2)[n % 2])
    b.settle()
    assert page.empty.isVisible()
    assert wanted.keys() == {*ids}
    with open_workplace(two.first) as first:
        assert conflicts.count_conflicts(first) == 0
        assert {p.id: p.fields.title.split()[0] for p in projects.list_projects(first)} == wanted


# --- for everybody ----------------------------------------------------------------------------------------------------


@pytest.fixture
def full(two: Disputes) -> Disputes:
    """Two records with several fields each, one of them long."""
    ids = two.entered(replace(FIELDS, purpose=LONG), FIELDS)
    for id_ in ids:
        two.differ(
            id_,
            {"title": "A1", "purpose": f"{LONG}iki", "unit": "Bir"},
            {"title": "B1", "purpose": f"{LONG}beş", "unit": ""},
        )
    two.send()
    return two


@pytest.mark.parametrize("which", ["first", "office"])
def test_every_control_says_what_it_is(bench: OpenBench, full: Disputes, which: str) -> None:
    b = bench(getattr(full, which), show=True)
    page = opened(b)
    press(b, Key.Key_1)
    found = [(part.text(QAccessible.Text.Name), part.role(), part.object()) for part in controls(page)]
    assert len(found) > 8
    assert [of for name, _, of in found if not name.strip()] == []
    assert [(name, role) for name, role, of in found if role not in FITTING and not hands_on(of)] == []


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK])
def test_it_is_seen_where_the_keyboard_is(bench: OpenBench, full: Disputes, look: str) -> None:
    b = bench(full.first, show=True)
    b.opened.theme.choose(look)
    page = opened(b)
    press(b, Key.Key_1)
    b.qtbot.waitUntil(lambda: settled(b.opened.window))
    unseen = []
    kinds = {type(widget): widget for widget in stops(b.opened.window) if page.isAncestorOf(widget)}
    assert ChoiceCard in kinds
    for widget in kinds.values():
        page.view.area.ensureWidgetVisible(widget)
        focused().clearFocus()
        before = picture(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if changed(before, picture(widget)) < widget.width():
            unseen.append(widget.accessibleName())
    assert unseen == []


def test_tab_reaches_everything_and_comes_back(bench: OpenBench, full: Disputes) -> None:
    b = bench(full.first, show=True)
    page = opened(b)
    press(b, Key.Key_1)
    for key in (Key.Key_Tab, Key.Key_Backtab):
        reached: list[QWidget] = []
        while (widget := focused()) not in reached:
            reached.append(widget)
            b.qtbot.keyClick(widget, key)
        lost = {one for one in page.findChildren(QPushButton) if one.isVisible() and one.isEnabled()} - {*reached}
        assert [one.accessibleName() or one.text() for one in lost] == []


@pytest.fixture
def usual_text_afterwards(qapp: QApplication) -> Iterator[None]:
    font, sheet = qapp.font(), qapp.styleSheet()
    yield
    qapp.setFont(font)
    qapp.setStyleSheet(sheet)


@pytest.mark.usefixtures("usual_text_afterwards")
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_at_twice_the_size_of_text(bench: OpenBench, full: Disputes, language: str) -> None:
    with open_workplace(full.office) as workplace:
        change_language(workplace, language)
    Settings(full.office).set_text(TEXT_SIZE, "200")
    b = bench(full.office, language, show=True)
    page = opened(b)

    def nothing_is_cut() -> None:
        b.qtbot.waitUntil(lambda: settled(b.opened.window) and not cut_texts(b.opened.window))

    nothing_is_cut()
    press(b, Key.Key_1)
    nothing_is_cut()
    page.ask_everywhere("0" * 16, "Ayşe Yılmaz")
    nothing_is_cut()


def test_the_colours_follow_the_theme(bench: OpenBench, full: Disputes) -> None:
    b = bench(full.first, show=True)
    page = opened(b)
    view = page.view.cards[1].choices[0].text_view
    light = view.grab().toImage()
    b.opened.theme.choose(theme.DARK)
    QApplication.processEvents()
    assert view.grab().toImage() != light


def test_another_language_tells_it_anew(bench: OpenBench, full: Disputes) -> None:
    b = bench(full.first, show=True)
    opened(b)
    b.opened.change_language("tr")
    b.settle()
    page = opened(b)
    assert page.view.cards[0].heading.text() == "Proje adı"
    press(b, Key.Key_1)
    press(b, "Ctrl+Z")
    assert page.view.cards[0].conflict.settled


# --- texts with marks -------------------------------------------------------------------------------------------------


def test_what_differs_is_underlined_and_markup_stays_text(qtbot: QtBot) -> None:
    view = MarkedText()
    qtbot.addWidget(view)
    [one, _] = marked(["Ulu <b>çınar</b> altı", "Koca <b>çınar</b> altı"])
    view.show_segments(one, Translator("tr")("conflict.empty"))
    assert view.text == "Ulu <b>çınar</b> altı"
    cursor = QTextCursor(view._document)
    underlined = ""
    for _letter in view.text:
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        underlined += cursor.selectedText() if cursor.charFormat().fontUnderline() else ""
        cursor.clearSelection()
    assert underlined == "Ulu"
    view.show_segments((), "(boş)")
    assert view.text == "(boş)"
    assert view.heightForWidth(20) > view.heightForWidth(500)


def test_only_long_stretches_that_are_the_same_are_shortened() -> None:
    one, other = (f"{word} {LONG}sonra {LONG}{word}" for word in ("iki", "beş"))
    [cut, _] = marked([one, other])
    short = shortened(cut)
    assert [segment.text.strip() for segment in short if segment.sort == "added"] == ["iki", "iki"]
    text = "".join(segment.text for segment in short)
    assert len(text) < 300 < len(one)
    assert text.startswith("iki Organik")
    assert text.endswith("iki")
    [alone] = marked([LONG])
    assert shortened(alone) == alone
    [brief, _] = marked(["kısa bir söz", "uzun bir söz"])
    assert shortened(brief) == brief


def test_of_very_many_values_some_are_shown_and_the_others_counted(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    """As a PC leaves them that was stolen or is broken."""
    take(line.office, fork(line, tmp_path / "f.izsa", 500))
    page = opened(bench(line.office))
    [card] = page.view.cards
    assert len(card.choices) == 30
    assert any("470 more values" in label.text() for label in card.findChildren(QLabel))
